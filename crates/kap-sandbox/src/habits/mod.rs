//! The habits of real vendors: what each server offers, how much it takes at once and how it answers.
//!
//! Nothing here is code but the reading: a vendor is a file beside this one, and each line of it names the published statement or
//! the documentation it is from. The capability statement is made from the same data that decides what is let in, so that they
//! cannot disagree.
//!
//! ```toml
//! name = "Vendor"
//!
//! [statement]                 # the names in the capability statement
//! software = "Vendor"
//! source = "where this is written"
//!
//! [types]                     # interactions and search parameters by type; `every` is for all that are not named
//! source = "where this is written"
//! [types.offered]
//! Patient = { interactions = ["read", "create"], search = ["_id", "identifier"] }
//!
//! [[habit]]                   # one or more settings, and where they are written
//! max-entries = 500
//! source = "where this is written"
//! ```

pub(crate) mod admit;
pub(crate) mod allowance;
pub(crate) mod content;
mod read;
mod settings;
pub(crate) mod standing;
pub(crate) mod strays;

use std::sync::{Arc, LazyLock};

pub(crate) use settings::{IfMatch, Outcome, RetryAfter, Settings, WriteAnswer};

use crate::supported::ResourceType;

macro_rules! vendors {
    ($($variant:ident = $name:literal;)*) => {
        /// Whose habits the sandbox has.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        pub enum Vendor {
            $(#[doc = concat!("See `habits/", $name, ".toml`.")] $variant,)*
            /// Nobody's: R4 as its specification reads.
            #[default]
            Plain,
        }

        impl Vendor {
            /// Every vendor, and the sandbox without habits.
            pub const ALL: &[Self] = &[$(Self::$variant,)* Self::Plain];

            /// Its name on the command line.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name,)* Self::Plain => "plain" }
            }

            fn text(self) -> &'static str {
                match self {
                    $(Self::$variant => include_str!(concat!($name, ".toml")),)*
                    Self::Plain => include_str!("plain.toml"),
                }
            }
        }
    };
}

vendors! {
    Aidbox = "aidbox";
    Athenahealth = "athenahealth";
    Azure = "azure";
    Epic = "epic";
    Google = "google";
    Hapi = "hapi";
    HealthLake = "healthlake";
    Medplum = "medplum";
    OracleHealth = "oracle-health";
}

impl Vendor {
    /// The vendor of that name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|vendor| vendor.as_str() == name)
    }

    /// What people call it: the line of its file, which is not read for that.
    pub fn about(self) -> &'static str {
        let name = |line: &'static str| line.strip_prefix("name = \"")?.strip_suffix('"');
        self.text().lines().find_map(name).unwrap_or_default()
    }
}

/// Everything a file says.
#[derive(Debug, Clone)]
pub(crate) struct Habits {
    pub(crate) names: Names,
    /// What is offered of each type; types that are not here do not exist.
    offers: Vec<(&'static ResourceType, Offer)>,
    pub(crate) settings: Settings,
}

/// The names in the capability statement.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names {
    pub(crate) software: Option<String>,
    pub(crate) version: Option<String>,
    pub(crate) publisher: Option<String>,
    pub(crate) implementation: Option<String>,
}

/// What is offered of one type.
#[derive(Debug, Clone)]
pub(crate) struct Offer {
    /// Codes of [type-restful-interaction](https://hl7.org/fhir/R4/valueset-type-restful-interaction.html).
    pub(crate) interactions: Vec<String>,
    /// Names of search parameters.
    pub(crate) search: Vec<String>,
}

impl Habits {
    /// The habits that the text of a file describes, or what is wrong with it.
    pub(crate) fn read(text: &str) -> Result<Self, String> {
        read::habits(text)
    }

    /// The habits of `vendor`.
    pub(crate) fn of(vendor: Vendor) -> Arc<Self> {
        static ALL: LazyLock<Vec<Arc<Habits>>> = LazyLock::new(|| {
            let read = |vendor: &Vendor| {
                let habits = read::habits(vendor.text());
                Arc::new(habits.unwrap_or_else(|fault| panic!("habits/{}.toml: {fault}", vendor.as_str())))
            };
            Vendor::ALL.iter().map(read).collect()
        });
        Arc::clone(&ALL[vendor as usize])
    }

    /// Every type that exists, with what is offered of it.
    pub(crate) fn offers(&self) -> impl Iterator<Item = (&'static ResourceType, &Offer)> {
        self.offers.iter().map(|(resource_type, offer)| (*resource_type, offer))
    }

    pub(crate) fn offer(&self, resource_type: &ResourceType) -> Option<&Offer> {
        let found = self.offers.iter().find(|(offered, _)| *offered == resource_type);
        found.map(|(_, offer)| offer)
    }

    /// Whether there is that interaction with the whole system.
    pub(crate) fn offers_of_system(&self, interaction: &str) -> bool {
        self.settings.system.iter().any(|offered| offered == interaction)
    }

    /// The search parameters of the type that are offered.
    pub(crate) fn parameters(
        &self,
        resource_type: &'static ResourceType,
    ) -> impl Iterator<Item = &'static crate::search::parameter::SearchParameter> {
        let search = self.offer(resource_type).map_or(&[][..], |offer| &offer.search);
        resource_type
            .parameters()
            .filter(|parameter| search.iter().any(|name| name == parameter.name))
    }

    /// Takes back what is offered last and least, as an upgrade of a server may; false if there is nothing of the kind left.
    pub(crate) fn withdraw(&mut self) -> bool {
        let settings = &mut self.settings;
        for interaction in ["transaction", "batch"] {
            if let Some(place) = settings.system.iter().position(|offered| offered == interaction) {
                settings.system.remove(place);
                return true;
            }
        }
        for flag in [&mut settings.conditional_create, &mut settings.search_by_post] {
            if std::mem::take(flag) {
                return true;
            }
        }
        false
    }
}

impl Offer {
    pub(crate) fn has(&self, interaction: &str) -> bool {
        self.interactions.iter().any(|offered| offered == interaction)
    }
}

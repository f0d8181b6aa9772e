//! What is known of a vendor beyond its statement: data in `quirks/`, one file a vendor, each line with its source. Nothing
//! here is code: another behaviour is another line.
//!
//! ```toml
//! name = "Vendor"
//! recognise = { software = "Vendor" }    # parts of the names in the statement, in any case
//!
//! [[quirk]]
//! about = ["server.max-entries"]         # `server.FACT`, `TYPE.FACT`, or `*.FACT` for every type that is mentioned
//! value = 500
//! source = "where this is written, or when it was measured"
//! ```

use std::sync::LazyLock;

use toml::{Table, Value as Toml};

use super::fact::{Fact, Subject, Value};
use super::statement::Statement;

macro_rules! vendors {
    ($($variant:ident = $name:literal;)*) => {
        /// A vendor whose quirks are known.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Vendor {
            $(#[doc = concat!("See `quirks/", $name, ".toml`.")] $variant,)*
        }

        impl Vendor {
            /// Every vendor.
            pub const ALL: &[Vendor] = &[$(Vendor::$variant,)*];

            /// Its name in `kap.toml` and on the command line.
            pub fn as_str(self) -> &'static str {
                match self { $(Vendor::$variant => $name,)* }
            }

            fn text(self) -> &'static str {
                match self { $(Vendor::$variant => include_str!(concat!("quirks/", $name, ".toml")),)* }
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
    Helios = "helios";
    Medplum = "medplum";
    OracleHealth = "oracle-health";
}

impl Vendor {
    /// The vendor of that name.
    pub fn of_name(name: &str) -> Option<Vendor> {
        Vendor::ALL.iter().copied().find(|vendor| vendor.as_str() == name)
    }

    /// The vendor that the names in `statement` tell.
    pub fn of(statement: &Statement) -> Option<Vendor> {
        let is = |vendor: &Vendor| {
            Quirks::of(*vendor).recognise.iter().any(|(name, part)| {
                let stated = statement.names.get(name.as_str());
                stated.is_some_and(|stated| stated.to_lowercase().contains(&part.to_lowercase()))
            })
        };
        Vendor::ALL.iter().copied().find(is)
    }
}

/// The quirks of one vendor.
#[derive(Clone, Debug)]
pub struct Quirks {
    /// What people call the vendor.
    pub name: String,
    recognise: Vec<(String, String)>,
    lines: Vec<Quirk>,
}

/// What a line is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum About {
    One(Subject),
    /// Every type that the statement mentions.
    EachType,
}

/// One fact about a vendor.
#[derive(Clone, Debug)]
pub(crate) struct Quirk {
    pub(crate) about: About,
    pub(crate) fact: Fact,
    pub(crate) value: Value,
    pub(crate) source: String,
}

impl Quirks {
    /// The quirks of `vendor`.
    pub fn of(vendor: Vendor) -> &'static Quirks {
        static ALL: LazyLock<Vec<Quirks>> = LazyLock::new(|| {
            let read = |vendor: &Vendor| {
                let quirks = Quirks::read(vendor.text());
                quirks.unwrap_or_else(|fault| panic!("quirks/{}.toml: {fault}", vendor.as_str()))
            };
            Vendor::ALL.iter().map(read).collect()
        });
        &ALL[vendor as usize]
    }

    pub(crate) fn lines(&self) -> impl Iterator<Item = &Quirk> {
        self.lines.iter()
    }

    /// Reads a data file, or says what is wrong with it.
    fn read(text: &str) -> Result<Quirks, String> {
        let table: Table = text.parse().map_err(|fault| format!("not TOML: {fault}"))?;
        let name = table.get("name").and_then(Toml::as_str).ok_or("it has no `name`")?;
        let recognise = table
            .get("recognise")
            .and_then(Toml::as_table)
            .ok_or("it has no `recognise`")?;
        let recognise = recognise
            .iter()
            .map(|(name, part)| Some((name.clone(), part.as_str()?.to_owned())));
        let listed = table
            .get("quirk")
            .and_then(Toml::as_array)
            .map_or(&[][..], Vec::as_slice);
        let mut lines = Vec::new();
        for line in listed {
            lines.extend(quirks(line).map_err(|fault| format!("{line}: {fault}"))?);
        }
        Ok(Quirks {
            name: name.to_owned(),
            recognise: recognise.collect::<Option<_>>().ok_or("`recognise` has no texts")?,
            lines,
        })
    }
}

fn quirks(line: &Toml) -> Result<Vec<Quirk>, &'static str> {
    let value = match line.get("value") {
        Some(Toml::Boolean(flag)) => Value::Flag(*flag),
        Some(Toml::Integer(number)) => Value::Number(u64::try_from(*number).map_err(|_| "the value is below zero")?),
        _ => return Err("the value is neither a flag nor a number"),
    };
    let source = line.get("source").and_then(Toml::as_str).unwrap_or_default();
    if source.is_empty() {
        return Err("it has no source");
    }
    let about = line
        .get("about")
        .and_then(Toml::as_array)
        .ok_or("`about` is not a list")?;
    let quirk = |place: &Toml| {
        let (subject, fact) = place.as_str()?.split_once('.')?;
        let about = match subject {
            "*" => About::EachType,
            _ => About::One(Subject::of_name(subject)?),
        };
        let fact = Fact::of_name(fact).filter(|fact| fact.takes(value))?;
        let fits = fact.is_about_server() == (about == About::One(Subject::Server));
        fits.then(|| Quirk {
            about,
            fact,
            value,
            source: source.to_owned(),
        })
    };
    about
        .iter()
        .map(quirk)
        .collect::<Option<_>>()
        .ok_or("`about` names no fact, or one of another kind")
}

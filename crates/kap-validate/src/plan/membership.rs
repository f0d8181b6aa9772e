//! Whether a code belongs to a value set, as far as the loaded plans can tell.

use kap_fhir::Membership;

use super::flags::{grammar, part};
use super::rows;
use super::set::{LoadedPlan, PlanSet};

/// How deep value sets may include each other.
const MAX_DEPTH: u32 = 16;

impl PlanSet<'_> {
    /// Whether a value set contains a code. Without a system, the code alone decides.
    pub(crate) fn membership(
        &self,
        plan: &LoadedPlan<'_>,
        value_set: &rows::ValueSet,
        system: Option<&str>,
        code: &str,
    ) -> Membership {
        self.membership_within(plan, value_set, system, code, 0)
    }

    fn membership_within(
        &self,
        plan: &LoadedPlan<'_>,
        value_set: &rows::ValueSet,
        system: Option<&str>,
        code: &str,
        depth: u32,
    ) -> Membership {
        let mut answer = Membership::NotMember;
        for part in value_set.parts.of(plan.tables.parts) {
            let of_system = plan.tables.text(part.system);
            if !of_system.is_empty() && system.is_some_and(|system| system != of_system) {
                continue;
            }
            match self.part_contains(plan, part, system, code, depth) {
                Membership::Member => return Membership::Member,
                Membership::NotMember => {}
                unknown @ Membership::Unknown(_) => answer = unknown,
            }
        }
        answer
    }

    fn part_contains(
        &self,
        plan: &LoadedPlan<'_>,
        row: &rows::Part,
        system: Option<&str>,
        code: &str,
        depth: u32,
    ) -> Membership {
        match row.kind.get() {
            part::CODES => decided(plan.contains(row.codes, code)),
            part::SYSTEM => {
                let url = plan.tables.text(row.system);
                match self.code_system(url) {
                    Some((plan, code_system)) => decided(plan.contains(code_system.codes, code)),
                    None => Membership::Unknown(format!("code system `{url}` is not loaded")),
                }
            }
            part::VALUE_SET => match self.linked_value_set(plan, row.link) {
                Some(_) if depth >= MAX_DEPTH => Membership::Unknown("value sets include each other too deeply".into()),
                Some((plan, nested)) => self.membership_within(plan, nested, system, code, depth + 1),
                None => {
                    let link = plan.tables.links.get(row.link.get() as usize);
                    let canonical = link.map(|link| link.canonical(plan)).unwrap_or_default();
                    Membership::Unknown(format!("value set `{canonical}` is not loaded"))
                }
            },
            part::GRAMMAR => decided(match row.link.get() {
                grammar::MIME_TYPE => is_mime_type(code),
                grammar::LANGUAGE => is_language(code),
                _ => CURRENCIES.binary_search(&code).is_ok(),
            }),
            _ => Membership::Unknown(plan.tables.text(row.reason).to_owned()),
        }
    }
}

fn decided(contained: bool) -> Membership {
    if contained {
        Membership::Member
    } else {
        Membership::NotMember
    }
}

/// `type/subtype` with optional parameters (RFC 6838).
fn is_mime_type(code: &str) -> bool {
    let token = |text: &str| {
        !text.is_empty()
            && text
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"!#$&-^_.+*".contains(&byte))
    };
    let media_type = code.split(';').next().unwrap_or_default().trim_end();
    // FHIR names its own formats in short (https://hl7.org/fhir/R4/http.html#mime-type), and its examples do so, too.
    if matches!(media_type, "xml" | "json" | "ttl") {
        return true;
    }
    media_type
        .split_once('/')
        .is_some_and(|(kind, subtype)| token(kind) && token(subtype))
}

/// The shape of a language tag (RFC 5646): a primary language of 2 to 8 letters, then subtags of 1 to 8 letters and digits.
fn is_language(code: &str) -> bool {
    let mut subtags = code.split('-');
    let primary = subtags.next().unwrap_or_default();
    let is_primary = (2..=8).contains(&primary.len()) || matches!(primary, "x" | "i");
    is_primary
        && primary.bytes().all(|byte| byte.is_ascii_alphabetic())
        && subtags
            .all(|subtag| (1..=8).contains(&subtag.len()) && subtag.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// ISO 4217 as R4 lists it, sorted.
const CURRENCIES: &[&str] = &[
    "AED", "AFN", "ALL", "AMD", "ANG", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT", "BGN", "BHD", "BIF",
    "BMD", "BND", "BOB", "BOV", "BRL", "BSD", "BTN", "BWP", "BYN", "BZD", "CAD", "CDF", "CHE", "CHF", "CHW", "CLF",
    "CLP", "CNY", "COP", "COU", "CRC", "CUC", "CUP", "CVE", "CZK", "DJF", "DKK", "DOP", "DZD", "EGP", "ERN", "ETB",
    "EUR", "FJD", "FKP", "GBP", "GEL", "GGP", "GHS", "GIP", "GMD", "GNF", "GTQ", "GYD", "HKD", "HNL", "HRK", "HTG",
    "HUF", "IDR", "ILS", "IMP", "INR", "IQD", "IRR", "ISK", "JEP", "JMD", "JOD", "JPY", "KES", "KGS", "KHR", "KMF",
    "KPW", "KRW", "KWD", "KYD", "KZT", "LAK", "LBP", "LKR", "LRD", "LSL", "LYD", "MAD", "MDL", "MGA", "MKD", "MMK",
    "MNT", "MOP", "MRU", "MUR", "MVR", "MWK", "MXN", "MXV", "MYR", "MZN", "NAD", "NGN", "NIO", "NOK", "NPR", "NZD",
    "OMR", "PAB", "PEN", "PGK", "PHP", "PKR", "PLN", "PYG", "QAR", "RON", "RSD", "RUB", "RWF", "SAR", "SBD", "SCR",
    "SDG", "SEK", "SGD", "SHP", "SLL", "SOS", "SPL", "SRD", "SSP", "STN", "SVC", "SYP", "SZL", "THB", "TJS", "TMT",
    "TND", "TOP", "TRY", "TTD", "TVD", "TWD", "TZS", "UAH", "UGX", "USD", "USN", "UYI", "UYU", "UZS", "VEF", "VND",
    "VUV", "WST", "XAF", "XAG", "XAU", "XBA", "XBB", "XBC", "XBD", "XCD", "XDR", "XOF", "XPD", "XPF", "XPT", "XSU",
    "XTS", "XUA", "XXX", "YER", "ZAR", "ZMW", "ZWL",
];

//! Code systems that are too large to list, but have a grammar, and small ones that no package holds.

use super::flags::{filter, grammar};

/// Whether a code fits the grammar of that number; `None` where that is not known.
pub(crate) fn fits(number: u32, code: &str) -> Option<bool> {
    Some(match number {
        grammar::MIME_TYPE => is_mime_type(code),
        grammar::LANGUAGE => Tag::parse(code).is_some(),
        grammar::CURRENCY => is_in(&CURRENCIES, code),
        grammar::UNIT => kap_fhir::ucum::is_unit(code),
        grammar::COUNTRY => is_country(code),
        grammar::US_STATE => is_in(&US_STATES, code),
        grammar::TIME_ZONE => is_time_zone(code),
        _ => return None,
    })
}

/// Whether a filter keeps a code of a grammar; `None` where the grammar has no such property.
pub(crate) fn passes(
    number: u32,
    code: &str,
    (property, operator, value): (&str, u16, &str),
    matches: impl Fn(&str) -> Option<bool>,
) -> Option<bool> {
    if matches!(property, "code" | "concept") && operator == filter::REGEX {
        return matches(code);
    }
    if number != grammar::LANGUAGE {
        return None;
    }
    let tag = Tag::parse(code)?;
    let found = match property {
        "language" => tag.language,
        "ext-lang" => tag.ext_lang,
        "script" => tag.script,
        "region" => tag.region,
        "variant" => tag.variant,
        "extension" => tag.extension,
        "private-use" => tag.private_use,
        _ => return None,
    };
    match operator {
        filter::EXISTS => Some(found.is_empty() != (value == "true")),
        filter::EQUALS => Some(found.eq_ignore_ascii_case(value)),
        _ => None,
    }
}

/// A sorted list of codes of one length, each followed by a space.
struct List {
    codes: &'static str,
    length: usize,
}

fn is_in(list: &List, code: &str) -> bool {
    let step = list.length + 1;
    if code.len() != list.length {
        return false;
    }
    let (mut low, mut high) = (0, list.codes.len().div_ceil(step));
    while low < high {
        let middle = low + (high - low) / 2;
        let found = list.codes.get(middle * step..middle * step + list.length);
        match found.unwrap_or_default().cmp(code) {
            std::cmp::Ordering::Equal => return true,
            std::cmp::Ordering::Less => low = middle + 1,
            std::cmp::Ordering::Greater => high = middle,
        }
    }
    false
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

/// The parts of a language tag (RFC 5646); those that it does not have are empty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Tag<'c> {
    language: &'c str,
    ext_lang: &'c str,
    script: &'c str,
    region: &'c str,
    variant: &'c str,
    extension: &'c str,
    private_use: &'c str,
}

impl<'c> Tag<'c> {
    /// Reads a tag. Two-letter languages and regions must exist; the thousands of three-letter languages and the variants
    /// are held to their shape.
    fn parse(code: &'c str) -> Option<Tag<'c>> {
        let is_alphabetic = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphabetic());
        let is_alphanumeric = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let mut tag = Tag::default();
        let mut subtags = code.split('-').peekable();
        let language = subtags.next()?;
        let is_private = language.eq_ignore_ascii_case("x");
        if is_private {
            tag.private_use = code.get(2..).filter(|rest| !rest.is_empty())?;
            let fits = |subtag: &str| (1..=8).contains(&subtag.len()) && is_alphanumeric(subtag);
            return tag.private_use.split('-').all(fits).then_some(tag);
        }
        if language.eq_ignore_ascii_case("i") {
            return GRANDFATHERED
                .iter()
                .any(|known| known.eq_ignore_ascii_case(code))
                .then_some(Tag { language: code, ..tag });
        }
        let is_language = match language.len() {
            2 => is_in(&LANGUAGES, &language.to_ascii_lowercase()),
            3 => is_alphabetic(language),
            _ => false,
        };
        if !is_language {
            return None;
        }
        tag.language = language;
        if let Some(subtag) = subtags.next_if(|subtag| subtag.len() == 3 && is_alphabetic(subtag)) {
            tag.ext_lang = subtag;
        }
        if let Some(subtag) = subtags.next_if(|subtag| subtag.len() == 4 && is_alphabetic(subtag)) {
            tag.script = subtag;
        }
        if let Some(subtag) = subtags.next_if(|subtag| is_region(subtag)) {
            tag.region = subtag;
        }
        let is_variant = |subtag: &&str| {
            is_alphanumeric(subtag)
                && ((5..=8).contains(&subtag.len())
                    || subtag.len() == 4 && subtag.starts_with(|first: char| first.is_ascii_digit()))
        };
        while let Some(subtag) = subtags.next_if(is_variant) {
            tag.variant = subtag;
        }
        while let Some(singleton) = subtags.next() {
            let is_last = singleton.eq_ignore_ascii_case("x");
            let least = if is_last { 1 } else { 2 };
            let fits = |subtag: &&str| (least..=8).contains(&subtag.len()) && is_alphanumeric(subtag);
            if singleton.len() != 1 || !is_alphanumeric(singleton) {
                return None;
            }
            let mut value = subtags.next_if(fits)?;
            while let Some(subtag) = subtags.next_if(fits) {
                value = subtag;
            }
            if is_last {
                tag.private_use = value;
            } else {
                tag.extension = value;
            }
        }
        Some(tag)
    }
}

/// A country, or a region of the United Nations by number; `EU`, `XK` and the codes for private use occur as well.
fn is_region(subtag: &str) -> bool {
    match subtag.len() {
        2 => {
            let upper = subtag.to_ascii_uppercase();
            is_in(&COUNTRIES, &upper)
                || matches!(
                    upper.as_str(),
                    "EU" | "EZ" | "UN" | "XK" | "AA" | "ZZ" | "AC" | "CP" | "DG" | "EA" | "IC" | "TA"
                )
                || (upper.as_str() >= "QM" && upper.as_str() <= "QZ")
                || upper.starts_with('X')
        }
        3 => subtag.bytes().all(|byte| byte.is_ascii_digit()),
        _ => false,
    }
}

/// ISO 3166-1 in letters, the shape of its numbers, or the shape of a subdivision (ISO 3166-2).
fn is_country(code: &str) -> bool {
    match code.len() {
        2 => is_in(&COUNTRIES, code),
        3 if code.bytes().all(|byte| byte.is_ascii_digit()) => true,
        3 => is_in(&COUNTRIES_3, code),
        _ => code.split_once('-').is_some_and(|(country, subdivision)| {
            is_in(&COUNTRIES, country)
                && (1..=3).contains(&subdivision.len())
                && subdivision.bytes().all(|byte| byte.is_ascii_alphanumeric())
        }),
    }
}

/// A name of the IANA database: one of its areas with a place, or one of the names that stand alone.
fn is_time_zone(code: &str) -> bool {
    match code.split_once('/') {
        Some((area, place)) => {
            TIME_ZONE_AREAS.contains(&area)
                && place.starts_with(|first: char| first.is_ascii_uppercase())
                && place
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || b"_-+/".contains(&byte))
        }
        None => TIME_ZONES.contains(&code),
    }
}

const TIME_ZONE_AREAS: &[&str] = &[
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Brazil",
    "Canada",
    "Chile",
    "Etc",
    "Europe",
    "Indian",
    "Mexico",
    "Pacific",
    "US",
];

const TIME_ZONES: &[&str] = &[
    "CET",
    "CST6CDT",
    "Cuba",
    "EET",
    "EST",
    "EST5EDT",
    "Egypt",
    "Eire",
    "Factory",
    "GB",
    "GB-Eire",
    "GMT",
    "GMT+0",
    "GMT-0",
    "GMT0",
    "Greenwich",
    "HST",
    "Hongkong",
    "Iceland",
    "Iran",
    "Israel",
    "Jamaica",
    "Japan",
    "Kwajalein",
    "Libya",
    "MET",
    "MST",
    "MST7MDT",
    "NZ",
    "NZ-CHAT",
    "Navajo",
    "PRC",
    "PST8PDT",
    "Poland",
    "Portugal",
    "ROC",
    "ROK",
    "Singapore",
    "Turkey",
    "UCT",
    "UTC",
    "Universal",
    "W-SU",
    "WET",
    "Zulu",
];

/// Tags from before RFC 4646 that have no language of today's kind.
const GRANDFATHERED: &[&str] = &[
    "i-ami",
    "i-bnn",
    "i-default",
    "i-enochian",
    "i-hak",
    "i-klingon",
    "i-lux",
    "i-mingo",
    "i-navajo",
    "i-pwn",
    "i-tao",
    "i-tay",
    "i-tsu",
];

/// ISO 4217 as R4 lists it.
const CURRENCIES: List = List {
    length: 3,
    codes: "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN \
            BZD CAD CDF CHE CHF CHW CLF CLP CNY COP COU CRC CUC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD \
            FKP GBP GEL GGP GHS GIP GMD GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS IMP INR IQD IRR ISK JEP JMD JOD \
            JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR \
            MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF \
            SAR SBD SCR SDG SEK SGD SHP SLL SOS SPL SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TVD TWD \
            TZS UAH UGX USD USN UYI UYU UZS VEF VND VUV WST XAF XAG XAU XBA XBB XBC XBD XCD XDR XOF XPD XPF XPT \
            XSU XTS XUA XXX YER ZAR ZMW ZWL",
};

/// ISO 3166-1 alpha-2 as R4 lists it.
const COUNTRIES: List = List {
    length: 2,
    codes: "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT \
            BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH \
            ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT \
            HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS \
            LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI \
            NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG \
            SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG \
            UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW",
};

/// ISO 3166-1 alpha-3.
const COUNTRIES_3: List = List {
    length: 3,
    codes: "ABW AFG AGO AIA ALA ALB AND ARE ARG ARM ASM ATA ATF ATG AUS AUT AZE BDI BEL BEN BES BFA BGD BGR BHR \
            BHS BIH BLM BLR BLZ BMU BOL BRA BRB BRN BTN BVT BWA CAF CAN CCK CHE CHL CHN CIV CMR COD COG COK COL \
            COM CPV CRI CUB CUW CXR CYM CYP CZE DEU DJI DMA DNK DOM DZA ECU EGY ERI ESH ESP EST ETH FIN FJI FLK \
            FRA FRO FSM GAB GBR GEO GGY GHA GIB GIN GLP GMB GNB GNQ GRC GRD GRL GTM GUF GUM GUY HKG HMD HND HRV \
            HTI HUN IDN IMN IND IOT IRL IRN IRQ ISL ISR ITA JAM JEY JOR JPN KAZ KEN KGZ KHM KIR KNA KOR KWT LAO \
            LBN LBR LBY LCA LIE LKA LSO LTU LUX LVA MAC MAF MAR MCO MDA MDG MDV MEX MHL MKD MLI MLT MMR MNE MNG \
            MNP MOZ MRT MSR MTQ MUS MWI MYS MYT NAM NCL NER NFK NGA NIC NIU NLD NOR NPL NRU NZL OMN PAK PAN PCN \
            PER PHL PLW PNG POL PRI PRK PRT PRY PSE PYF QAT REU ROU RUS RWA SAU SDN SEN SGP SGS SHN SJM SLB SLE \
            SLV SMR SOM SPM SRB SSD STP SUR SVK SVN SWE SWZ SXM SYC SYR TCA TCD TGO THA TJK TKL TKM TLS TON TTO \
            TUN TUR TUV TWN TZA UGA UKR UMI URY USA UZB VAT VCT VEN VGB VIR VNM VUT WLF WSM YEM ZAF ZMB ZWE",
};

/// Languages of two letters in the registry of subtags (ISO 639-1), with those that were replaced.
const LANGUAGES: List = List {
    length: 2,
    codes: "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de \
            dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id \
            ie ig ii ik in io is it iu iw ja ji jv jw ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li \
            ln lo lt lu lv mg mh mi mk ml mn mo mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa \
            pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta te tg th \
            ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu",
};

/// States, districts, territories and military post offices of the United States, as the postal service writes them.
const US_STATES: List = List {
    length: 2,
    codes: "AA AE AK AL AP AR AS AZ CA CO CT DC DE FL FM GA GU HI IA ID IL IN KS KY LA MA MD ME MH MI MN MO MP \
            MS MT NC ND NE NH NJ NM NV NY OH OK OR PA PR PW RI SC SD TN TX UM UT VA VI VT WA WI WV WY",
};

//! The person treated, and the parts of a person's description that others share.

use crate::define::{codes, object};
use crate::primitive::{Identifier, Key, LanguageTag, Line, PartialDate};

codes! {
    /// What a name is used for. <https://hl7.org/fhir/R4/valueset-name-use.html>
    pub enum NameUse {
        /// The name in official papers.
        Official = "official",
        /// The name known as and addressed by.
        Usual = "usual",
        /// A name among friends.
        Nickname = "nickname",
        /// A former name.
        Old = "old",
    }
}

object! {
    /// The name of a person. At least one of `text`, `family` and `given` is there.
    pub struct HumanName {
        /// What the name is used for.
        pub name_use: Option<NameUse>,
        /// The whole name as it is written.
        pub text: Option<Line>,
        /// The family name.
        pub family: Option<Line>,
        /// Given names, the first one first.
        pub given: Vec<Line>,
        /// Parts before the name.
        pub prefix: Vec<Line>,
        /// Parts after the name.
        pub suffix: Vec<Line>,
    }
}

codes! {
    /// A way to reach somebody. <https://hl7.org/fhir/R4/valueset-contact-point-system.html>
    pub enum TelecomSystem {
        /// A telephone number.
        Phone = "phone",
        /// An e-mail address.
        Email = "email",
        /// A number that takes text messages.
        Sms = "sms",
        /// A fax number.
        Fax = "fax",
        /// A web address.
        Url = "url",
    }
}

codes! {
    /// Where a way to reach somebody leads. <https://hl7.org/fhir/R4/valueset-contact-point-use.html>
    pub enum TelecomUse {
        /// At home.
        Home = "home",
        /// At work.
        Work = "work",
        /// A mobile device.
        Mobile = "mobile",
    }
}

object! {
    /// A way to reach somebody.
    pub struct Telecom {
        /// What kind of way it is.
        pub system: TelecomSystem,
        /// The number or address.
        pub value: Line,
        /// Where it leads.
        pub telecom_use: Option<TelecomUse>,
    }
}

codes! {
    /// What an address is used for. <https://hl7.org/fhir/R4/valueset-address-use.html>
    pub enum AddressUse {
        /// Where the person lives.
        Home = "home",
        /// Where the person or organization works.
        Work = "work",
        /// Where the person lives for a while.
        Temp = "temp",
    }
}

object! {
    /// A postal address.
    pub struct Address {
        /// What the address is used for.
        pub address_use: Option<AddressUse>,
        /// Street, number, apartment, in the order of the label.
        pub lines: Vec<Line>,
        /// City or town.
        pub city: Option<Line>,
        /// State or province; in the USA its two letters.
        pub state: Option<Line>,
        /// Postal code.
        pub postal_code: Option<Line>,
        /// Country, as two letters of ISO 3166.
        pub country: Option<Line>,
    }
}

codes! {
    /// The gender kept for administration. <https://hl7.org/fhir/R4/valueset-administrative-gender.html>
    pub enum AdministrativeGender {
        /// Male.
        Male = "male",
        /// Female.
        Female = "female",
        /// Another gender.
        Other = "other",
        /// Not known.
        Unknown = "unknown",
    }
}

codes! {
    /// The sex on the birth certificate.
    pub enum BirthSex {
        /// Female.
        Female = "female",
        /// Male.
        Male = "male",
        /// Not known.
        Unknown = "unknown",
    }
}

codes! {
    /// Categories of race of the US Office of Management and Budget.
    pub enum Race {
        /// American Indian or Alaska Native.
        AmericanIndianOrAlaskaNative = "american-indian-or-alaska-native",
        /// Asian.
        Asian = "asian",
        /// Black or African American.
        BlackOrAfricanAmerican = "black-or-african-american",
        /// Native Hawaiian or Other Pacific Islander.
        NativeHawaiianOrOtherPacificIslander = "native-hawaiian-or-other-pacific-islander",
        /// White.
        White = "white",
        /// Asked, but the patient does not know.
        AskedButUnknown = "asked-but-unknown",
        /// Not known.
        Unknown = "unknown",
    }
}

codes! {
    /// Categories of ethnicity of the US Office of Management and Budget.
    pub enum Ethnicity {
        /// Hispanic or Latino.
        HispanicOrLatino = "hispanic-or-latino",
        /// Not Hispanic or Latino.
        NotHispanicOrLatino = "not-hispanic-or-latino",
        /// Asked, but the patient does not know.
        AskedButUnknown = "asked-but-unknown",
        /// Not known.
        Unknown = "unknown",
    }
}

object! {
    /// The person treated. In the EHR the patient is found by a business identifier and never updated.
    pub struct Patient {
        /// The source system's own id.
        pub id: Key,
        /// Business identifiers, such as the medical record number; the first one finds the patient in the EHR.
        pub identifiers: Vec<Identifier>,
        /// Names.
        pub names: Vec<HumanName>,
        /// Date of birth.
        pub birth_date: PartialDate,
        /// The gender kept for administration.
        pub gender: AdministrativeGender,
        /// The sex on the birth certificate.
        pub birth_sex: Option<BirthSex>,
        /// Race.
        pub race: Vec<Race>,
        /// Ethnicity.
        pub ethnicity: Option<Ethnicity>,
        /// The language in which the patient prefers to speak.
        pub language: Option<LanguageTag>,
        /// Whether an interpreter is needed for it.
        pub interpreter_needed: Option<bool>,
        /// Ways to reach the patient.
        pub telecom: Vec<Telecom>,
        /// Postal addresses.
        pub addresses: Vec<Address>,
    }
}

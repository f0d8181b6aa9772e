//! FHIR R4 as data: the grammar of primitives, paths, references, packages, and documents with a verdict attached.
//!
//! ```
//! use kap_fhir::{Primitive, Reference};
//!
//! assert!(Primitive::Date.check("2024-02-29").is_ok());
//! assert!(Primitive::Date.check("2023-02-29").is_err());
//! assert_eq!(Reference::parse("#sitter"), Reference::Fragment("sitter"));
//! ```
//!
//! What this crate does not do: it knows no word of ketamine-assisted psychotherapy, it judges nothing larger than a
//! single value, and it never touches the network.
//!
//! | module | holds |
//! |---|---|
//! | [`base64`](mod@base64) | what attachments hold |
//! | [`checked`] | bytes together with the verdict on them |
//! | [`decimal`] | decimal numbers, exact and with their precision |
//! | [`primitive`] | the grammar of each primitive type, written by hand |
//! | [`path`] | where a node stands, as a FHIRPath expression |
//! | [`reference`](mod@reference) | literal references and how they resolve inside a bundle |
//! | [`package`] | FHIR packages: archives, folders, the package cache |
//! | [`terminology`] | the question a terminology service answers |
//! | [`ucum`] | units of measure: validity, comparison, exact conversion |
//! | [`version`] | versions of definitions and packages: which is asked for, which is newer |
//! | [`xhtml`] | the XHTML of narratives |

pub mod base64;
pub mod checked;
pub mod decimal;
mod error;
pub mod package;
pub mod path;
pub mod primitive;
pub mod reference;
pub mod terminology;
pub mod ucum;
pub mod version;
pub mod xhtml;

pub use checked::{Bundle, Checked, Undecided, Verdict};
pub use decimal::Decimal;
pub use error::Error;
pub use package::Package;
pub use primitive::Primitive;
pub use reference::Reference;
pub use terminology::{Membership, Question, Terminology};

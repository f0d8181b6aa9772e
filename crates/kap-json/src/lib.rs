//! JSON text becomes a [`Document`] that keeps every position, and findings about it become [`Issue`]s.
//!
//! ```
//! use kap_json::{Limits, parse};
//!
//! let text = br#"{"dose": 35.50, "dose": 36}"#;
//! let parsed = parse(text, &Limits::default());
//! let document = parsed.document.expect("the text is well formed");
//! assert_eq!(document.root().get("dose").and_then(|dose| dose.as_number()), Some("35.50"));
//! assert_eq!(parsed.issues[0].code, "json-duplicate-key");
//! ```
//!
//! One parse fills one arena: strings are borrowed from the text, numbers stay as written, each node knows its byte
//! span. Lines and columns are computed only when somebody prints them ([`Lines`]).
//!
//! Boundary: knows neither KAP nor FHIR, reads no file, never panics on any input, and never recurses.
//!
//! * [`document`]: the arena and its handles
//! * [`limits`]: how much a text may ask of us
//! * [`issue`], [`location`], [`message`]: what is wrong, where, and how to say it without showing a value
//! * [`codes`]: the codes of this crate

pub mod codes;
pub mod document;
pub mod issue;
pub mod limits;
pub mod location;
pub mod message;
pub mod names;
mod number;
mod parse;
mod string;

pub use document::{Document, Key, Kind, MAX_NAME, Member, Node, NodeId};
pub use issue::{CodeInfo, Issue, Severity, Source};
pub use limits::Limits;
pub use location::{Lines, Location, Position, Span};
pub use message::{Message, shortened};
pub use names::NameTable;
pub use parse::{Parsed, parse, parse_with_names};

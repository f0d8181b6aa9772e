//! FHIRPath (<http://hl7.org/fhirpath/N1/>) over the borrowed document: an expression is compiled once, with what the
//! caller knows about types, and evaluated many times.
//!
//! An evaluation has three ends: values, an error, or *undecided* with the reason, where the answer depends on
//! something that is not at hand. [`Expression::test`] is the way for invariants: it decides without building
//! collections.
//!
//! ```
//! use kap_fhirpath::definitions::Definitions;
//! use kap_fhirpath::{Element, EvaluationContext, Expression, Isolated, Mode, Model, Outcome};
//!
//! # let person = br##"{"resourceType": "StructureDefinition", "type": "Person", "kind": "resource", "derivation": "specialization",
//! #     "snapshot": {"element": [{"path": "Person", "max": "*"}, {"path": "Person.name", "max": "*", "type": [{"code": "string"}]}]}}"##;
//! let model = Definitions::new([person.as_slice()]);
//! let place = model.type_place("Person").expect("the type is defined");
//! let invariant = Expression::compile("name.count() < 3", Some(place), &model, Mode::Lenient)?;
//!
//! let parsed = kap_json::parse(br#"{"resourceType": "Person", "name": ["a", "b"]}"#, &kap_json::Limits::default());
//! let document = parsed.document.expect("the text is well formed");
//! let resource = Element::resource(document.root(), &model, place);
//! let outcome = invariant.test(&EvaluationContext::new(&model, &Isolated, resource));
//! assert_eq!(outcome, Outcome::True);
//! # Ok::<(), kap_fhirpath::CompileError>(())
//! ```
//!
//! Boundary: knows no resource by name, reads no file, no clock and no network. Steps and recursion are bounded.
//!
//! | module | holds |
//! |---|---|
//! | [`definitions`] | a model read from StructureDefinitions
//! | [`expression`] | the compiled expression and its two ways of being asked |
//! | [`model`] | what the caller says about types |
//! | [`host`] | what an expression asks of the world, and what it is evaluated on |
//! | [`item`] | what collections hold |
//! | [`temporal`] | dates and times with their precision |

mod ast;
mod code;
mod compile;
pub mod definitions;
pub mod error;
mod evaluate;
pub mod expression;
mod function;
pub mod host;
pub mod item;
mod lex;
pub mod model;
mod parse;
mod pattern;
pub mod temporal;

pub use error::{CompileError, CompileErrorKind, EvaluationError, EvaluationErrorKind, Stop, Undecided};
pub use expression::{Expression, Mode, Outcome};
pub use host::{Answer, EvaluationContext, Host, Isolated, Limits, Resolved, Variables};
pub use item::{Element, Item, Quantity, TypeInfo, Unit};
pub use model::{Member, Model, Place, Shape};

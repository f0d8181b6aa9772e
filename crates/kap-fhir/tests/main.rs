//! Behaviour of `kap-fhir` from outside.

mod package;
mod path;
mod primitive;
mod reference;
mod xhtml;

//! Behaviour of `kap-fhir` from outside.

mod decimal;
mod package;
mod path;
mod primitive;
mod reference;
mod ucum;
mod xhtml;

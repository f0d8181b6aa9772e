//! Search, after [search.html](https://hl7.org/fhir/R4/search.html): parameters are data, resources are indexed when they are
//! stored, a query is one SQL statement over the index.

pub(crate) mod date;
pub(crate) mod index;
pub(crate) mod parameter;
pub(crate) mod parse;
pub(crate) mod query;
pub(crate) mod searchset;

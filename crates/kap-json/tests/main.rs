//! The parser from outside: documents, faults, limits, and agreement with another parser.

mod agreement;
mod documents;
mod faults;
mod positions;

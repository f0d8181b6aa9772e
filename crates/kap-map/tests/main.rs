//! What the mapping promises, seen from outside.

mod records;
mod resources;
mod schema;

mod canary;
mod codes;
mod concepts;
mod coverage;
mod disclosure;
mod example;
mod fields;
mod fold;
mod form;
mod golden;
mod identity;
mod traps;
mod versions;
mod withheld;

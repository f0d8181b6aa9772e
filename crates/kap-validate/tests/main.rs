//! Behaviour of `kap-validate` from outside.

mod bundle;
mod codes;
mod conformance;
mod fixtures;
mod invariant;
mod library;
mod parts;
mod plan;
mod robustness;
mod snapshot;
mod support;
mod terminology;

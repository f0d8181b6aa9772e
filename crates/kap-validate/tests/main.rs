//! Behaviour of `kap-validate` from outside.

mod bundle;
mod codes;
mod conformance;
mod fixtures;
mod plan;
mod robustness;
mod support;
mod terminology;

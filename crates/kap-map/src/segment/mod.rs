//! Segmentation: what may leave the clinic, decided before anything is built.
//!
//! Default is deny. A type of resource has to be listed ([`crate::resource`]), a field has to be carried by a mapper, restricted content needs a release
//! ([`Policy`]), and the patient's consents are asked for every resource ([`release::Release`]). What stays is counted with its reason ([`Reason`]), and references
//! to it are taken out ([`repair`]).

mod policy;
mod reason;
pub(crate) mod release;
pub(crate) mod repair;

pub use policy::{Policy, Recipient};
pub use reason::Reason;

//! The objects of the record, one module per subject.

pub mod adverse_event;
pub mod alcohol_use;
pub mod assessment;
pub mod care_team;
pub mod condition;
pub mod consent;
pub mod course;
pub mod discharge;
pub mod dosing;
pub mod education;
pub mod factor;
pub mod goal;
pub mod integration;
pub mod lab;
pub mod life_cycle;
pub mod medication;
pub mod monitoring;
pub mod note;
pub mod organization;
pub mod patient;
pub mod plan;
pub mod practitioner;
pub mod prescription;
pub mod rating;
mod record;
pub mod safety;
pub mod screening;
pub mod session;
pub mod setting;

pub use record::{Record, SchemaVersion};

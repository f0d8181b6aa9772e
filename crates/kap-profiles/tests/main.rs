//! What the guide promises about itself, read from the bytes that the crate hands out.

mod bindings;
mod code_systems;
mod definitions;
mod guide;
mod questionnaires;
mod record_codes;
mod value_sets;

//! What the guide promises about itself, read from the bytes that the crate hands out.

mod bindings;
mod code_systems;
mod definitions;
mod guide;
mod value_sets;

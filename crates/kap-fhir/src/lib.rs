//! FHIR R4 as data: the grammar of primitives, paths, references, packages, and documents with a verdict attached.
//!
//! What this crate does not do: it knows no word of ketamine-assisted psychotherapy, it validates nothing beyond the
//! grammar of a single value, and it never touches the network.
//!
//! | module | holds |
//! |---|---|
//! | [`checked`] | bytes together with the verdict on them |

pub mod checked;

pub use checked::{Bundle, Checked, Undecided, Verdict};

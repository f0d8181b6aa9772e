//! Interning of member names against names known beforehand.

/// A table of known member names, so that a walk compares numbers and not text.
pub trait NameTable {
    /// The number of `name`, if it is known.
    fn lookup(&self, name: &str) -> Option<u16>;
}

/// The table that knows no name.
impl NameTable for () {
    fn lookup(&self, _name: &str) -> Option<u16> {
        None
    }
}

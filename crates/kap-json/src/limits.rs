//! How much a text may ask of us before we refuse it.

/// Bounds of one parse. Going over one is a fatal [`Issue`](crate::Issue), never a crash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Largest text, in bytes. Never above `u32::MAX`, because positions are 32 bits wide.
    pub max_bytes: usize,
    /// Deepest nesting of arrays and objects.
    pub max_depth: u32,
    /// Number of findings after which the parse stops.
    pub max_issues: usize,
}

impl Default for Limits {
    /// 256 MiB, 256 levels, 1,000 findings: far above any bundle we have seen, far below what hurts a laptop.
    fn default() -> Self {
        Self {
            max_bytes: 256 << 20,
            max_depth: 256,
            max_issues: 1_000,
        }
    }
}

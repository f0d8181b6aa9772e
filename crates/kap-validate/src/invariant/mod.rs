//! What is known of invariants beforehand: which ones other facets of the walk decide, and which published texts are
//! wrong. A key alone identifies nothing (R4 gives five different invariants the key `inv-1`), so everything here goes
//! by key and text together.

mod elsewhere;
mod errata;
mod prepared;

pub(crate) use elsewhere::is_decided_elsewhere;
pub(crate) use errata::corrected;
pub(crate) use prepared::{Prepared, is_evaluated};

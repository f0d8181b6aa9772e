//! CodeSystems and ValueSets: the order in which they are compiled, so that parts of value sets can point at the code
//! systems of the same plan.

use std::collections::BTreeMap;

use super::intern::{Intern, number};
use super::sources::Sources;
use super::tree::text;
use super::{code_system, value_set};

pub(super) fn compile(intern: &mut Intern, sources: &Sources) {
    let mut places = BTreeMap::new();
    for (at, definition) in sources.code_systems.values().enumerate() {
        let url = text(definition, "url").unwrap_or_default();
        places.insert(url.to_owned(), number(at));
        code_system::compile(intern, definition);
    }
    for definition in sources.value_sets.values() {
        value_set::compile(intern, &places, definition);
    }
}

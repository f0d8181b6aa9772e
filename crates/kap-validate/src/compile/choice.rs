//! The JSON names of an element's children: `value[x]` appears as `valueQuantity`, `valueString` and so on
//! (<https://hl7.org/fhir/R4/formats.html#choice>).

use zerocopy::little_endian::U16;

use super::intern::{Intern, since};
use super::tree::{Branch, Tree, items, text};
use crate::plan::rows::{Property, Range};

/// Adds a row for each JSON name below `branch`, sorted by the number of the name.
pub(super) fn properties(intern: &mut Intern, tree: &Tree<'_>, branch: &Branch<'_>) -> Range {
    let holder = tree
        .content_reference(branch)
        .map_or(branch, |target| &tree.branches[target]);
    let mut properties = Vec::new();
    for (child, index) in holder.children.iter().enumerate() {
        let child = U16::new(u16::try_from(child).unwrap_or(u16::MAX));
        let branch = &tree.branches[*index];
        if is_primitive_value(branch) {
            continue;
        }
        if branch.choice {
            for (kind, code) in items(branch.element, "type")
                .filter_map(|kind| text(kind, "code"))
                .enumerate()
            {
                let name = intern.name(&choice_name(branch.name, code));
                properties.push(Property {
                    name,
                    child,
                    kind: U16::new(u16::try_from(kind).unwrap_or(u16::MAX)),
                });
            }
        } else {
            properties.push(Property {
                name: intern.name(branch.name),
                child,
                kind: U16::new(0),
            });
        }
    }
    properties.sort_unstable_by_key(|property| property.name.get());
    let start = intern.tables.properties.len();
    intern.tables.properties.extend(properties);
    since(&intern.tables.properties, start)
}

/// The `value` of a primitive type is the JSON value itself and never a member.
fn is_primitive_value(branch: &Branch<'_>) -> bool {
    branch.name == "value"
        && items(branch.element, "type")
            .filter_map(|kind| text(kind, "code"))
            .any(|code| code.starts_with("http://hl7.org/fhirpath/"))
}

/// `value` and `Quantity` make `valueQuantity`.
pub(crate) fn choice_name(element: &str, type_code: &str) -> String {
    let mut name = element.to_owned();
    let mut characters = type_code.chars();
    name.extend(characters.next().map(|first| first.to_ascii_uppercase()));
    name.push_str(characters.as_str());
    name
}

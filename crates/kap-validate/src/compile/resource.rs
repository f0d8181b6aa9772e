//! Resources that others are checked against as they are: a response against its Questionnaire, a report against its
//! Measure, a SearchParameter against the one it derives from. They stay text, because few documents need them, and those that do need one of them.

use zerocopy::little_endian::U16;

use super::intern::Intern;
use super::sources::ByUrl;
use super::tree::text;
use crate::plan::flags;
use crate::plan::rows::Resource;

/// Adds the rows, ordered by URL and version.
pub(super) fn compile(intern: &mut Intern, resources: &ByUrl) {
    for resource in resources.values() {
        let kind = match text(resource, "resourceType") {
            Some("Measure") => flags::resource::MEASURE,
            Some("SearchParameter") => flags::resource::SEARCH_PARAMETER,
            _ => flags::resource::QUESTIONNAIRE,
        };
        let row = Resource {
            kind: U16::new(kind),
            url: intern.text(text(resource, "url").unwrap_or_default()),
            version: intern.text(text(resource, "version").unwrap_or_default()),
            json: intern.text(&resource.to_string()),
        };
        intern.tables.resources.push(row);
    }
}

//! `type`: what an element's value is, and what its references may point at.

use kap_fhir::Primitive;
use serde_json::Value;
use zerocopy::little_endian::{U16, U32};

use super::intern::since;
use super::tree::{Branch, items, text};
use super::{Scope, flags};
use crate::plan::rows::{Element, Range, Type};

/// Where the canonical URLs of FHIR's own types begin.
const FHIR_TYPES: &str = "http://hl7.org/fhir/StructureDefinition/";
/// R4 gives the values of primitives and ids as FHIRPath types, with the FHIR type in this extension.
pub(crate) const FHIR_TYPE_EXTENSION: &str = "http://hl7.org/fhir/StructureDefinition/structuredefinition-fhir-type";

pub(super) fn compile(scope: &mut Scope<'_, '_>, branch: &Branch<'_>, row: &mut Element) {
    if branch.element.get("isModifier") == Some(&Value::Bool(true)) {
        row.flags |= flags::element::MODIFIER;
    }
    if branch.element.get("mustSupport") == Some(&Value::Bool(true)) {
        row.flags |= flags::element::MUST_SUPPORT;
    }
    if branch.element.get("sliceIsConstraining") == Some(&Value::Bool(true)) {
        row.flags |= flags::element::CONSTRAINING;
    }
    if branch.choice {
        row.flags |= flags::element::CHOICE;
    }
    let is_resource = text(scope.structure_definition, "kind") == Some("resource");
    if branch.name == "id" && branch.parent.is_some() && !(is_resource && branch.parent == Some(0)) {
        row.flags |= flags::element::ID;
    }
    // A content reference has the type of its target.
    let holder = scope
        .tree
        .content_reference(branch)
        .map_or(branch, |target| &scope.tree.branches[target]);
    let kinds: Vec<Type> = items(holder.element, "type")
        .map(|kind| compile_type(scope, branch, kind))
        .collect();
    let start = scope.intern.tables.types.len();
    scope.intern.tables.types.extend(kinds);
    row.types = since(&scope.intern.tables.types, start);
}

fn compile_type(scope: &mut Scope<'_, '_>, branch: &Branch<'_>, kind: &Value) -> Type {
    let code = type_code(scope, branch, kind);
    let primitive = Primitive::ALL.iter().position(|primitive| primitive.name() == code);
    let canonical = if code.contains(':') {
        code.to_owned()
    } else {
        format!("{FHIR_TYPES}{code}")
    };
    let kind_number = match code {
        _ if primitive.is_some() => flags::type_kind::PRIMITIVE,
        "Resource" | "DomainResource" => flags::type_kind::RESOURCE,
        "BackboneElement" | "Element" => flags::type_kind::INLINE,
        "Extension" => flags::type_kind::EXTENSION,
        "Reference" => flags::type_kind::REFERENCE,
        "Narrative" => flags::type_kind::NARRATIVE,
        "Identifier" => flags::type_kind::IDENTIFIER,
        "Attachment" => flags::type_kind::ATTACHMENT,
        "Meta" => flags::type_kind::META,
        _ => flags::type_kind::COMPLEX,
    };
    Type {
        definition: scope.intern.link(&canonical),
        primitive: U16::new(primitive.and_then(|at| u16::try_from(at + 1).ok()).unwrap_or(0)),
        kind: U16::new(kind_number),
        aggregation: U16::new(aggregation(kind)),
        versioning: U16::new(versioning(kind)),
        profiles: links(scope, kind, "profile"),
        targets: links(scope, kind, "targetProfile"),
    }
}

/// The FHIR type of an element. R4's snapshots say `string` for the id of a resource, which is an `id`
/// (<https://hl7.org/fhir/R4/resource.html#id>).
fn type_code<'s>(scope: &Scope<'_, '_>, branch: &Branch<'_>, kind: &'s Value) -> &'s str {
    let is_resource = text(scope.structure_definition, "kind") == Some("resource");
    if is_resource && branch.name == "id" && branch.parent == Some(0) {
        return "id";
    }
    fhir_type(kind)
}

/// The FHIR type that a type of an ElementDefinition means.
pub(crate) fn fhir_type(kind: &Value) -> &str {
    let written = items(kind, "extension")
        .find(|extension| text(extension, "url") == Some(FHIR_TYPE_EXTENSION))
        .and_then(|extension| text(extension, "valueUrl").or_else(|| text(extension, "valueUri")));
    let code = written.or_else(|| text(kind, "code")).unwrap_or_default();
    code.strip_prefix(FHIR_TYPES).unwrap_or(code)
}

fn aggregation(kind: &Value) -> u16 {
    let bit = |mode: &str| match mode {
        "contained" => flags::aggregation::CONTAINED,
        "referenced" => flags::aggregation::REFERENCED,
        "bundled" => flags::aggregation::BUNDLED,
        _ => 0,
    };
    let modes = items(kind, "aggregation").filter_map(Value::as_str);
    modes.fold(0, |bits, mode| bits | bit(mode))
}

fn versioning(kind: &Value) -> u16 {
    match text(kind, "versioning") {
        Some("independent") => flags::versioning::INDEPENDENT,
        Some("specific") => flags::versioning::SPECIFIC,
        _ => flags::versioning::EITHER,
    }
}

fn links(scope: &mut Scope<'_, '_>, kind: &Value, member: &str) -> Range {
    let links: Vec<U32> = items(kind, member)
        .filter_map(Value::as_str)
        .map(|canonical| scope.intern.link(canonical))
        .collect();
    scope.intern.run(links)
}

//! An ImplementationGuide in itself (<https://hl7.org/fhir/R4/implementationguide.html>): packages are named as npm
//! names them, and a version is said once.

use kap_json::{Message, Node};

use super::extension::text;
use crate::check::walk::{Scope, Walk};
use crate::codes::special as codes;

pub(super) fn check<'c>(walk: &mut Walk<'c>, scope: Scope<'c>) {
    let dependencies = scope.resource.get("dependsOn").into_iter().flat_map(Node::items);
    for dependency in dependencies {
        self::dependency(walk, dependency);
    }
}

/// <https://hl7.org/fhir/R4/implementationguide-definitions.html#ImplementationGuide.dependsOn>
fn dependency<'c>(walk: &mut Walk<'c>, dependency: Node<'c>) {
    let version = text(dependency, "version");
    let mut report = |member, message: &'static str| {
        let place = dependency.get(member).unwrap_or(dependency);
        walk.report(&codes::GUIDE_DEPENDENCY, place, || Message::text(message), None);
    };
    if let Some((_, named)) = text(dependency, "uri").and_then(|uri| uri.split_once('|'))
        && Some(named) != version
    {
        report(
            "uri",
            "the URL names another version than `version`, which is where the version belongs",
        );
    }
    if text(dependency, "packageId").is_some_and(|id| !is_package_id(id)) {
        report(
            "packageId",
            "the id of a package is two or more names of letters, digits and hyphens with dots between them",
        );
    }
    if version.is_some_and(|version| !is_version(version)) {
        report(
            "version",
            "the version of a package is that of an npm package, such as `1.2.0`, or `current` or `dev`",
        );
    }
}

/// `name.name`, as FHIR's packages are called (<https://confluence.hl7.org/display/FHIR/NPM+Package+Specification>).
fn is_package_id(id: &str) -> bool {
    let is_name = |name: &str| {
        !name.is_empty()
            && name
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    };
    id.split('.').count() > 1 && id.split('.').all(is_name)
}

/// Semantic versions, wildcards for their last parts, and the names of what is still being built.
fn is_version(version: &str) -> bool {
    let release = version.split(['-', '+', '$']).next().unwrap_or(version);
    let parts = release.split('.');
    let is_number = |part: &str| part == "x" || (!part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
    matches!(release, "current" | "dev") || (matches!(parts.clone().count(), 2 | 3) && parts.clone().all(is_number))
}

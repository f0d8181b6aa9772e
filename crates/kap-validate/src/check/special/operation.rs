//! An OperationDefinition in itself (<https://hl7.org/fhir/R4/operationdefinition.html>): it builds on another one.

use kap_json::Message;

use super::extension::text;
use crate::check::walk::{Scope, Walk};
use crate::codes::special as codes;

pub(super) fn check<'c>(walk: &mut Walk<'c>, scope: Scope<'c>) {
    let Some(base) = text(scope.resource, "base") else {
        return;
    };
    let url = base.split('|').next();
    if let Some(place) = scope
        .resource
        .get("base")
        .filter(|_| url == text(scope.resource, "url"))
    {
        let message = || Message::text("the operation is based on itself");
        walk.report(&codes::OPERATION_CIRCULAR, place, message, None);
    }
}

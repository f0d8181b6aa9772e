//! A SearchParameter in itself (<https://hl7.org/fhir/R4/searchparameter.html>): what it selects is FHIRPath.

use super::expression::{self, Depth};
use crate::check::walk::{Scope, Walk};

pub(super) fn check<'c>(walk: &mut Walk<'c>, scope: Scope<'c>) {
    if let Some(expression) = scope.resource.get("expression") {
        expression::check(walk, expression, expression, Depth::Grammar);
    }
}

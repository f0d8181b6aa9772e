//! Rules of single resource types beyond their StructureDefinitions, for example that a QuestionnaireResponse fits its
//! Questionnaire. One file a type; which file applies is decided once a resource, other types pay nothing.

mod canonical;
mod capability_statement;
mod code_system;
pub(super) mod compare;
mod concept_map;
mod elements;
mod expression;
mod extension;
mod form;
mod guide;
mod measure;
mod measure_report;
mod membership;
mod observation;
mod operation;
mod questionnaire;
mod questionnaire_response;
mod search_parameter;
mod source;
mod structure_definition;
mod structure_map;
mod value_set;

use super::identity;
use super::walk::{Scope, Walk};
pub(crate) use source::Sources;

/// Checks a resource by the rules of its type, after its elements were checked.
pub(super) fn check<'c>(walk: &mut Walk<'c>, scope: Scope<'c>, type_name: &str) {
    identity::resource_id(walk, scope.resource);
    canonical::check(walk, scope, type_name);
    match type_name {
        "CapabilityStatement" => capability_statement::check(walk, scope),
        "CodeSystem" => code_system::check(walk, scope),
        "ConceptMap" => concept_map::check(walk, scope),
        "ImplementationGuide" => guide::check(walk, scope),
        "Measure" => measure::check(walk, scope),
        "MeasureReport" => measure_report::check(walk, scope),
        "Observation" => observation::check(walk, scope),
        "OperationDefinition" => operation::check(walk, scope),
        "Questionnaire" => questionnaire::check(walk, scope),
        "QuestionnaireResponse" => questionnaire_response::check(walk, scope),
        "SearchParameter" => search_parameter::check(walk, scope),
        "StructureDefinition" => structure_definition::check(walk, scope),
        "StructureMap" => structure_map::check(walk, scope),
        "ValueSet" => value_set::check(walk, scope),
        _ => {}
    }
}

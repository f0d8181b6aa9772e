//! Every concept of KAP that the mapping is to carry, tied to the element that carries it.
//!
//! A row names the concept and the statements that must each hold of some mapped resource of the fixtures.

use crate::resources::{all, holds};

const CARRIED: &[(&str, &str, &[&str])] = &[
    // Structure of the treatment.
    (
        "1.1.1",
        "KAP as a program",
        &[
            "EpisodeOfCare: type.coding.code = kap",
            "CarePlan: category.coding.code = kap & category.coding.code = assess-plan",
            "Medication: ingredient.itemCodeableConcept.coding.code = 6130 & ingredient.itemCodeableConcept.coding.code = 373464007",
            "Procedure: code.coding.code = 75516001",
        ],
    ),
    (
        "1.1.2",
        "psychotherapy before",
        &[
            "Encounter: type.coding.code = preparation",
            "Procedure: code.coding.code = 75516001 & encounter",
        ],
    ),
    (
        "1.1.3",
        "psychotherapy during",
        &[
            "Encounter: type.coding.code = dosing",
            "MedicationAdministration: context & dosage.dose.code = mg",
        ],
    ),
    (
        "1.1.4",
        "psychotherapy after",
        &["Encounter: type.coding.code = integration"],
    ),
    (
        "1.1.5",
        "a short course of sessions",
        &[
            "Encounter: extension[kap-phase].valueCode = induction",
            "CarePlan: category.coding.code = kap & extension[kap-phase].valueCode",
            "CarePlan: activity.detail.code.coding.code = dosing-sessions & activity.detail.scheduledTiming.repeat",
        ],
    ),
    (
        "1.1.6",
        "boosters with ongoing therapy",
        &[
            "Encounter: type.coding.code = booster & type.coding.code = dosing & extension[kap-phase].valueCode = maintenance",
            "CarePlan: activity.detail.code.coding.code = booster-sessions & extension[kap-booster-rule].extension[trigger].valueCode",
            "CarePlan: activity.detail.code.coding.code = ongoing-psychotherapy & activity.detail.scheduledTiming",
        ],
    ),
    (
        "1.1.7",
        "the medication",
        &[
            "MedicationRequest: intent = order & dosageInstruction.doseAndRate.doseQuantity.code = mg/kg & medicationReference",
            "MedicationAdministration: medicationReference & request",
        ],
    ),
    (
        "1.1.8",
        "the altered state",
        &[
            "Observation: code.coding.code = meq30-mystical & valueQuantity.code = {score}",
            "Observation: code.coding.code = cadss-23 & valueQuantity.code = {score}",
            "Observation: code.coding.code = dissociation & category.coding.code = exam",
            "QuestionnaireResponse: questionnaire = https://kap-fhir.org/fhir/Questionnaire/meq30",
        ],
    ),
    (
        "1.1.9",
        "what lasts over months",
        &[
            "Observation: extension[kap-timepoint].valueCode = plus-12-months & code.coding.code = 44261-6",
            "EpisodeOfCare: statusHistory.status",
        ],
    ),
    (
        "1.1.10",
        "realistic expectations",
        &[
            "Communication: topic.coding.code = expectation-setting",
            "Consent: scope.coding.code = treatment & provision.code.coding.code",
            "Observation: code.coding.code = expectancy",
        ],
    ),
    (
        "1.1.11",
        "the window after a dose",
        &[
            "CarePlan: activity.detail.extension[kap-integration-window].valuePeriod.start & activity.detail.scheduledPeriod",
        ],
    ),
    // Conditions treated.
    (
        "1.2.1",
        "depression that resists treatment",
        &[
            "Condition: code.coding.code = 66344007 & extension[kap-failed-trials].valueUnsignedInt",
            "Observation: code.coding.code = treatment-resistant & valueBoolean = true",
        ],
    ),
    ("1.2.2", "trauma", &["Condition: code.coding.code = 47505003"]),
    ("1.2.3", "anxiety", &["Condition: code.coding.code = 21897009"]),
    (
        "1.2.4",
        "chronic emotional distress",
        &["Condition: code.coding.code = 309838005"],
    ),
    (
        "1.2.5",
        "long-standing patterns",
        &[
            "Observation: code.coding.code = hopelessness & code.coding.code = 307077003",
            "Observation: code.coding.code = self-criticism & code.coding.code = 445179000",
            "Observation: code.coding.code = emotional-numbness",
        ],
    ),
    // Domains of outcome, each a score and a goal.
    (
        "1.3.1",
        "severity of depression",
        &[
            "Observation: code.coding.code = 44261-6 & valueQuantity.code = {score}",
            "Goal: category.coding.code = depression-severity & category.coding.code = behavioral & target.measure.coding.code = 44261-6",
        ],
    ),
    (
        "1.3.2",
        "frequency of depression",
        &[
            "QuestionnaireResponse: item.linkId = 44250-9 & item.answer.valueCoding.code",
            "Goal: category.coding.code = depression-frequency",
        ],
    ),
    (
        "1.3.3",
        "emotion regulation",
        &[
            "Observation: code.coding.code = ders16-total & extension[kap-improvement-notation].valueCode = decrease",
            "Goal: category.coding.code = emotion-regulation",
        ],
    ),
    (
        "1.3.4",
        "psychological flexibility",
        &[
            "Observation: code.coding.code = aaq2-total & extension[kap-improvement-notation].valueCode = decrease",
            "Goal: category.coding.code = psychological-flexibility",
        ],
    ),
    (
        "1.3.5",
        "trauma reactivity",
        &[
            "Observation: code.coding.code = 101698-9 & hasMember",
            "Observation: code.coding.code = pcl5-cluster-e & derivedFrom",
            "Goal: category.coding.code = trauma-reactivity",
        ],
    ),
    (
        "1.3.6",
        "meaning and connection",
        &[
            "Observation: code.coding.code = mlq-presence & extension[kap-improvement-notation].valueCode = increase",
            "Observation: code.coding.code = wcs-self",
            "Goal: category.coding.code = meaning-connection",
        ],
    ),
    (
        "1.3.7",
        "engagement in therapy",
        &[
            "Observation: code.coding.code = wai-sr-total",
            "Observation: code.coding.code = ies-total",
            "Observation: code.coding.code = attendance & valueCodeableConcept.coding.code = full",
            "Goal: category.coding.code = therapy-engagement",
        ],
    ),
    (
        "1.3.8",
        "how one relates to oneself",
        &["Observation: code.coding.code = scs-sf-mean"],
    ),
    (
        "1.3.9",
        "rigid patterns of thought",
        &["Observation: code.coding.code = rigid-thinking & valueQuantity.code = {score}"],
    ),
    (
        "1.3.10",
        "how far a goal is reached",
        &["Goal: outcomeReference & achievementStatus.coding.code = sustaining"],
    ),
    // What makes benefit last.
    (
        "1.4.1",
        "insights become daily life",
        &[
            "Observation: code.coding.code = integrate-insights & valueQuantity.code = /wk & performer",
            "CarePlan: activity.detail.kind = Task & activity.outcomeReference",
            "Task: code.coding.code = action-step & basedOn & for",
        ],
    ),
    (
        "1.4.2",
        "therapy goes on",
        &[
            "CarePlan: activity.detail.kind = Appointment & activity.detail.code.coding.code = 75516001",
            "Observation: code.coding.code = continue-therapy",
        ],
    ),
    (
        "1.4.3",
        "skills are practised",
        &["Observation: code.coding.code = practise-skills & focus"],
    ),
    (
        "1.4.4",
        "changes follow values",
        &[
            "Goal: expressedBy",
            "Task: code.coding.code = values-aligned-change",
            "Observation: code.coding.code = values-aligned-change",
        ],
    ),
    (
        "1.4.5",
        "coping strategies",
        &["Observation: code.coding.code = coping-strategy"],
    ),
    (
        "1.4.6",
        "an insight",
        &["Observation: code.coding.code = insight & valueCodeableConcept.coding.code = self & partOf"],
    ),
    // Prognostic factors.
    (
        "1.5.1",
        "condition treated",
        &[
            "Observation: code.coding.code = condition-treated & valueCodeableConcept.coding.code",
            "EpisodeOfCare: diagnosis.condition",
        ],
    ),
    (
        "1.5.2",
        "trauma history",
        &[
            "Observation: code.coding.code = trauma-history & meta.security.code = SDV",
            "Observation: code.coding.code = lec5-happened & meta.security.code = SDV & meta.security.code = VIO",
        ],
    ),
    (
        "1.5.3",
        "nervous-system sensitivity",
        &["Observation: code.coding.code = nervous-system-sensitivity"],
    ),
    (
        "1.5.4",
        "therapeutic support",
        &[
            "Observation: code.coding.code = therapeutic-support",
            "CareTeam: participant.member",
        ],
    ),
    ("1.5.5", "readiness", &["Observation: code.coding.code = readiness"]),
    (
        "1.5.6",
        "consistency of integration",
        &["Observation: code.coding.code = integration-consistency"],
    ),
    (
        "1.5.7",
        "life stress",
        &["Observation: code.coding.code = life-stress & code.coding.code = 73595000"],
    ),
    (
        "1.5.8",
        "support systems",
        &[
            "Observation: code.coding.code = support-systems & code.coding.code = 405076007",
            "RelatedPerson: relationship",
        ],
    ),
    (
        "1.5.9",
        "all eight together",
        &["List: code.coding.code = prognostic-factors & entry.item"],
    ),
    // The larger plan.
    (
        "1.6.1",
        "ongoing psychotherapy",
        &["CarePlan: activity.detail.code.coding.code = 75516001"],
    ),
    (
        "1.6.2",
        "skills",
        &[
            "CarePlan: activity.detail.code.coding.code = 228557008",
            "CarePlan: activity.detail.code.coding.code = 385722003",
            "CarePlan: activity.detail.code.coding.code = 410304007",
        ],
    ),
    (
        "1.6.3",
        "lifestyle",
        &[
            "CarePlan: activity.detail.code.coding.code = 439035007",
            "CarePlan: activity.detail.code.coding.code = 304507003",
            "CarePlan: activity.detail.code.coding.code = 313204009",
            "CarePlan: activity.detail.code.coding.code = 61310001",
        ],
    ),
    (
        "1.6.4",
        "pacing",
        &[
            "CarePlan: activity.detail.code.coding.code = trauma-informed-pacing & activity.detail.extension[kap-pacing].extension[minimum-days-between-doses].valueUnsignedInt & activity.detail.extension[kap-pacing].extension[dose-step-cap].valueQuantity.code = %",
        ],
    ),
    (
        "1.6.5",
        "KAP as a catalyst within the larger plan",
        &[
            "CarePlan: category.coding.code = treatment & activity.detail.code.coding.code = kap-as-catalyst",
            "CarePlan: category.coding.code = kap & partOf",
            "CarePlan: category.coding.code = integration & partOf",
        ],
    ),
    // Growth.
    (
        "1.7.1",
        "connection",
        &[
            "Observation: code.coding.code = wcs-self",
            "Observation: code.coding.code = wcs-others",
            "Observation: code.coding.code = wcs-world",
        ],
    ),
    (
        "1.7.2",
        "self-compassion",
        &[
            "Observation: code.coding.code = scs-sf-mean",
            "Observation: code.coding.code = self-compassion",
        ],
    ),
    (
        "1.7.3",
        "less fear of emotions",
        &[
            "Observation: code.coding.code = less-fear-of-emotions",
            "Observation: code.coding.code = ders16-non-acceptance",
        ],
    ),
    (
        "1.7.4",
        "relationships",
        &["Observation: code.coding.code = relationships & code.coding.code = 225706007"],
    ),
    (
        "1.7.5",
        "curiosity",
        &["Observation: code.coding.code = curiosity-over-avoidance"],
    ),
    (
        "1.7.6",
        "hope",
        &["Observation: code.coding.code = hope & valueQuantity.code = {score}"],
    ),
    (
        "1.7.7",
        "a coherent story",
        &[
            "Observation: code.coding.code = narrative-coherence",
            "Observation: code.coding.code = eis-total",
        ],
    ),
    // Roles of integration.
    (
        "1.8.1",
        "making meaning",
        &["Procedure: code.coding.code = meaning-making & code.coding.code = 75516001"],
    ),
    (
        "1.8.2",
        "linking patterns",
        &[
            "Procedure: code.coding.code = pattern-linking",
            "Observation: code.coding.code = pattern-link & focus & partOf & valueCodeableConcept.coding.code",
            "Goal: addresses",
        ],
    ),
    (
        "1.8.3",
        "processing emotions",
        &[
            "Procedure: code.coding.code = emotional-processing",
            "Observation: code.coding.code = distress-before & valueQuantity.code = {score} & partOf",
            "Observation: code.coding.code = distress-after & valueQuantity.code = {score}",
            "Observation: code.coding.code = 93374-7 & partOf",
        ],
    ),
    (
        "1.8.4",
        "steps of action",
        &[
            "Procedure: code.coding.code = action-steps",
            "Task: reasonReference & code",
        ],
    ),
];

/// Parts of rows that other work will carry: plans as definitions, measures over time, values reckoned from a record.
/// A statement that comes to hold has to move up.
const OPEN: &[(&str, &str, &str)] = &[
    ("1.1.1", "PlanDefinition", "PlanDefinition: status"),
    ("1.1.5", "PlanDefinition", "RequestGroup: status"),
    ("1.1.9", "MeasureReport", "MeasureReport: status"),
    ("1.3.2", "derived", "Observation: code.coding.code = phq9-days-band"),
    ("1.3.7", "derived", "Observation: code.coding.code = attendance-ratio"),
    (
        "1.4.6",
        "derived",
        "Observation: code.coding.code = insight-unsupported",
    ),
    ("1.4.6", "derived", "DetectedIssue: status"),
    (
        "1.4.7",
        "derived",
        "Observation: code.coding.code = experience-unresolved",
    ),
    (
        "1.5.6",
        "derived",
        "Observation: code.coding.code = integration-adherence",
    ),
];

#[test]
fn every_concept_is_carried() {
    let resources = all();
    let missing: Vec<String> = CARRIED
        .iter()
        .flat_map(|(row, concept, statements)| statements.iter().map(move |statement| (row, concept, statement)))
        .filter(|(_, _, statement)| !resources.iter().any(|resource| holds(statement, resource)))
        .map(|(row, concept, statement)| format!("{row} {concept}: {statement}"))
        .collect();
    assert!(missing.is_empty(), "nothing carries {missing:#?}");
}

#[test]
fn what_is_open_is_still_open() {
    let resources = all();
    for (row, carrier, statement) in OPEN {
        assert!(
            !resources.iter().any(|resource| holds(statement, resource)),
            "{row}: {carrier} is no longer open, `{statement}` holds"
        );
    }
}

#[test]
fn every_row_is_there_once() {
    let sections = [
        ("1.1", 11),
        ("1.2", 5),
        ("1.3", 10),
        ("1.4", 7),
        ("1.5", 9),
        ("1.6", 5),
        ("1.7", 7),
        ("1.8", 4),
    ];
    for (section, rows) in sections {
        for row in (1..=rows).map(|number| format!("{section}.{number}")) {
            let carried = CARRIED.iter().filter(|(id, _, _)| *id == row).count();
            let open = OPEN.iter().any(|(id, _, _)| *id == row);
            assert!(carried == 1 || carried == 0 && open, "{row} occurs {carried} times");
        }
    }
}

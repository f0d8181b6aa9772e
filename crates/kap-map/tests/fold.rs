//! What an EHR does not take as a resource is told elsewhere, whole, and with its labels.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use kap_map::{Content, Fold, Folded, Form, Ladder, fold};
use serde_json::Value;

use crate::records::{Fixture, fixture, fixtures, mapped};

/// An EHR that takes nothing but notes.
fn notes_only(content: &Content<'_>) -> Option<Form> {
    let resource_type = content.resource_type;
    first_of(resource_type, &[Form::Existing, Form::Note, Form::Words])
}

/// An EHR that takes nothing but questionnaires.
fn answers_only(content: &Content<'_>) -> Option<Form> {
    let resource_type = content.resource_type;
    match resource_type {
        "QuestionnaireResponse" => Some(Form::Resource),
        _ => first_of(resource_type, &[Form::QuestionnaireResponse, Form::Words]),
    }
}

/// An EHR that takes all but doses, procedures and tasks, and tells of the former in notes.
fn without_doses(content: &Content<'_>) -> Option<Form> {
    let resource_type = content.resource_type;
    match resource_type {
        "MedicationAdministration" | "Procedure" => Some(Form::Note),
        "Task" => None,
        _ => Some(Form::Resource),
    }
}

fn first_of(resource_type: &str, forms: &[Form]) -> Option<Form> {
    if resource_type == "DocumentReference" {
        return forms.contains(&Form::Note).then_some(Form::Resource);
    }
    let ladder = Ladder::of(resource_type).expect("every type has its ladder");
    ladder.forms.iter().copied().find(|form| forms.contains(form))
}

type Forms = fn(&Content<'_>) -> Option<Form>;

const EHRS: &[Forms] = &[notes_only, answers_only, without_doses];

/// A fixture's bundle, folded.
struct Case {
    name: String,
    mapped: HashMap<String, Value>,
    folded: Folded,
    resources: HashMap<String, Value>,
}

fn case(fixture: &Fixture, forms: Forms) -> Case {
    let bundle = mapped(&fixture.record()).bundle;
    let folded = fold(&bundle, &forms).expect("a mapped bundle");
    Case {
        name: fixture.name.clone(),
        mapped: by_key(&bundle),
        resources: by_key(&folded.bundle),
        folded,
    }
}

static CASES: LazyLock<Vec<Case>> = LazyLock::new(|| {
    let fixtures = fixtures();
    let of_all = |forms: &Forms| fixtures.iter().map(|fixture| case(fixture, *forms)).collect::<Vec<_>>();
    EHRS.iter().flat_map(of_all).collect()
});

fn by_key(bundle: &[u8]) -> HashMap<String, Value> {
    let bundle: Value = serde_json::from_slice(bundle).expect("JSON");
    let entries = bundle["entry"].as_array().cloned().unwrap_or_default();
    let pair = |entry: &Value| {
        let key = entry["fullUrl"].as_str()?.strip_prefix("urn:uuid:")?;
        Some((key.to_owned(), entry["resource"].clone()))
    };
    entries.iter().filter_map(pair).collect()
}

/// What a document says: the text of a note, the answers of a response.
fn said(document: &Value) -> String {
    match document["content"][0]["attachment"]["data"].as_str() {
        Some(data) => String::from_utf8(STANDARD.decode(data).expect("base64")).expect("UTF-8"),
        None => document["item"].to_string(),
    }
}

fn carried(case: &Case) -> impl Iterator<Item = (&Fold, &Value, &Value)> {
    case.folded.folds.iter().filter_map(|fold| {
        let carrier = &case.resources[fold.carried_by.as_ref()?];
        Some((fold, &case.mapped[&fold.key], carrier))
    })
}

#[test]
fn a_folded_dose_names_drug_dose_basis_route_and_time() {
    let case = &case(&fixture("every-field"), notes_only);
    let doses: Vec<_> = carried(case)
        .filter(|(fold, ..)| fold.resource_type == "MedicationAdministration")
        .collect();
    let mut routes = 0;
    for (_, dose, note) in doses {
        let said = said(note);
        let product = &case.mapped[urn(&dose["medicationReference"])]["code"]["coding"][0];
        let product = product["display"]
            .as_str()
            .or(product["code"].as_str())
            .expect("a product");
        let basis = &dose["dosage"]["dose"]["extension"][0]["valueCode"];
        let time = dose["effectiveDateTime"]
            .as_str()
            .or(dose["effectivePeriod"]["start"].as_str());
        let route = &dose["dosage"]["route"]["coding"][0];
        let route = route["display"].as_str().or(route["code"].as_str());
        routes += usize::from(route.is_some());
        let quantity = &dose["dosage"]["dose"];
        let amount = format!("{} {}", quantity["value"], quantity["unit"].as_str().expect("a unit"));
        for part in [
            product,
            &amount,
            basis.as_str().expect("a basis"),
            route.unwrap_or_default(),
            time.expect("a time"),
        ] {
            assert!(said.contains(part), "the note does not say `{part}`:\n{said}");
        }
    }
    assert!(routes > 1);
}

fn urn(reference: &Value) -> &str {
    let urn = reference["reference"].as_str().expect("a reference");
    urn.strip_prefix("urn:uuid:").expect("a reference into the bundle")
}

#[test]
fn everything_that_was_carried_is_said() {
    for case in CASES.iter() {
        for (fold, resource, carrier) in carried(case) {
            let said = said(carrier);
            let mut leaves = Vec::new();
            facts(resource, &mut leaves);
            for leaf in leaves {
                assert!(
                    said.contains(&leaf),
                    "{}: {} `{leaf}`:\n{said}",
                    case.name,
                    fold.resource_type
                );
            }
        }
    }
}

/// Numbers, times and displays of codes: what a resource says besides its structure.
fn facts(value: &Value, leaves: &mut Vec<String>) {
    let Value::Object(members) = value else {
        return;
    };
    for (name, member) in members {
        match (name.as_str(), member) {
            ("meta" | "text" | "identifier" | "target", _) => {}
            (_, Value::Number(number)) => leaves.push(number.to_string()),
            (name, Value::String(text))
                if ["display", "start", "end", "lotNumber"].contains(&name)
                    || ["DateTime", "Instant", "authoredOn", "date"]
                        .iter()
                        .any(|end| name.ends_with(end)) =>
            {
                leaves.push(text.clone());
            }
            (_, Value::Array(items)) => items.iter().for_each(|item| facts(item, leaves)),
            _ => facts(member, leaves),
        }
    }
}

#[test]
fn what_is_folded_is_in_one_document_or_said_to_stay() {
    for case in CASES.iter() {
        for fold in &case.folded.folds {
            assert!(!case.resources.contains_key(&fold.key), "{}", case.name);
            let has_document = matches!(fold.form, Some(Form::Note | Form::QuestionnaireResponse));
            assert_eq!(
                fold.carried_by.is_some(),
                has_document,
                "{} {}",
                case.name,
                fold.resource_type
            );
        }
        let left = case.folded.left.as_deref().map(by_key).unwrap_or_default();
        let stays = case.folded.folds.iter().filter(|fold| fold.form.is_none());
        let stays: BTreeSet<&String> = stays.map(|fold| &fold.key).collect();
        assert_eq!(left.keys().collect::<BTreeSet<_>>(), stays);
        for (key, resource) in left {
            assert_eq!(resource, case.mapped[&key]);
        }
        let documents: BTreeSet<&String> = case
            .folded
            .folds
            .iter()
            .filter_map(|fold| fold.carried_by.as_ref())
            .collect();
        let folded = case.folded.folds.len();
        assert_eq!(
            case.resources.len(),
            case.mapped.len() - folded + documents.len(),
            "{}",
            case.name
        );
    }
}

#[test]
fn a_document_has_the_labels_of_all_that_it_carries() {
    for case in CASES.iter() {
        for (_, resource, carrier) in carried(case) {
            assert_eq!(
                resource["meta"]["security"], carrier["meta"]["security"],
                "{}",
                case.name
            );
        }
    }
}

#[test]
fn every_reference_leads_to_an_entry_or_needs_none() {
    for case in CASES.iter() {
        for resource in case.resources.values() {
            references(resource, &mut |reference| {
                if let Some(key) = reference["reference"]
                    .as_str()
                    .and_then(|text| text.strip_prefix("urn:uuid:"))
                {
                    assert!(case.resources.contains_key(key), "{}: {resource}", case.name);
                }
            });
        }
    }
}

fn references(value: &Value, see: &mut impl FnMut(&Value)) {
    if value["reference"].is_string() || value["type"].is_string() && value["identifier"].is_object() {
        see(value);
    }
    match value {
        Value::Object(members) => members.values().for_each(|member| references(member, see)),
        Value::Array(items) => items.iter().for_each(|item| references(item, see)),
        _ => {}
    }
}

#[test]
fn a_reference_says_no_more_than_its_reader_may_know() {
    for case in CASES.iter() {
        for resource in case.resources.values() {
            let codes = codes(resource);
            references(resource, &mut |reference| {
                let Some(target) = reference["identifier"]["value"]
                    .as_str()
                    .and_then(|key| case.mapped.get(key))
                else {
                    return;
                };
                let words = reference["display"].as_str().unwrap_or_default();
                if !self::codes(target).is_subset(&codes) {
                    assert!(!words.contains(';'), "{}: `{words}`", case.name);
                }
            });
        }
    }
}

/// The codes of a resource's labels, but for how confidential it is.
fn codes(resource: &Value) -> BTreeSet<String> {
    let labels = resource["meta"]["security"].as_array().into_iter().flatten();
    let codes = labels.filter_map(|label| label["code"].as_str());
    codes.filter(|code| code.len() > 1).map(str::to_owned).collect()
}

#[test]
fn what_is_taken_as_it_is_stays_as_it_is() {
    for fixture in fixtures() {
        let bundle = mapped(&fixture.record()).bundle;
        let folded = fold(&bundle, &|_| Some(Form::Resource)).expect("a mapped bundle");
        assert_eq!(folded.bundle, bundle);
        assert_eq!((folded.folds, folded.left), (Vec::new(), None));
    }
}

#[test]
fn who_is_treated_is_not_told_where_nothing_of_the_treatment_is() {
    let is_person = |name: &str| ["Patient", "Practitioner", "Organization", "Location"].contains(&name);
    let bundle = mapped(&fixture("every-field").record()).bundle;
    let folded = fold(&bundle, &|content| {
        is_person(content.resource_type).then_some(Form::Existing)
    });
    let folded = folded.expect("a mapped bundle");
    assert!(by_key(&folded.bundle).is_empty());
    assert_eq!(by_key(&folded.left.expect("all of it")).len(), by_key(&bundle).len());
}

#[test]
fn folding_twice_gives_the_same_bytes() {
    let bundle = mapped(&fixture("every-field").record()).bundle;
    for forms in EHRS {
        let folded = || fold(&bundle, forms).expect("a mapped bundle");
        assert_eq!((folded().bundle, folded().left), (folded().bundle, folded().left));
    }
}

#[test]
fn what_is_no_mapped_bundle_is_refused() {
    for odd in [
        "",
        "[]",
        r#"{"resourceType":"Bundle","type":"batch"}"#,
        r#"{"resourceType":"Bundle","type":"transaction","entry":{}}"#,
        r#"{"resourceType":"Bundle","type":"transaction","entry":[{"resource":{"resourceType":"Goal"}}]}"#,
        r#"{"resourceType":"Bundle","type":"transaction","entry":[{"fullUrl":"urn:uuid:1"}]}"#,
        r#"{"resourceType":"Bundle","type":"transaction","entry":[{"fullUrl":"urn:uuid:1","resource":7}]}"#,
    ] {
        assert!(fold(odd.as_bytes(), &|_| None).is_err(), "{odd}");
    }
}

#[test]
fn the_documents_of_a_course_read_well() {
    for (name, forms) in [("six-iv-infusions", notes_only as Forms), ("every-field", answers_only)] {
        let case = &case(&fixture(name), forms);
        let mut documents = BTreeSet::new();
        for (_, _, carrier) in carried(case) {
            documents.insert(if carrier["item"].is_array() {
                format!("{:#}", carrier["item"])
            } else {
                said(carrier)
            });
        }
        let documents: Vec<String> = documents.into_iter().take(2).collect();
        insta::assert_snapshot!(format!("{name}.documents"), documents.join("\n=====\n"));
    }
}

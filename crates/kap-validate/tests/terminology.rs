//! Value sets: which codes are in, which are out, and when it cannot be told.

use std::sync::Arc;

use kap_fhir::{Membership, Question, Terminology};
use kap_validate::{Options, Plan, PlanSet, Report, check_bytes, compile};
use serde_json::{Value, json};

const URL: &str = "http://example.org/fhir/ValueSet/under-test";
const ANIMALS: &str = "http://example.org/fhir/CodeSystem/animals";

/// Definitions around a value set: a code system with a hierarchy, and a profile whose `code` is bound to the set.
fn definitions(compose: &Value) -> Vec<Value> {
    let binding = json!({"strength": "required", "valueSet": URL});
    vec![
        json!({"resourceType": "ValueSet", "url": URL, "compose": compose}),
        json!({"resourceType": "ValueSet", "url": "http://example.org/fhir/ValueSet/cats",
            "compose": {"include": [{"system": ANIMALS, "concept": [{"code": "cat"}, {"code": "lion"}]}]}}),
        json!({"resourceType": "CodeSystem", "url": ANIMALS, "content": "complete", "caseSensitive": true, "concept": [
            {"code": "mammal", "concept": [{"code": "cat", "display": "A cat", "property": [{"code": "legs", "valueInteger": 4}],
                "concept": [{"code": "lion"}]}, {"code": "dog"}]},
            {"code": "bird", "property": [{"code": "legs", "valueInteger": 2}]},
            {"code": "bat", "property": [{"code": "subsumedBy", "valueCode": "mammal"}]}]}),
        json!({"resourceType": "StructureDefinition", "url": "http://example.org/fhir/StructureDefinition/animal",
            "kind": "resource", "type": "Basic", "derivation": "constraint", "snapshot": {"element": [
                {"id": "Basic", "path": "Basic", "min": 0, "max": "*"},
                {"id": "Basic.code", "path": "Basic.code", "min": 1, "max": "1", "type": [{"code": "CodeableConcept"}],
                    "binding": binding}]}}),
    ]
}

fn report(compose: &Value, system: &str, code: &str, options: &Options) -> Report {
    let concept = json!({"coding": [{"system": system, "code": code}]});
    report_with(definitions(compose), &concept, options)
}

fn report_on(definitions: Vec<Value>, concept: &Value) -> Report {
    report_with(definitions, concept, &Options::default())
}

/// The findings on a CodeableConcept that is bound to the value set under test.
fn report_with(definitions: Vec<Value>, concept: &Value, options: &Options) -> Report {
    let bytes = compile("org.example.animals", "1.0.0", definitions).expect("small enough");
    let plan = Plan::from_bytes(bytes).expect("just compiled");
    let plans = PlanSet::new(&[Plan::r4(), &plan]);
    let resource = json!({"resourceType": "Basic", "meta": {"profile": ["http://example.org/fhir/StructureDefinition/animal"]},
        "code": concept});
    check_bytes(&plans, resource.to_string().as_bytes(), options)
}

/// Why questions about codes stayed open.
fn reasons(report: &Report) -> Vec<&str> {
    let about_codes = |what: &str| what.starts_with("value set ") || what.starts_with("codes of ");
    let open = report.undecided.iter().filter(|one| about_codes(&one.what));
    open.map(|one| one.reason.as_str()).collect()
}

/// `in`, `out`, or the reason why it cannot be told.
fn answer(compose: &Value, system: &str, code: &str) -> String {
    let report = report(compose, system, code, &Options::default());
    if report
        .issues
        .iter()
        .any(|issue| issue.code == "binding-code-not-in-value-set")
    {
        return "out".to_owned();
    }
    assert!(report.issues.is_empty(), "{:?}", report.issues);
    let open = report.undecided.into_iter().find(|one| one.what.contains(URL));
    open.map_or_else(|| "in".to_owned(), |one| one.reason)
}

fn check(compose: &Value, inside: &[&str], outside: &[&str]) {
    for code in inside {
        assert_eq!(answer(compose, ANIMALS, code), "in", "{code}");
    }
    for code in outside {
        assert_eq!(answer(compose, ANIMALS, code), "out", "{code}");
    }
}

#[test]
fn codes_listed_and_whole_systems() {
    let listed = json!({"include": [{"system": ANIMALS, "concept": [{"code": "cat"}]}]});
    check(&listed, &["cat"], &["dog", "CAT", ""]);
    check(
        &json!({"include": [{"system": ANIMALS}]}),
        &["mammal", "lion", "bat"],
        &["fish"],
    );
    assert_eq!(answer(&listed, "http://example.org/other", "cat"), "out");
}

#[test]
fn unions_intersections_and_exclusions() {
    let cats = "http://example.org/fhir/ValueSet/cats";
    check(
        &json!({"include": [{"valueSet": [cats]}, {"system": ANIMALS, "concept": [{"code": "bird"}]}]}),
        &["lion", "bird"],
        &["dog"],
    );
    let both =
        json!({"include": [{"system": ANIMALS, "concept": [{"code": "cat"}, {"code": "dog"}], "valueSet": [cats]}]});
    check(&both, &["cat"], &["dog", "lion"]);
    let without = json!({"include": [{"system": ANIMALS}], "exclude": [{"valueSet": [cats]}]});
    check(&without, &["mammal", "dog"], &["cat", "lion"]);
}

#[test]
fn hierarchies_by_nesting_and_by_property() {
    let filtered = |operator: &str| json!({"include": [{"system": ANIMALS, "filter": [{"property": "concept", "op": operator, "value": "mammal"}]}]});
    check(&filtered("is-a"), &["mammal", "cat", "lion", "dog", "bat"], &["bird"]);
    check(&filtered("descendent-of"), &["cat", "lion", "bat"], &["mammal", "bird"]);
}

#[test]
fn grammars() {
    let languages = json!({"include": [{"system": "urn:ietf:bcp:47"}]});
    assert_eq!(answer(&languages, "urn:ietf:bcp:47", "de-CH"), "in");
    assert_eq!(answer(&languages, "urn:ietf:bcp:47", "de_CH"), "out");
}

#[test]
fn what_cannot_be_told_says_why() {
    let unknown = json!({"include": [{"system": "http://example.org/unknown"}]});
    let reason = answer(&unknown, "http://example.org/unknown", "x");
    assert_eq!(reason, "code system `http://example.org/unknown` is not loaded");
    let filter = json!([{"property": "colour", "op": "=", "value": "red"}]);
    let filtered = json!({"include": [{"system": ANIMALS, "filter": filter}]});
    assert_eq!(
        answer(&filtered, ANIMALS, "cat"),
        "filter `=` on `colour` cannot be worked out"
    );
    let missing = json!({"include": [{"valueSet": ["http://example.org/fhir/ValueSet/nowhere"]}]});
    assert_eq!(
        answer(&missing, ANIMALS, "cat"),
        "value set `http://example.org/fhir/ValueSet/nowhere` is not loaded"
    );
}

/// A service that knows one code.
struct OneCode;

impl Terminology for OneCode {
    fn validate_code(&self, question: &Question<'_>) -> Membership {
        assert_eq!(question.system, Some("http://example.org/unknown"));
        // Both codes exist, but only one of them is in the value set.
        if question.value_set.is_none() || question.code == "known" {
            Membership::Member
        } else {
            Membership::NotMember
        }
    }
}

#[test]
fn a_terminology_service_is_asked_only_about_what_stayed_open() {
    let options = Options {
        terminology: Some(Arc::new(OneCode)),
        ..Options::default()
    };
    let unknown = json!({"include": [{"system": "http://example.org/unknown"}]});
    assert_eq!(
        report(&unknown, "http://example.org/unknown", "known", &options).errors,
        0
    );
    assert_eq!(
        report(&unknown, "http://example.org/unknown", "wrong", &options).errors,
        1
    );
    let listed = json!({"include": [{"system": ANIMALS, "concept": [{"code": "cat"}]}]});
    assert_eq!(report(&listed, ANIMALS, "dog", &options).errors, 1);
}

#[test]
fn r4_has_the_labels_of_the_current_terminology() {
    let plans = PlanSet::new(&[Plan::r4()]);
    let found_all = |system: &str, code: &str| {
        let resource = json!({"resourceType": "Basic", "code": {"text": "x"},
            "meta": {"security": [{"system": format!("http://terminology.hl7.org/CodeSystem/{system}"), "code": code}]}});
        let report = check_bytes(&plans, resource.to_string().as_bytes(), &Options::default());
        report.issues.iter().map(|issue| issue.code).collect::<Vec<_>>()
    };
    let found = |system: &str, code: &str| found_all(system, code).first().copied();
    assert_eq!(found("v3-Confidentiality", "R"), None);
    assert_eq!(found("v3-ActCode", "PREGNANT"), None);
    // R4's value set of labels does not know it yet, but is extensible.
    assert_eq!(
        found("v3-ActCode", "42CFRPart2CD"),
        Some("binding-code-not-in-extensible")
    );
    assert!(found_all("v3-ActCode", "NO-SUCH-LABEL").contains(&"binding-code-unknown"));
}

#[test]
fn filters_on_properties_displays_and_codes() {
    let filtered = |property: &str, operator: &str, value: &str| json!({"include": [{"system": ANIMALS, "filter": [{"property": property, "op": operator, "value": value}]}]});
    check(
        &filtered("concept", "is-not-a", "cat"),
        &["dog", "mammal", "bird"],
        &["cat", "lion"],
    );
    check(
        &filtered("concept", "generalizes", "lion"),
        &["lion", "cat", "mammal"],
        &["dog", "bird"],
    );
    check(&filtered("code", "regex", "b.*"), &["bird", "bat"], &["cat"]);
    check(&filtered("concept", "in", "cat,dog"), &["cat", "dog"], &["lion"]);
    check(&filtered("concept", "not-in", "cat,dog"), &["lion"], &["cat", "dog"]);
    check(
        &filtered("parent", "=", "mammal"),
        &["cat", "dog", "bat"],
        &["lion", "mammal"],
    );
    check(
        &filtered("parent", "exists", "false"),
        &["mammal", "bird"],
        &["cat", "bat"],
    );
    check(
        &filtered("child", "exists", "true"),
        &["mammal", "cat"],
        &["lion", "bird"],
    );
    check(&filtered("display", "=", "A cat"), &["cat"], &["dog"]);
    check(&filtered("legs", "=", "2"), &["bird"], &["cat"]);
    check(&filtered("legs", "exists", "true"), &["bird", "cat"], &["dog"]);
    assert_eq!(
        answer(&filtered("code", "regex", "(["), ANIMALS, "cat"),
        "filter `regex` on `code` cannot be worked out"
    );
}

/// Value sets that include each other over and over cost a bounded number of steps and end in one clear reason.
#[test]
fn a_billion_laughs() {
    let url = |level: usize| format!("http://example.org/fhir/ValueSet/laugh-{level}");
    let mut all: Vec<Value> = (0..40)
        .map(|level| {
            let more: Vec<Value> = (0..10).map(|_| json!({"valueSet": [url(level + 1)]})).collect();
            json!({"resourceType": "ValueSet", "url": url(level), "compose": {"include": more}})
        })
        .collect();
    all.extend(definitions(&json!({"include": [{"valueSet": [url(0)]}]})));
    let report = report_on(all, &json!({"coding": [{"system": ANIMALS, "code": "cat"}]}));
    assert_eq!(report.errors, 0);
    assert!(reasons(&report)[0].contains("includes others too often or too deeply"));
}

#[test]
fn codes_in_any_case_where_the_code_system_does_not_care() {
    let insensitive = json!({"resourceType": "CodeSystem", "url": "http://example.org/fhir/CodeSystem/loud",
        "content": "complete", "caseSensitive": false, "concept": [{"code": "Shout"}]});
    let mut all = definitions(&json!({"include": [{"system": "http://example.org/fhir/CodeSystem/loud"}]}));
    all.push(insensitive);
    let concept = |code: &str| json!({"coding": [{"system": "http://example.org/fhir/CodeSystem/loud", "code": code}]});
    assert_eq!(report_on(all.clone(), &concept("SHOUT")).errors, 0);
    assert_eq!(report_on(all, &concept("WHISPER")).errors, 2);
}

#[test]
fn fragments_supplements_and_expansions() {
    let fragment = "http://example.org/fhir/CodeSystem/fragment";
    let mut all = definitions(&json!({"include": [{"system": fragment}]}));
    all.push(
        json!({"resourceType": "CodeSystem", "url": fragment, "content": "fragment", "caseSensitive": true,
        "concept": [{"code": "known", "display": "Known"}]}),
    );
    all.push(
        json!({"resourceType": "CodeSystem", "url": "http://example.org/fhir/CodeSystem/more", "content": "supplement",
        "supplements": fragment, "concept": [{"code": "known", "display": "Well known",
        "designation": [{"language": "de", "value": "Bekannt"}]}]}),
    );
    let concept =
        |code: &str, display: &str| json!({"coding": [{"system": fragment, "code": code, "display": display}]});
    for display in ["Known", "well  KNOWN", "bekannt"] {
        let report = report_on(all.clone(), &concept("known", display));
        assert!(report.issues.is_empty() && reasons(&report).is_empty(), "{report:?}");
    }
    let report = report_on(all.clone(), &concept("known", "Unknown"));
    assert_eq!(report.issues[0].code, "binding-display-wrong");
    let report = report_on(all, &concept("other", ""));
    assert_eq!(
        reasons(&report)[0],
        format!("only a part of code system `{fragment}` is loaded")
    );
}

#[test]
fn an_expansion_answers_where_the_definition_cannot() {
    let elsewhere = "http://example.org/elsewhere";
    let expanded = |total: u64| {
        let mut all = definitions(&json!({"include": [{"system": elsewhere}]}));
        all[0]["expansion"] = json!({"total": total, "contains": [{"system": elsewhere, "code": "listed"}]});
        all
    };
    let concept = |code: &str| json!({"coding": [{"system": elsewhere, "code": code}]});
    assert_eq!(report_on(expanded(1), &concept("listed")).errors, 0);
    assert_eq!(report_on(expanded(1), &concept("other")).errors, 1);
    let cut = report_on(expanded(2), &concept("other"));
    assert_eq!(cut.errors, 0);
    assert!(reasons(&cut)[0].contains("cut short"));
}

#[test]
fn one_coding_in_the_value_set_suffices() {
    let listed = json!({"include": [{"system": ANIMALS, "concept": [{"code": "cat"}]}]});
    let codings = |codes: &[(&str, &str)]| {
        let codings: Vec<Value> = codes
            .iter()
            .map(|(system, code)| json!({"system": system, "code": code}))
            .collect();
        json!({ "coding": codings })
    };
    let elsewhere = ("http://example.org/elsewhere", "x");
    let with = report_on(definitions(&listed), &codings(&[elsewhere, (ANIMALS, "cat")]));
    assert_eq!(with.errors, 0);
    let without = report_on(definitions(&listed), &codings(&[elsewhere, (ANIMALS, "dog")]));
    assert_eq!(without.errors, 1);
    let open = json!({"include": [{"system": "http://example.org/elsewhere"}]});
    let open = report_on(definitions(&open), &codings(&[(ANIMALS, "dog"), elsewhere]));
    assert_eq!((open.errors, reasons(&open).len()), (0, 1));
}

/// Versions of code systems: the one that a value set or a code names counts.
#[test]
fn versions_of_code_systems() {
    let system = "http://example.org/fhir/CodeSystem/growing";
    let version = |version: &str, codes: &[&str]| {
        let concepts: Vec<Value> = codes.iter().map(|code| json!({ "code": code })).collect();
        json!({"resourceType": "CodeSystem", "url": system, "version": version, "content": "complete", "caseSensitive": true, "concept": concepts})
    };
    let with_versions = |compose: &Value| {
        let mut all = definitions(compose);
        all.extend([version("1.0.0", &["old"]), version("2.0.0", &["old", "new"])]);
        all
    };
    let pinned = json!({"include": [{"system": system, "version": "1.0.0"}]});
    let any = json!({"include": [{"system": system}]});
    let concept =
        |code: &str, version: Option<&str>| json!({"coding": [{"system": system, "version": version, "code": code}]});
    let errors = |compose: &Value, code: &str, version: Option<&str>| {
        let mut concept = concept(code, version);
        if version.is_none() {
            concept["coding"][0]
                .as_object_mut()
                .expect("an object")
                .remove("version");
        }
        report_on(with_versions(compose), &concept).errors
    };
    assert_eq!(errors(&any, "new", None), 0);
    assert_eq!(errors(&pinned, "old", None), 0);
    assert_eq!(errors(&pinned, "new", None), 1);
    assert_eq!(errors(&pinned, "old", Some("2.0.0")), 1);
    // The code does not exist in the version that it names.
    assert_eq!(errors(&any, "new", Some("1.0.0")), 2);
}

/// How many of R4's own value sets decide every code: what is open needs a code system that no package holds.
#[test]
fn what_r4_binds_is_decidable() {
    let plans = PlanSet::new(&[Plan::r4()]);
    let required = plans.bound_value_sets("required");
    let open: Vec<&String> = required
        .iter()
        .filter(|(_, reason)| reason.is_some())
        .map(|(url, _)| url)
        .collect();
    assert!(
        required.len() - open.len() >= 220,
        "{} of {}: {open:#?}",
        open.len(),
        required.len()
    );
}

/// The same for US Core, where its package is at hand.
#[test]
fn what_us_core_binds_is_decidable() {
    let Some(folder) = std::env::var_os("KAP_PACKAGES_DIR").map(std::path::PathBuf::from) else {
        return;
    };
    let read = |name: &str| {
        let file = std::fs::File::open(folder.join(name)).expect("the package is there");
        let package =
            kap_fhir::Package::from_tgz(name, file, &kap_fhir::package::Limits::default()).expect("a package");
        Plan::from_bytes(kap_validate::compile_package(&package).expect("it compiles")).expect("just compiled")
    };
    let us_core = read("hl7.fhir.us.core-6.1.0.tgz");
    let plans = PlanSet::new(&[Plan::r4(), &us_core]);
    for (strength, least) in [("required", 62), ("extensible", 25)] {
        let bound = plans.bound_value_sets(strength);
        let open: Vec<_> = bound.iter().filter(|(_, reason)| reason.is_some()).collect();
        assert!(
            bound.len() - open.len() >= least,
            "{} of {}: {open:#?}",
            open.len(),
            bound.len()
        );
    }
}

/// The codes that a display gives, for a resource in `language` and readers of `lang`.
fn display_codes(display: &str, language: Option<&str>, lang: Option<&str>) -> Vec<&'static str> {
    let rooms = "http://example.org/fhir/CodeSystem/rooms";
    let definitions = vec![
        json!({"resourceType": "CodeSystem", "language": "en", "url": rooms, "content": "complete", "concept": [
            {"code": "quiet", "display": "Quiet room", "designation": [{"language": "de", "value": "Ruheraum"},
                {"language": "fr-CH", "value": "Salle de repos"}, {"value": "QR"}]}]}),
        json!({"resourceType": "CodeSystem", "url": "http://example.org/fhir/CodeSystem/rooms-it", "content": "supplement",
            "supplements": rooms, "concept": [{"code": "quiet", "designation": [{"language": "it", "value": "Sala relax"}]}]}),
    ];
    let bytes = compile("org.example.rooms", "1.0.0", definitions).expect("small enough");
    let plan = Plan::from_bytes(bytes).expect("just compiled");
    let plans = PlanSet::new(&[Plan::r4(), &plan]);
    let coding = json!({"system": rooms, "code": "quiet", "display": display});
    let mut resource = json!({"resourceType": "Basic", "code": {"coding": [coding]}});
    if let Some(language) = language {
        resource["language"] = json!(language);
    }
    let options = Options {
        lang: lang.map(str::to_owned),
        ..Options::default()
    };
    let report = check_bytes(&plans, resource.to_string().as_bytes(), &options);
    report.issues.iter().map(|issue| issue.code).collect()
}

#[test]
fn displays_are_in_the_language_wanted() {
    const OTHER: &[&str] = &["binding-display-language"];
    const WRONG: &[&str] = &["binding-display-wrong"];
    const RIGHT: &[&str] = &[];
    for (display, language, lang, expected) in [
        // Without a language wanted, every name is right.
        ("Ruheraum", None, None, RIGHT),
        ("sala  relax", None, None, RIGHT),
        ("Raum", None, None, WRONG),
        // The resource's own, whose regions belong to it.
        ("Ruheraum", Some("de-CH"), None, RIGHT),
        ("Salle de repos", Some("fr"), None, RIGHT),
        ("Quiet room", Some("de"), None, OTHER),
        ("Ruheraum", Some("en-US"), None, OTHER),
        ("Quiet room", Some("it"), None, OTHER),
        ("Raum", Some("de"), None, WRONG),
        // Nobody says in what language this is.
        ("QR", Some("de"), None, RIGHT),
        // Nothing is called anything in Spanish.
        ("Quiet room", Some("es"), None, RIGHT),
        // Who asks comes before the resource.
        ("Quiet room", Some("en"), Some("de-AT, fr;q=0.5"), OTHER),
        ("Salle de repos", Some("en"), Some("de-AT, fr;q=0.5"), RIGHT),
        ("Quiet room", None, Some("de;q=0.1, *;q=0.05"), RIGHT),
        ("Quiet room", None, Some("en;q=0, de"), OTHER),
    ] {
        let found = display_codes(display, language, lang);
        assert_eq!(found, expected, "{display} in {language:?} for {lang:?}");
    }
}

#[test]
fn value_sets_have_names_for_codes_in_several_languages() {
    let named = json!({"code": "lion", "display": "Lion", "designation": [{"language": "de", "value": "Löwe"}]});
    let compose = json!({"include": [{"system": ANIMALS, "concept": [{"code": "cat", "display": "Cat"}, named]}]});
    for (code, display, is_right) in [
        ("lion", "Löwe", true),
        ("lion", "Cat", false),
        ("cat", "cat", true),
        ("cat", "Löwe", false),
    ] {
        let coding = json!({"coding": [{"system": ANIMALS, "code": code, "display": display}]});
        let mut definitions = definitions(&compose);
        definitions[2]["concept"][0]["concept"][0]["concept"][0]["display"] = json!("Lioness");
        let report = report_on(definitions, &coding);
        let is_wrong = report.issues.iter().any(|issue| issue.code == "binding-display-wrong");
        assert_eq!(!is_wrong, is_right, "{code} {display}: {:?}", report.issues);
    }
}

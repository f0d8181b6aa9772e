//! Every form of the same facts, as snapshots: what programs read must not change by accident.

use clap::ValueEnum as _;
use kap_fhir::Undecided;
use kap_json::{Issue, Location, Message, Severity};
use kap_validate::{Options, Plan, PlanSet, check_bytes, codes};

use super::{Format, Outcome, Printer, Style};
use crate::input::Document;

const TEXT: &str =
    "{\n  \"resourceType\": \"Patient\",\n  \"name\": [{\"family\": \"O'Hara, <50 %>\"}],\n  \"active\": \"yes\"\n}\n";

fn document() -> Document {
    Document {
        file: "out put/a,b:c%.json".to_owned(),
        line: 1,
        is_line: false,
        text: TEXT.as_bytes().to_vec(),
    }
}

/// Findings with everything that an escape could get wrong.
fn outcome(document: &Document) -> Outcome<'_> {
    let offset = |needle: &str| TEXT.find(needle).and_then(|at| u32::try_from(at).ok());
    let at = |needle: &str, expression: &str| Location {
        offset: offset(needle),
        pointer: String::new(),
        expression: Some(expression.to_owned()),
    };
    let issues = vec![
        Issue::new(
            &codes::VALUE_FIXED,
            at("\"O'Hara", "Patient.name[0].family"),
            Message::text("100 % <wrong> & \"odd\",\nsecond line: ").value("O'Hara, <50 %>"),
        )
        .with_source(
            "http://hl7.org/fhir/StructureDefinition/Patient|4.0.1",
            Some("Patient.name".to_owned()),
        ),
        Issue::new(&codes::PRIMITIVE_WHITE_SPACE, at("\"yes\"", "Patient.active"), "blank"),
        Issue::new(&codes::STRUCTURE_NULL, Location::default(), "nowhere").with_severity(Severity::Information),
    ];
    Outcome {
        resource_type: Some("Patient".to_owned()),
        undecided: vec![Undecided {
            reason: "not at hand".to_owned(),
            what: "http://loinc.org".to_owned(),
            count: 2,
        }],
        omitted: 3,
        ..Outcome::of_issues(document, issues)
    }
}

/// What is printed for `outcomes` of that document, findings first.
fn printed(format: Format, documents: usize) -> String {
    let document = document();
    let mut out = Vec::new();
    let mut printer = Printer::new(&mut out, Style::plain(format, false));
    for number in 0..documents {
        let outcome = if number == 0 {
            outcome(&document)
        } else {
            Outcome::of_issues(&document, Vec::new())
        };
        printer.print(&outcome).expect("memory takes everything");
    }
    printer.finish().expect("memory takes everything");
    String::from_utf8(out).expect("text")
}

#[test]
fn each_form_is_as_it_was() {
    for (name, format) in [
        ("human", Format::Human),
        ("json", Format::Json),
        ("ndjson", Format::Ndjson),
        ("sarif", Format::Sarif),
        ("junit", Format::Junit),
        ("github", Format::Github),
        ("operation-outcome", Format::OperationOutcome),
    ] {
        insta::assert_snapshot!(name, printed(format, 2));
    }
}

#[test]
fn what_is_json_is_json_for_any_number_of_documents() {
    for documents in [0, 1, 2, 3] {
        for format in [Format::Json, Format::Sarif, Format::OperationOutcome] {
            let text = printed(format, documents);
            let parsed: Result<serde_json::Value, _> = serde_json::from_str(&text);
            assert!(parsed.is_ok(), "{format:?}, {documents} documents: {text}");
        }
        let lines = printed(Format::Ndjson, documents);
        assert_eq!(lines.lines().count(), documents);
    }
}

/// What we tell others to write, we write ourselves.
#[test]
fn operation_outcomes_are_valid_fhir() {
    let plans = PlanSet::new(&[Plan::r4()]);
    for documents in [0, 1, 3] {
        let text = printed(Format::OperationOutcome, documents);
        let report = check_bytes(&plans, text.as_bytes(), &Options::default());
        let errors: Vec<_> = report
            .issues
            .iter()
            .filter(|issue| issue.severity <= Severity::Warning)
            .collect();
        assert!(errors.is_empty(), "{documents} documents: {errors:#?}\n{text}");
    }
}

#[test]
fn no_value_is_printed_in_any_form() {
    for format in Format::value_variants().iter().copied() {
        assert!(!printed(format, 1).contains("Hara"), "{format:?}");
    }
}

/// Every fact of a finding that a program may want, wherever its format puts it.
#[test]
fn each_form_has_all_facts() {
    let document = document();
    let mut outcome = outcome(&document);
    // Findings about constraints name them in their message.
    outcome.issues[0].message = Message::text("key-7: a rule");
    outcome.issues[0].source = outcome.issues[0].source.take().map(|source| kap_json::Source {
        constraint: Some("key-7".to_owned()),
        ..source
    });
    for format in Format::value_variants().iter().copied() {
        let mut out = Vec::new();
        let mut printer = Printer::new(&mut out, Style::plain(format, false));
        printer.print(&outcome).expect("memory takes everything");
        printer.finish().expect("memory takes everything");
        let text = String::from_utf8(out).expect("text");
        let issue = &outcome.issues[0];
        let hint = issue.hint.as_deref().expect("this code has a hint");
        for fact in [
            issue.code,
            "error",
            "Patient.name[0].family",
            "http://hl7.org/fhir/StructureDefinition/Patient|4.0.1",
            "Patient.name",
            "key-7",
            hint,
            "not at hand",
        ] {
            assert!(text.contains(fact), "{format:?} lacks {fact}: {text}");
        }
        let is_for_people = format == Format::Human;
        assert!(is_for_people || text.contains(issue.fhir_code), "{format:?}: {text}");
        let places = [
            "3:23",
            "line=3,col=23",
            "\"line\":3,\"column\":23",
            "\"startLine\":3,\"startColumn\":23",
        ];
        assert!(places.iter().any(|place| text.contains(place)), "{format:?}: {text}");
        assert!(
            text.contains("3 more finding") || text.contains("\"omitted\":3"),
            "{format:?}: {text}"
        );
    }
}

/// What SARIF 2.1.0 requires of what we write (sections 3.13, 3.14, 3.19, 3.27, 3.29, 3.30, 3.33 and 3.49).
#[test]
fn sarif_has_what_its_schema_requires() {
    for documents in [0, 1, 3] {
        let text = printed(Format::Sarif, documents);
        let log: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(log["version"], "2.1.0");
        let run = &log["runs"][0];
        assert!(run["columnKind"] == "unicodeCodePoints" && run["tool"]["driver"]["name"].is_string());
        let rules = run["tool"]["driver"]["rules"].as_array().expect("an array");
        let ids: Vec<&str> = rules.iter().filter_map(|rule| rule["id"].as_str()).collect();
        assert!(
            ids.len() == rules.len()
                && ids
                    .iter()
                    .all(|id| ids.iter().filter(|other| *other == id).count() == 1)
        );
        let texts = |rule: &serde_json::Value| {
            rule["shortDescription"]["text"].is_string() && rule["fullDescription"]["text"].is_string()
        };
        assert!(rules.iter().all(texts), "{text}");
        let results = run["results"].as_array().expect("an array");
        assert_eq!(results.is_empty(), documents == 0);
        for result in results {
            assert!(result["message"]["text"].as_str().is_some_and(|text| !text.is_empty()));
            assert!(ids.contains(&result["ruleId"].as_str().expect("a rule")), "{result}");
            let (level, kind) = (result["level"].as_str(), result["kind"].as_str().unwrap_or("fail"));
            // Only what fails has a level (section 3.27.10).
            assert!(matches!(
                (level, kind),
                (Some("error" | "warning" | "note"), "fail") | (Some("none"), "open")
            ));
            for location in result["locations"].as_array().expect("an array") {
                let physical = &location["physicalLocation"];
                let uri = physical["artifactLocation"]["uri"].as_str().expect("a URI");
                assert!(
                    uri.bytes().all(|byte| byte.is_ascii_graphic()) && !uri.contains(['<', '"', '\\']),
                    "{uri}"
                );
                let region = physical["region"].as_object();
                let is_place = |number: &serde_json::Value| number.as_u64().is_some_and(|number| number > 0);
                assert!(region.is_none_or(|region| region.values().all(is_place)), "{result}");
            }
        }
    }
}

#[test]
fn junit_is_well_formed_and_counts_rightly() {
    for documents in [0, 1, 3] {
        let text = printed(Format::Junit, documents);
        let xml = roxmltree::Document::parse(&text).expect("well-formed");
        assert!(xml.root_element().has_tag_name("testsuites"));
        let suites: Vec<_> = xml
            .root_element()
            .children()
            .filter(roxmltree::Node::is_element)
            .collect();
        assert_eq!(suites.len(), documents);
        for suite in suites {
            let count = |name: &str| {
                suite
                    .descendants()
                    .filter(|node| node.has_tag_name(name))
                    .count()
                    .to_string()
            };
            assert_eq!(suite.attribute("tests"), Some(count("testcase").as_str()));
            assert_eq!(suite.attribute("failures"), Some(count("failure").as_str()));
            assert_eq!(suite.attribute("skipped"), Some(count("skipped").as_str()));
            let named = suite.children().filter(|node| node.has_tag_name("testcase"));
            assert!(
                named
                    .into_iter()
                    .all(|case| case.has_attribute("name") && case.has_attribute("classname"))
            );
        }
    }
}

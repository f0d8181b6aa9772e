//! Every form of the same facts, as snapshots: what programs read must not change by accident.

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
    for format in [
        Format::Human,
        Format::Json,
        Format::Ndjson,
        Format::Sarif,
        Format::Junit,
        Format::Github,
        Format::OperationOutcome,
    ] {
        assert!(!printed(format, 1).contains("Hara"), "{format:?}");
    }
}

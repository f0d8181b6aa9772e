//! Every record in `fixtures/records` is valid; every file in `fixtures/records/invalid` gives exactly the findings beside it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use kap_json::{Issue, Lines};
use kap_record::codes::CODES;
use kap_record::{read_ndjson, write};
use serde_json::{Value, json};

use super::{read_record, repository};

fn files(folder: &str, extensions: &[&str]) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(repository(folder)) else {
        return Vec::new();
    };
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.expect("the folder can be read").path())
        .filter(|path| {
            let name = path.to_string_lossy();
            extensions.iter().any(|extension| name.ends_with(extension)) && !name.ends_with(".issues.json")
        })
        .collect();
    files.sort();
    files
}

fn described(issue: &Issue, lines: &Lines<'_>, first_line: usize) -> Value {
    let position = issue.location.offset.map(|offset| lines.position(offset));
    json!({
        "code": issue.code,
        "severity": issue.severity.as_str(),
        "pointer": issue.location.pointer,
        "line": position.map(|position| position.line as usize + first_line - 1),
        "column": position.map(|position| position.column),
    })
}

fn found(path: &Path) -> Vec<Value> {
    let text = fs::read(path).expect("the fixture can be read");
    let of_text = |text: &[u8], issues: &[Issue], first_line| -> Vec<Value> {
        let lines = Lines::new(text);
        issues
            .iter()
            .map(|issue| described(issue, &lines, first_line))
            .collect()
    };
    if path.extension().is_some_and(|extension| extension == "ndjson") {
        let lines = read_ndjson(text.as_slice(), kap_json::Limits::default());
        return lines
            .map(|line| line.expect("memory can be read"))
            .flat_map(|line| of_text(&line.text, &line.reading.issues, line.number))
            .collect();
    }
    of_text(&text, &read_record(&text).issues, 1)
}

#[test]
fn valid_records_are_read_and_written_without_loss() {
    let files = files("fixtures/records", &[".json"]);
    assert!(!files.is_empty(), "there are fixtures");
    for path in files {
        let reading = read_record(&fs::read(&path).expect("the fixture can be read"));
        let errors: Vec<&Issue> = reading
            .issues
            .iter()
            .filter(|issue| issue.severity.is_error())
            .collect();
        assert!(errors.is_empty(), "{}: {errors:#?}", path.display());
        let record = reading.record.expect("a record without errors is there");
        let again = read_record(&write(&record)).record;
        assert!(
            again.as_ref() == Some(&record),
            "{} changes when written and read again",
            path.display()
        );
    }
}

#[test]
fn invalid_records_give_exactly_their_findings() {
    for path in files("fixtures/records/invalid", &[".json", ".ndjson"]) {
        let expected_path = path.with_extension("issues.json");
        let expected = fs::read(&expected_path).unwrap_or_else(|_| panic!("{} is missing", expected_path.display()));
        let expected: Vec<Value> = serde_json::from_slice(&expected).expect("the expected findings are a JSON list");
        let found = found(&path);
        assert_eq!(
            serde_json::to_string_pretty(&found).ok(),
            serde_json::to_string_pretty(&expected).ok(),
            "{}",
            path.display()
        );
    }
}

#[test]
fn every_code_is_raised_by_a_fixture() {
    let raised: BTreeSet<String> = files("fixtures/records/invalid", &[".json", ".ndjson"])
        .iter()
        .flat_map(|path| found(path))
        .filter_map(|issue| issue["code"].as_str().map(str::to_owned))
        .collect();
    let silent: Vec<&str> = CODES
        .iter()
        .map(|info| info.code)
        .filter(|code| !raised.contains(*code))
        .collect();
    assert!(silent.is_empty(), "no fixture raises {silent:?}");
}

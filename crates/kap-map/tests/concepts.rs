//! Every concept of KAP that a bundle is to carry, tied to the element that carries it: the table in `concepts.txt`.
//!
//! A row has a number, a concept, and statements that must each hold of some mapped resource of the fixtures. What other work will carry (plans as
//! definitions, measures over time, values reckoned from a record) stands there as open: once such a statement holds, the word has to go.

use serde_json::Value;

use crate::resources::{all, holds};

const TABLE: &str = include_str!("concepts.txt");

/// How many rows each section of the table has.
const SECTIONS: &[(&str, usize)] = &[
    ("1.1", 11),
    ("1.2", 5),
    ("1.3", 10),
    ("1.4", 7),
    ("1.5", 9),
    ("1.6", 5),
    ("1.7", 7),
    ("1.8", 4),
];

struct Row {
    concept: &'static str,
    carried: Vec<&'static str>,
    open: Vec<&'static str>,
}

fn rows() -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for line in TABLE.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        match line.strip_prefix("    ") {
            None => rows.push(Row {
                concept: line,
                carried: Vec::new(),
                open: Vec::new(),
            }),
            Some(statement) => {
                let row = rows.last_mut().expect("a statement belongs to a row");
                match statement.strip_prefix("open, ") {
                    Some(open) => row
                        .open
                        .push(open.split_once(" · ").expect("a carrier and a statement").1),
                    None => row.carried.push(statement),
                }
            }
        }
    }
    rows
}

fn holds_somewhere(statement: &str, resources: &[Value]) -> bool {
    resources.iter().any(|resource| holds(statement, resource))
}

#[test]
fn every_concept_is_carried() {
    let resources = all();
    let missing: Vec<String> = rows()
        .iter()
        .flat_map(|row| row.carried.iter().map(move |statement| (row.concept, statement)))
        .filter(|(_, statement)| !holds_somewhere(statement, resources))
        .map(|(concept, statement)| format!("{concept}: {statement}"))
        .collect();
    assert!(missing.is_empty(), "nothing carries {missing:#?}");
}

#[test]
fn what_is_open_is_still_open() {
    let resources = all();
    for row in rows() {
        for statement in row.open {
            assert!(
                !holds_somewhere(statement, resources),
                "{}: `{statement}` is no longer open",
                row.concept
            );
        }
    }
}

#[test]
fn every_row_is_there_once_and_says_something() {
    let rows = rows();
    for (section, count) in SECTIONS {
        for number in 1..=*count {
            let start = format!("{section}.{number} ");
            let found = rows.iter().filter(|row| row.concept.starts_with(&start)).count();
            assert_eq!(found, 1, "{start}");
        }
    }
    assert_eq!(rows.len(), SECTIONS.iter().map(|(_, count)| count).sum::<usize>());
    assert!(rows.iter().all(|row| !row.carried.is_empty() || !row.open.is_empty()));
}

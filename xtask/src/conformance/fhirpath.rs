//! HL7's FHIRPath suite (<https://github.com/FHIR/fhir-test-cases>, `r4/fhirpath/tests-fhir-r4.xml`): expressions with
//! what they yield on a few resources. The inputs are read as JSON.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use kap_fhirpath::{Answer, Element, EvaluationContext, Expression, Host, Item, Mode, Model, Outcome, Stop, Undecided};
use kap_json::{Limits, Node};
use roxmltree::Document;

/// One test of the suite.
#[derive(Debug)]
pub(crate) struct Case {
    /// Its name, with a number where several have the same.
    pub(crate) name: String,
    pub(crate) expression: String,
    input: Option<String>,
    /// It has to fail: while it is compiled or evaluated.
    is_invalid: bool,
    /// What counts is whether there is anything, or whether it is true.
    is_predicate: bool,
    is_ordered: bool,
    outputs: Vec<Output>,
}

#[derive(Debug)]
struct Output {
    kind: Option<String>,
    text: String,
}

/// What became of the suite.
#[derive(Debug, Default)]
pub(crate) struct Report {
    pub(crate) total: usize,
    /// By name: the expression and what went wrong.
    pub(crate) failed: BTreeMap<String, (String, String)>,
}

impl Report {
    pub(crate) fn passed(&self) -> usize {
        self.total - self.failed.len()
    }
}

/// Runs the suite in `dir` (the XML file, and the inputs below it).
pub(crate) fn run(dir: &Path, model: &dyn Model) -> Result<Report> {
    let mut report = Report::default();
    let inputs = inputs(dir)?;
    for case in cases(dir)? {
        report.total += 1;
        if let Err(problem) = check(&case, &inputs, model) {
            report.failed.insert(case.name, (case.expression, problem));
        }
    }
    Ok(report)
}

fn cases(dir: &Path) -> Result<Vec<Case>> {
    let mut cases = Vec::new();
    let mut seen: HashMap<String, usize> = HashMap::new();
    for path in files(dir, "xml")? {
        let text = fs::read_to_string(&path)?;
        let document = Document::parse(&text).with_context(|| format!("cannot read {}", path.display()))?;
        for test in document.descendants().filter(|node| node.has_tag_name("test")) {
            let Some(expression) = test.children().find(|node| node.has_tag_name("expression")) else {
                continue;
            };
            let name = test.attribute("name").unwrap_or("unnamed");
            let times = seen.entry(name.to_owned()).or_default();
            *times += 1;
            let outputs = test.children().filter(|node| node.has_tag_name("output"));
            cases.push(Case {
                name: if *times > 1 {
                    format!("{name}#{times}")
                } else {
                    name.to_owned()
                },
                expression: text_of(expression),
                input: test
                    .attribute("inputfile")
                    .filter(|name| !name.is_empty())
                    .map(str::to_owned),
                is_invalid: expression.attribute("invalid").is_some_and(|kind| kind != "false"),
                is_predicate: test.attribute("predicate") == Some("true"),
                is_ordered: test.attribute("ordered") != Some("false"),
                outputs: outputs
                    .map(|node| Output {
                        kind: node.attribute("type").map(str::to_owned),
                        text: text_of(node),
                    })
                    .collect(),
            });
        }
    }
    Ok(cases)
}

fn text_of(node: roxmltree::Node<'_, '_>) -> String {
    node.descendants()
        .filter_map(|child| child.is_text().then(|| child.text()).flatten())
        .collect()
}

/// The texts of the inputs by their names without extension.
fn inputs(dir: &Path) -> Result<HashMap<String, Vec<u8>>> {
    let mut inputs = HashMap::new();
    for folder in [dir.join("inputs"), dir.to_owned()] {
        if !folder.is_dir() {
            continue;
        }
        for path in files(&folder, "json")? {
            if let Some(name) = path.file_stem().and_then(|name| name.to_str()) {
                inputs.insert(name.to_owned(), fs::read(&path)?);
            }
        }
    }
    Ok(inputs)
}

fn files(dir: &Path, extension: &str) -> Result<Vec<std::path::PathBuf>> {
    let entries = fs::read_dir(dir).with_context(|| format!("cannot list {}", dir.display()))?;
    let mut paths: Vec<_> = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|found| found == extension))
        .collect();
    paths.sort();
    Ok(paths)
}

fn check(case: &Case, inputs: &HashMap<String, Vec<u8>>, model: &dyn Model) -> Result<(), String> {
    let name = case
        .input
        .as_deref()
        .map(|name| name.rsplit_once('.').map_or(name, |(stem, _)| stem));
    let text: &[u8] = match name {
        Some(name) => inputs.get(name).ok_or_else(|| format!("there is no input {name}"))?,
        None => b"{}",
    };
    let parsed = kap_json::parse(text, &Limits::default());
    let document = parsed.document.ok_or("the input is no JSON")?;
    let fallback = model.type_place("Resource").ok_or("the model has no type Resource")?;
    let resource = Element::resource(document.root(), model, fallback);
    let compiled = Expression::compile(&case.expression, Some(resource.place), model, Mode::Strict);
    let expression = match compiled {
        Ok(expression) => expression,
        Err(_) if case.is_invalid => return Ok(()),
        Err(error) => return Err(error.to_string()),
    };
    let host = SuiteHost { model };
    let mut context = EvaluationContext::new(model, &host, resource);
    context.now = kap_fhirpath::temporal::DateTime::parse("2026-02-14T08:30:12.345+01:00").unwrap_or(context.now);
    if case.is_predicate {
        return match expression.test(&context) {
            Outcome::True if case.outputs.iter().all(|output| output.text == "true") => Ok(()),
            other => Err(format!("{other:?}")),
        };
    }
    match expression.evaluate(&context) {
        Err(_) if case.is_invalid => Ok(()),
        Err(Stop::Error(error)) => Err(format!("error: {error}")),
        Err(Stop::Undecided(undecided)) => Err(format!("undecided: {undecided}")),
        Ok(items) if case.is_invalid => Err(format!("should fail, yields {}", show(&items))),
        Ok(items) => compare(case, &items, model),
    }
}

fn compare(case: &Case, items: &[Item<'_>], model: &dyn Model) -> Result<(), String> {
    let differs = || {
        let expected: Vec<&str> = case.outputs.iter().map(|output| output.text.as_str()).collect();
        Err(format!("yields {}, not {expected:?}", show(items)))
    };
    if items.len() != case.outputs.len() {
        return differs();
    }
    let mut left: Vec<&Item<'_>> = items.iter().collect();
    for output in &case.outputs {
        let found = if case.is_ordered {
            left.first()
                .is_some_and(|item| matches(item, output, model))
                .then_some(0)
        } else {
            left.iter().position(|item| matches(item, output, model))
        };
        match found {
            Some(at) => left.remove(at),
            None => return differs(),
        };
    }
    Ok(())
}

fn matches(item: &Item<'_>, output: &Output, model: &dyn Model) -> bool {
    let kind = match item {
        Item::Element(element) => model.type_name(element.place),
        Item::Boolean(_) => "boolean",
        Item::Integer(_) => "integer",
        Item::Decimal(_) => "decimal",
        Item::String(_) => "string",
        Item::Date(_) => "date",
        Item::DateTime(_) => "dateTime",
        Item::Time(_) => "time",
        Item::Quantity(_) => "Quantity",
        Item::Type(_) => "TypeInfo",
    };
    let is_number = matches!(item, Item::Decimal(_) | Item::Integer(_));
    let wanted = output.kind.as_deref().unwrap_or(kind);
    if kind != wanted && !(is_number && matches!(wanted, "integer" | "decimal")) {
        return false;
    }
    let expected = output.text.trim_start_matches('@').trim_start_matches('T');
    let text = item.to_string();
    text == expected
        || text == output.text
        || (is_number && output.kind.is_some() && numbers_agree(&text, expected))
        || (text == "0.0" && expected == "-0.0")
}

/// Typed numbers are compared by value: `1` and `1.0` are the same decimal.
fn numbers_agree(left: &str, right: &str) -> bool {
    kap_fhir::Decimal::parse(left)
        .zip(kap_fhir::Decimal::parse(right))
        .is_some_and(|(left, right)| left == right)
}

fn show(items: &[Item<'_>]) -> String {
    let items: Vec<String> = items.iter().map(ToString::to_string).collect();
    format!("{items:?}")
}

/// Knows the base definitions as profiles, and contained resources.
struct SuiteHost<'m> {
    model: &'m dyn Model,
}

impl<'d> Host<'d> for SuiteHost<'_> {
    fn conforms_to(&self, element: Element<'d>, profile: &str) -> Answer {
        let base = profile.strip_prefix("http://hl7.org/fhir/StructureDefinition/");
        match base.filter(|name| self.model.type_place(name).is_some()) {
            Some(name) => Answer::from(self.model.type_name(element.place) == name),
            None => Answer::Undecided(Undecided::new("the profile is not at hand", profile)),
        }
    }

    fn resolve(&self, reference: &str, from: Option<Node<'d>>) -> kap_fhirpath::Resolved<'d> {
        let mut node = from;
        while let Some(inner) = node {
            let contained = inner.get("contained").into_iter().flat_map(Node::items);
            let wanted = reference.strip_prefix('#');
            if let Some(found) = contained
                .into_iter()
                .find(|found| wanted.is_some() && found.get("id").and_then(Node::as_str) == wanted)
            {
                return kap_fhirpath::Resolved::Found(found);
            }
            node = inner.parent();
        }
        kap_fhirpath::Resolved::Missing
    }
}

//! From a query string to a search.

use axum::http::StatusCode;
use url::form_urlencoded;

use super::date::{Prefix, Range};
use super::parameter::{Kind, SearchParameter};
use crate::context::Context;
use crate::faults::Fault;
use crate::habits::Habits;
use crate::outcome::Refusal;
use crate::page::{Page, PageParameter};
use crate::preferences::Handling;
use crate::reference::Target;
use crate::supported::ResourceType;

/// A search of one type, ready to be asked.
#[derive(Debug)]
pub(crate) struct Search {
    pub(crate) resource_type: &'static ResourceType,
    /// All have to hold.
    pub(crate) criteria: Vec<Criterion>,
    pub(crate) page: Page,
    /// Whether `Bundle.total` was asked for.
    pub(crate) total: bool,
    /// Whether only the total was asked for.
    pub(crate) count_only: bool,
    /// The parameters that were understood, for the self link.
    pub(crate) applied: Vec<(String, String)>,
    /// The names of those that were not.
    pub(crate) ignored: Vec<String>,
    /// The last row that the index knows, if it is behind.
    pub(crate) up_to: Option<i64>,
}

/// One parameter with the values of which one has to match.
#[derive(Debug)]
pub(crate) struct Criterion {
    pub(crate) parameter: &'static SearchParameter,
    pub(crate) alternatives: Vec<Sought>,
}

/// A value to look for.
#[derive(Debug)]
pub(crate) enum Sought {
    /// `None` stands for any system or any value, an empty system for none.
    Token {
        system: Option<String>,
        value: Option<String>,
    },
    Uri(String),
    /// A reference of which only the id was given.
    Id(String),
    Reference(Target),
    Date(Prefix, Range),
}

impl Search {
    /// Reads a query string such as `identifier=urn%3Asystem|value&_count=10`.
    pub(crate) fn parse(
        resource_type: &'static ResourceType,
        query: &str,
        handling: Handling,
        context: &Context,
    ) -> Result<Self, Refusal> {
        let mut search = Self {
            resource_type,
            criteria: Vec::new(),
            page: Page::default(),
            total: false,
            count_only: false,
            applied: Vec::new(),
            ignored: Vec::new(),
            up_to: context.suffers(Fault::StaleIndex).then_some(context.opened_at),
        };
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            if !search.apply(&name, &value, context)? {
                search.ignored.push(name.into_owned());
            }
        }
        match search.ignored.first() {
            Some(name) if handling == Handling::Strict => Err(unknown_parameter(&context.habits, resource_type, name)),
            _ => Ok(search),
        }
    }

    /// Reads the criteria of a conditional create, update or reference: unknown parameters would widen what is matched, so
    /// they are refused, and so is a query without any criterion.
    pub(crate) fn parse_condition(
        resource_type: &'static ResourceType,
        query: &str,
        context: &Context,
    ) -> Result<Self, Refusal> {
        let search = Self::parse(resource_type, query.trim_start_matches('?'), Handling::Strict, context)?;
        if search.criteria.is_empty() {
            let text = "the condition names no search parameter";
            let diagnostics = "Give a criterion such as identifier=system|value; nothing was written";
            return Err(Refusal::new(
                StatusCode::PRECONDITION_FAILED,
                "required",
                text,
                diagnostics,
            ));
        }
        Ok(search)
    }

    /// Takes one parameter in; false if it is unknown.
    fn apply(&mut self, name: &str, value: &str, context: &Context) -> Result<bool, Refusal> {
        match (name, value) {
            // Decided where the answer's form is decided.
            ("_format" | "_pretty", _) | (_, "") => return Ok(true),
            ("_summary", "count") => self.count_only = true,
            ("_summary", "false") | ("_total", "none") => {}
            ("_total", "accurate" | "estimate") => self.total = true,
            _ => match self.page.apply(name, value)? {
                PageParameter::Size(0) => self.count_only = true,
                PageParameter::Size(_) => {}
                // The position is not part of what is searched: the self link starts at the first page.
                PageParameter::Position => return Ok(true),
                PageParameter::Other => match self.criterion(name, value, context)? {
                    Some(criterion) => self.criteria.push(criterion),
                    None => return Ok(false),
                },
            },
        }
        self.applied.push((name.to_owned(), value.to_owned()));
        Ok(true)
    }

    fn criterion(&self, name: &str, value: &str, context: &Context) -> Result<Option<Criterion>, Refusal> {
        let (plain, modifier) = name
            .split_once(':')
            .map_or((name, None), |(plain, modifier)| (plain, Some(modifier)));
        let mut offered = context.habits.parameters(self.resource_type);
        let Some(parameter) = offered.find(|parameter| parameter.name == plain) else {
            return Ok(None);
        };
        let target_type = match (modifier, parameter.kind) {
            (None, _) => None,
            (Some(modifier), Kind::Reference | Kind::PatientReference)
                if crate::supported::resource_type(modifier).is_some() =>
            {
                Some(modifier)
            }
            (Some(modifier), _) => return Err(unknown_modifier(plain, modifier)),
        };
        let sought = |value: String| sought(parameter, target_type, value, &context.base);
        let alternatives = split_alternatives(value)
            .into_iter()
            .map(sought)
            .collect::<Result<_, _>>()?;
        Ok(Some(Criterion {
            parameter,
            alternatives,
        }))
    }
}

fn sought(
    parameter: &SearchParameter,
    target_type: Option<&str>,
    value: String,
    base: &str,
) -> Result<Sought, Refusal> {
    Ok(match parameter.kind {
        Kind::Token => match value.split_once('|') {
            None => Sought::Token {
                system: None,
                value: Some(value),
            },
            Some((system, "")) => Sought::Token {
                system: Some(system.to_owned()),
                value: None,
            },
            Some((system, value)) => Sought::Token {
                system: Some(system.to_owned()),
                value: Some(value.to_owned()),
            },
        },
        Kind::Uri => Sought::Uri(value),
        Kind::Reference | Kind::PatientReference => {
            let fixed_type = if parameter.kind == Kind::PatientReference {
                Some("Patient")
            } else {
                target_type
            };
            match (Target::parse(&value, base), fixed_type) {
                (Target::Elsewhere(id), Some(type_name)) if crate::key::is_legal_id(&id) => {
                    Sought::Reference(Target::Local {
                        type_name: type_name.to_owned(),
                        id,
                    })
                }
                (Target::Elsewhere(id), None) if crate::key::is_legal_id(&id) => Sought::Id(id),
                (target, _) => Sought::Reference(target),
            }
        }
        Kind::Date => {
            let range = Prefix::split(&value).and_then(|(prefix, date)| Some((prefix, Range::parse(date)?)));
            let (prefix, range) = range.ok_or_else(|| malformed_date(parameter.name))?;
            Sought::Date(prefix, range)
        }
    })
}

/// Splits at commas, except those escaped as `\,`, and takes the [escapes](https://hl7.org/fhir/R4/search.html#escaping) away.
fn split_alternatives(value: &str) -> Vec<String> {
    let mut alternatives = vec![String::new()];
    let mut characters = value.chars();
    while let Some(character) = characters.next() {
        let literal = match character {
            ',' => {
                alternatives.push(String::new());
                continue;
            }
            '\\' => characters.next().unwrap_or('\\'),
            other => other,
        };
        if let Some(last) = alternatives.last_mut() {
            last.push(literal);
        }
    }
    alternatives
}

fn unknown_parameter(habits: &Habits, resource_type: &'static ResourceType, name: &str) -> Refusal {
    let text = format!("`{name}` is no search parameter of {} here", resource_type.name);
    let known: Vec<_> = habits
        .parameters(resource_type)
        .map(|parameter| parameter.name)
        .collect();
    Refusal::bad_request(
        "not-supported",
        text,
        format!("Supported: {}; nothing was written", known.join(", ")),
    )
}

fn unknown_modifier(parameter: &str, modifier: &str) -> Refusal {
    let text = format!("the modifier `:{modifier}` is not supported for `{parameter}`");
    Refusal::bad_request(
        "not-supported",
        text,
        "Leave it out; references take a resource type as modifier",
    )
}

fn malformed_date(parameter: &str) -> Refusal {
    let text = format!("the value of `{parameter}` is no date");
    let diagnostics =
        "Write YYYY, YYYY-MM, YYYY-MM-DD or a dateTime, with one of the prefixes eq, ne, gt, lt, ge, le, sa, eb";
    Refusal::bad_request("value", text, diagnostics)
}

//! The tables of `kap capabilities`.

use std::io::{self, Write};

use kap_client::capability::{Capabilities, Change, Decision, Fact, Look, Origin, Subject, Value};
use kap_map::{Form, LADDERS, Ladder};
use serde_json::{Value as Json, json};

use crate::forms::{lack, written_as};

/// The facts that there are.
pub(super) fn facts(out: &mut impl Write, facts: &[Fact], as_json: bool) -> io::Result<()> {
    let subject = |fact: &Fact| if fact.is_about_server() { "server" } else { "TYPE" };
    if as_json {
        let listed = facts.iter().map(|fact| {
            json!({"name": format!("{}.{fact}", subject(fact)), "kind": if fact.is_number() { "number" } else { "flag" },
                   "words": fact.words()})
        });
        return writeln!(out, "{}", json!({"facts": listed.collect::<Vec<Json>>()}));
    }
    for fact in facts {
        writeln!(out, "{:<36} {}", format!("{}.{fact}", subject(fact)), fact.words())?;
    }
    Ok(())
}

/// What is stated otherwise than before.
pub(super) fn changes(out: &mut impl Write, changes: Option<&[Change]>, as_json: bool) -> io::Result<()> {
    let word = |value: Option<Value>| value.map_or_else(|| "not stated".to_owned(), |value| value.to_string());
    if as_json {
        let listed = changes.unwrap_or_default().iter().map(|change| {
            json!({"subject": change.subject.to_string(), "fact": change.fact.name(), "before": change.before.map(of_value),
                   "now": change.now.map(of_value)})
        });
        let listed: Vec<Json> = listed.collect();
        return writeln!(out, "{}", json!({"lookedBefore": changes.is_some(), "changes": listed}));
    }
    match changes {
        None => writeln!(out, "this is the first look at this server; it is kept in the journal"),
        Some([]) => writeln!(out, "the server states what it stated when it was looked at last"),
        Some(changes) => changes.iter().try_for_each(|change| {
            let (before, now) = (word(change.before), word(change.now));
            writeln!(out, "{}.{}: {before}, now {now}", change.subject, change.fact)
        }),
    }
}

/// All that is known of the server and of the types that records are mapped to; as JSON, of every type.
pub(super) fn capabilities(out: &mut impl Write, look: &Look, as_json: bool) -> io::Result<()> {
    let known = &look.capabilities;
    if as_json {
        return writeln!(out, "{}", all_as_json(look));
    }
    heading(out, look)?;
    for (_, fact, decision) in known.facts().filter(|(subject, ..)| **subject == Subject::Server) {
        writeln!(
            out,
            "  {:<28} {:<10} {}",
            fact.name(),
            decision.value,
            origin(&decision.origin)
        )?;
    }
    for ladder in LADDERS {
        writeln!(
            out,
            "{:<26} {}",
            ladder.resource_type,
            of_type(known, ladder.resource_type)
        )?;
    }
    Ok(())
}

fn heading(out: &mut impl Write, look: &Look) -> io::Result<()> {
    let statement = &look.statement;
    let part = |words: &str, text: Option<&str>| text.map_or_else(String::new, |text| format!("{words}{text}"));
    writeln!(
        out,
        "{}{}{}, {}",
        statement.name().unwrap_or("a server without a name"),
        part(" ", statement.version.as_deref()),
        part(", statement of ", statement.date.as_deref()),
        match look.capabilities.vendor() {
            Some(vendor) => format!("quirks of {}", vendor.as_str()),
            None => "no quirks known".to_owned(),
        }
    )
}

/// What can be done with resources of a type, and how a create can be repeated. Sources other than the statement are named.
fn of_type(known: &Capabilities, resource_type: &str) -> String {
    let interactions = [
        Fact::Create,
        Fact::Read,
        Fact::Search,
        Fact::Update,
        Fact::Patch,
        Fact::Delete,
        Fact::IfMatch,
    ];
    let offered: Vec<String> = interactions
        .into_iter()
        .filter_map(|fact| {
            let decision = known.of_type(resource_type, fact);
            let matters = fact != Fact::IfMatch || known.of_type(resource_type, Fact::Update).value;
            (decision.value && matters).then(|| match decision.origin {
                Origin::Statement => fact.name().to_owned(),
                other => format!("{fact} ({other})"),
            })
        })
        .collect();
    let offered = if offered.is_empty() {
        "nothing".to_owned()
    } else {
        offered.join(" ")
    };
    match known.rung(resource_type) {
        Some(rung) => format!("{offered}; identity: {} ({})", rung.value, rung.origin),
        None => offered,
    }
}

fn origin(origin: &Origin) -> String {
    match origin {
        Origin::Quirk(source) => format!("quirk: {source}"),
        Origin::Learned(reason) => format!("learned: {reason}"),
        other => other.to_string(),
    }
}

/// What becomes of each content of a record.
pub(super) fn contents(out: &mut impl Write, look: &Look, as_json: bool) -> io::Result<()> {
    let rows = LADDERS.iter().map(|ladder| Row::of(&look.capabilities, ladder));
    if as_json {
        let rows: Vec<Json> = rows.map(|row| row.as_json()).collect();
        return writeln!(out, "{}", json!({"contents": rows}));
    }
    heading(out, look)?;
    for row in rows {
        row.write(out)?;
    }
    Ok(())
}

/// One content of a record.
struct Row {
    ladder: &'static Ladder,
    /// The form that it takes there; `None` if it stays here.
    form: Option<Form>,
    /// How it is written, or found.
    how: String,
    /// Why not in a fuller form.
    why: Option<Decision<&'static str>>,
}

impl Row {
    fn of(known: &Capabilities, ladder: &'static Ladder) -> Row {
        let resource_type = ladder.resource_type;
        let first_lack = ladder.forms.iter().find_map(|form| lack(known, *form, resource_type));
        let form = ladder
            .forms
            .iter()
            .copied()
            .find(|form| lack(known, *form, resource_type).is_none());
        let how = match form {
            Some(Form::Words) => "in what refers to it".to_owned(),
            Some(Form::Existing) => "found, not written".to_owned(),
            Some(form) => known
                .rung(written_as(form, resource_type))
                .map_or_else(String::new, |rung| rung.value.to_string()),
            None => "stays here".to_owned(),
        };
        Row {
            ladder,
            why: first_lack.filter(|_| form != ladder.forms.first().copied()),
            form,
            how,
        }
    }

    fn write(&self, out: &mut impl Write) -> io::Result<()> {
        write!(
            out,
            "{:<46} {:<24} {:<22} {}",
            self.ladder.content,
            self.ladder.resource_type,
            self.form.map_or("blocked", Form::as_str),
            self.how
        )?;
        match &self.why {
            Some(why) => writeln!(out, "; {} ({})", why.value, why.origin),
            None => writeln!(out),
        }
    }

    fn as_json(&self) -> Json {
        json!({
            "content": self.ladder.content,
            "resourceType": self.ladder.resource_type,
            "form": self.form.map_or("blocked", Form::as_str),
            "how": self.how,
            "why": self.why.as_ref().map(|why| why.value),
            "origin": self.why.as_ref().map(|why| why.origin.as_str()),
        })
    }
}

fn all_as_json(look: &Look) -> Json {
    let known = &look.capabilities;
    let facts = known.facts().map(|(subject, fact, decision)| {
        json!({"subject": subject.to_string(), "fact": fact.name(), "value": of_value(decision.value),
               "origin": decision.origin.as_str(), "source": source(&decision.origin)})
    });
    let rungs = known.types().filter_map(|name| {
        let rung = known.rung(name)?;
        Some(json!({"resourceType": name, "rung": rung.value.as_str(), "origin": rung.origin.as_str()}))
    });
    json!({
        "name": look.statement.name(),
        "version": look.statement.version,
        "date": look.statement.date,
        "vendor": known.vendor().map(kap_client::capability::Vendor::as_str),
        "facts": facts.collect::<Vec<Json>>(),
        "identity": rungs.collect::<Vec<Json>>(),
    })
}

fn source(origin: &Origin) -> Option<&str> {
    match origin {
        Origin::Quirk(source) => Some(source),
        Origin::Learned(reason) => Some(reason),
        Origin::Statement | Origin::Override | Origin::Unknown => None,
    }
}

fn of_value(value: Value) -> Json {
    match value {
        Value::Flag(flag) => flag.into(),
        Value::Number(number) => number.into(),
    }
}

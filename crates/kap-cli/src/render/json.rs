//! Findings for programs: the line that `kap validate --format ndjson` prints.
//!
//! It is written member by member, without a value or a serializer in between: a large file has one for each of its lines.

use std::io::{self, Write};

use kap_fhir::Undecided;
use kap_json::{Issue, Position};
use serde_json::Value;

use super::{Format, Outcome, Style};

/// Writes one outcome as one JSON object.
pub(crate) fn write(out: &mut Vec<u8>, outcome: &Outcome<'_>, shown: &[&Issue], style: Style) -> io::Result<()> {
    let mut object = Object::begin(out);
    object.text("file", outcome.file())?;
    object.number("line", outcome.line())?;
    object.some_text("resourceType", outcome.resource_type.as_deref())?;
    object.some_text("id", outcome.id.as_deref())?;
    object.text("verdict", outcome.verdict)?;
    object.list("issues", shown, |out, issue| {
        finding(out, issue, outcome.position(issue), style)
    })?;
    if outcome.omitted > 0 {
        object.number("omitted", outcome.omitted)?;
    }
    if !outcome.undecided.is_empty() {
        object.list("undecided", &outcome.undecided, undecided)?;
    }
    object.end();
    Ok(())
}

/// One finding as a JSON object that says nothing of lines: its text is not at hand.
pub(crate) fn issue(issue: &Issue, reveal_values: bool) -> Value {
    let mut text = Vec::new();
    finding(&mut text, issue, None, Style::plain(Format::Json, reveal_values))
        .expect("writing to memory does not fail");
    serde_json::from_slice(&text).expect("what is written is JSON")
}

fn finding(out: &mut Vec<u8>, issue: &Issue, position: Option<Position>, style: Style) -> io::Result<()> {
    let expression = issue.location.expression.as_deref();
    let mut object = Object::begin(out);
    object.text("severity", issue.severity.as_str())?;
    object.text("code", issue.code)?;
    object.text("fhirCode", issue.fhir_code)?;
    match expression {
        Some(expression) => object.text("expression", expression)?,
        None => object.text("pointer", &issue.location.pointer)?,
    }
    object.text("message", &style.message(issue))?;
    if let Some(position) = position {
        object.number("line", position.line)?;
        object.number("column", position.column)?;
    }
    if let Some(source) = &issue.source {
        object.text("profile", &source.definition)?;
        object.some_text("element", source.element.as_deref())?;
        object.some_text("constraint", source.constraint.as_deref())?;
    }
    object.some_text("hint", issue.hint.as_deref())?;
    object.end();
    Ok(())
}

fn undecided(out: &mut Vec<u8>, undecided: &Undecided) -> io::Result<()> {
    let mut object = Object::begin(out);
    object.text("what", &undecided.what)?;
    object.text("reason", &undecided.reason)?;
    object.number("count", undecided.count)?;
    object.end();
    Ok(())
}

/// A JSON object that is being written.
struct Object<'o> {
    out: &'o mut Vec<u8>,
    before_next: u8,
}

impl<'o> Object<'o> {
    fn begin(out: &'o mut Vec<u8>) -> Self {
        Self { out, before_next: b'{' }
    }

    /// `name` holds nothing that JSON escapes.
    fn name(&mut self, name: &'static str) {
        self.out.extend_from_slice(&[self.before_next, b'"']);
        self.out.extend_from_slice(name.as_bytes());
        self.out.extend_from_slice(b"\":");
        self.before_next = b',';
    }

    fn text(&mut self, name: &'static str, text: &str) -> io::Result<()> {
        self.name(name);
        if needs_escape(text) {
            return Ok(serde_json::to_writer(&mut *self.out, text)?);
        }
        self.out.push(b'"');
        self.out.extend_from_slice(text.as_bytes());
        self.out.push(b'"');
        Ok(())
    }

    fn some_text(&mut self, name: &'static str, text: Option<&str>) -> io::Result<()> {
        text.map_or(Ok(()), |text| self.text(name, text))
    }

    fn number(&mut self, name: &'static str, number: impl std::fmt::Display) -> io::Result<()> {
        self.name(name);
        write!(self.out, "{number}")
    }

    fn list<T>(
        &mut self,
        name: &'static str,
        items: &[T],
        write: impl Fn(&mut Vec<u8>, &T) -> io::Result<()>,
    ) -> io::Result<()> {
        self.name(name);
        self.out.push(b'[');
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                self.out.push(b',');
            }
            write(self.out, item)?;
        }
        self.out.push(b']');
        Ok(())
    }

    /// Of an object with at least one member.
    fn end(self) {
        self.out.push(b'}');
    }
}

/// Whether `text` stands otherwise in JSON than it is.
fn needs_escape(text: &str) -> bool {
    // Block by block and without leaving early, so that the compiler compares many bytes at once.
    let is_escaped = |byte: &u8| *byte < 0x20 || *byte == b'"' || *byte == b'\\';
    let (blocks, rest) = text.as_bytes().as_chunks::<16>();
    blocks
        .iter()
        .any(|block| block.iter().fold(false, |any, byte| any | is_escaped(byte)))
        || rest.iter().any(is_escaped)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::Object;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_is_written_is_what_was_meant(text in any::<String>(), ascii in "[ -~\\x00-\\x1f]{0,80}", number in any::<u32>()) {
            let mut out = Vec::new();
            let mut object = Object::begin(&mut out);
            object.text("text", &text).expect("memory takes it");
            object.list("list", &[&ascii], |out, text| {
                let mut object = Object::begin(out);
                object.text("ascii", text)?;
                object.end();
                Ok(())
            }).expect("memory takes it");
            object.number("number", number).expect("memory takes it");
            object.end();
            let read: Value = serde_json::from_slice(&out).expect("JSON");
            prop_assert_eq!(read, json!({"text": text, "list": [{"ascii": ascii}], "number": number}));
        }
    }
}

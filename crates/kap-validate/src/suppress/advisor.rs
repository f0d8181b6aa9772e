//! Files that the reference validator and the IG publisher suppress messages with.

use serde_json::Value;

use super::{Matcher, Suppression, Unusable};

/// What begins the file of the IG publisher.
const PUBLISHER: &str = "== suppressed messages ==";

/// The suppressions of a file that is called `name`.
pub(super) fn read(name: &str, text: &str) -> Result<Vec<Suppression>, Unusable> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    if text.trim_start().starts_with('{') {
        json(name, text)
    } else {
        lines(name, text)
    }
}

/// `{"suppress": ["id", "id@path", "id@^regex"]}`.
fn json(name: &str, text: &str) -> Result<Vec<Suppression>, Unusable> {
    let unusable = |what: &str| Unusable(format!("the advisor file `{name}` {what}"));
    let advisor: Value = serde_json::from_str(text).map_err(|_| unusable("is no JSON"))?;
    let entries = match advisor.get("suppress") {
        None => return Err(unusable("has no list `suppress`")),
        Some(Value::Array(entries)) => entries.as_slice(),
        Some(one) => std::slice::from_ref(one),
    };
    let entries = entries.iter().map(|entry| {
        let entry = entry
            .as_str()
            .ok_or_else(|| unusable("has something in `suppress` that is no text"))?;
        message(entry, &format!("listed in {name}"))
    });
    entries.collect()
}

/// One message a line, after the reason for it: `# reason`. A line that is no message id is the text of a message, in
/// which `%` stands for anything. A file of the reference has `- id@path` instead.
fn lines(name: &str, text: &str) -> Result<Vec<Suppression>, Unusable> {
    let mut reason = format!("listed in {name}");
    let mut found = Vec::new();
    for line in text.lines().map(str::trim) {
        if line.is_empty() || line.to_lowercase() == PUBLISHER {
            continue;
        }
        if let Some(words) = line.strip_prefix('#') {
            let words = words.trim_matches(['#', ' ']);
            if !words.is_empty() {
                words.clone_into(&mut reason);
            }
            continue;
        }
        let listed = line.strip_prefix("- ").map(str::trim);
        let entry = listed.unwrap_or(line);
        if listed.is_some() || is_message_id(entry) {
            found.push(message(entry, &reason)?);
        } else {
            let matcher = Matcher::Text(entry.to_owned());
            found.push(Suppression::new(matcher, None, entry.to_owned(), &reason)?);
        }
    }
    Ok(found)
}

/// `id`, or `id@path`.
fn message(entry: &str, reason: &str) -> Result<Suppression, Unusable> {
    let (id, path) = match entry.split_once('@') {
        Some((id, path)) => (id, Some(path)),
        None => (entry, None),
    };
    Suppression::new(Matcher::MessageId(id.to_owned()), path, entry.to_owned(), reason)
}

/// Message ids have no blanks; those of invariants are canonical URLs with a key.
fn is_message_id(entry: &str) -> bool {
    let id = entry.split('@').next().unwrap_or_default();
    let is_word = |text: &str| {
        text.bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'*')
    };
    !entry.contains([' ', '%']) && ((is_word(id) && id.contains('_')) || id.contains("://") && id.contains('#'))
}

//! What characters of a text do to the text around it.

/// Whether every control that changes the direction of text is ended in the same paragraph
/// ([UAX 9](https://www.unicode.org/reports/tr9/)): otherwise text around it is shown in another order than it is read.
pub(super) fn closes_directions(text: &str) -> bool {
    let mut open = Vec::new();
    for character in text.chars() {
        match character {
            // Embeddings and overrides end with U+202C, isolates with U+2069, which ends what is open inside, too.
            '\u{202a}' | '\u{202b}' | '\u{202d}' | '\u{202e}' => open.push('\u{202c}'),
            '\u{2066}'..='\u{2068}' => open.push('\u{2069}'),
            '\u{202c}' => {
                if open.last() == Some(&'\u{202c}') {
                    open.pop();
                } else {
                    return false;
                }
            }
            '\u{2069}' => match open.iter().rposition(|end| *end == '\u{2069}') {
                Some(isolate) => open.truncate(isolate),
                None => return false,
            },
            '\n' | '\u{2029}' if !open.is_empty() => return false,
            _ => {}
        }
    }
    open.is_empty()
}

#[cfg(test)]
mod tests {
    use super::closes_directions;

    #[test]
    fn what_is_opened_is_closed() {
        for text in ["", "plain – text", "\u{202b}a\u{202c}", "\u{2067}a\u{202b}b\u{2069}"] {
            assert!(closes_directions(text), "{text:?}");
        }
        for text in ["\u{202e}a", "a\u{202c}", "\u{2067}a\n\u{2069}", "\u{202b}a\u{2069}"] {
            assert!(!closes_directions(text), "{text:?}");
        }
    }
}

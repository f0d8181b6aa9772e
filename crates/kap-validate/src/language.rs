//! Languages that are wanted, and languages that things are in (BCP 47).

/// The language ranges of an `Accept-Language` list, best first; `None` if it is no such list. What has no weight
/// (`q=0`) is not among them (<https://www.rfc-editor.org/rfc/rfc9110#field.accept-language>).
pub fn language_ranges(list: &str) -> Option<Vec<&str>> {
    let mut ranges = list
        .split(',')
        .map(|item| weighted(item.trim()))
        .collect::<Option<Vec<_>>>()?;
    ranges.retain(|(_, weight)| *weight > 0.0);
    ranges.sort_by(|(_, left), (_, right)| right.total_cmp(left));
    Some(ranges.into_iter().map(|(range, _)| range).collect())
}

/// A range with its weight: `de-CH;q=0.9`.
fn weighted(item: &str) -> Option<(&str, f64)> {
    let (range, weight) = match item.split_once(';') {
        Some((range, weight)) => (range.trim(), weight.trim().strip_prefix("q=")?.parse().ok()?),
        None => (item, 1.0),
    };
    let is_subtag =
        |subtag: &str| (1..=8).contains(&subtag.len()) && subtag.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let is_range = range == "*" || range.split('-').all(is_subtag);
    (is_range && (0.0..=1.0).contains(&weight)).then_some((range, weight))
}

/// Whether what is in the language `tag` serves who wants `range`: one begins with the other. Swiss German is German, and
/// German that says no more than that serves who reads Swiss German.
pub(crate) fn serves(tag: &str, range: &str) -> bool {
    range == "*" || {
        let pairs = tag.split('-').zip(range.split('-'));
        pairs.into_iter().all(|(left, right)| left.eq_ignore_ascii_case(right))
    }
}

#[cfg(test)]
mod tests {
    use super::{language_ranges, serves};

    #[test]
    fn lists_are_read_by_weight() {
        assert_eq!(language_ranges("de"), Some(vec!["de"]));
        assert_eq!(
            language_ranges("en;q=0.5, de-CH,fr;q=0, *;q=0.1"),
            Some(vec!["de-CH", "en", "*"])
        );
        for wrong in [
            "",
            "de,",
            "de CH",
            "de_CH",
            "de;q=2",
            "de;q=x",
            "de;0.5",
            "Schweizerdeutsch",
        ] {
            assert_eq!(language_ranges(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_language_serves_its_regions_and_they_serve_it() {
        assert!(serves("de", "de-CH") && serves("de-CH", "DE") && serves("fr", "*"));
        assert!(!serves("de-AT", "de-CH") && !serves("de", "den") && !serves("en", "de"));
    }
}

//! Pages of searches and histories.

use crate::outcome::Refusal;

const DEFAULT_SIZE: u32 = 20;
const LARGEST_SIZE: u32 = 1000;

/// Which part of a long answer is wanted.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Page {
    pub(crate) size: u32,
    /// The database row after which the page begins; rows never change their place, so a walk through the pages sees
    /// everything that was there when it began, once.
    pub(crate) after: Option<i64>,
}

/// What a parameter had to do with paging.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PageParameter {
    Size(u32),
    Position,
    Other,
}

impl Default for Page {
    fn default() -> Self {
        Self {
            size: DEFAULT_SIZE,
            after: None,
        }
    }
}

impl Page {
    pub(crate) fn apply(&mut self, name: &str, value: &str) -> Result<PageParameter, Refusal> {
        match name {
            "_count" => {
                let size: u32 = value.parse().map_err(|_| malformed_count())?;
                self.size = size.clamp(1, LARGEST_SIZE);
                Ok(PageParameter::Size(size))
            }
            "_cursor" => {
                self.after = Some(i64::from_str_radix(value, 16).map_err(|_| malformed_cursor())?);
                Ok(PageParameter::Position)
            }
            _ => Ok(PageParameter::Other),
        }
    }
}

/// The parameter that asks for the page after that row: opaque to clients.
pub(crate) fn cursor(row: i64) -> (String, String) {
    ("_cursor".to_owned(), format!("{row:016x}"))
}

/// An address with its parameters encoded.
pub(crate) fn address(path: &str, parameters: &[(String, String)]) -> String {
    if parameters.is_empty() {
        return path.to_owned();
    }
    let query = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(parameters)
        .finish();
    format!("{path}?{query}")
}

fn malformed_count() -> Refusal {
    Refusal::bad_request(
        "value",
        "`_count` is not a whole number",
        format!("Give a number from 0 to {LARGEST_SIZE}"),
    )
}

fn malformed_cursor() -> Refusal {
    Refusal::bad_request(
        "value",
        "the link to the page is damaged",
        "Follow the links as they were given, or search again",
    )
}

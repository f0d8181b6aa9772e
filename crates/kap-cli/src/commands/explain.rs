//! `kap explain`: what a code of a finding means.

use std::collections::BTreeMap;
use std::io::{self, Write as _};

use anyhow::{Context as _, bail};
use kap_json::CodeInfo;
use kap_validate::suppress::message_ids;
use serde::Deserialize;

use crate::exit::{self, Exit};

/// Explain a code of a finding
#[derive(Debug, clap::Args)]
#[command(after_help = exit::HELP)]
pub(crate) struct Arguments {
    /// The code, such as `cardinality-min`; without it, all codes are listed
    code: Option<String>,
}

/// Every code that any part of the product reports, in alphabetical order.
pub(crate) fn codes() -> Vec<&'static CodeInfo> {
    let lists = [
        kap_json::codes::CODES,
        kap_record::codes::CODES,
        kap_validate::codes::CODES,
        kap_validate::codes::special::CODES,
        kap_validate::codes::signature::CODES,
        kap_map::codes::CODES,
        kap_client::codes::CODES,
        crate::codes::CODES,
    ];
    let mut codes: Vec<_> = lists.into_iter().flatten().copied().collect();
    codes.sort_by_key(|info| info.code);
    codes
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Exit> {
    let mut out = io::stdout().lock();
    let codes = codes();
    let Some(wanted) = &arguments.code else {
        for info in codes {
            writeln!(out, "{:<40} {:<12} {}", info.code, info.severity, info.title)?;
        }
        return Ok(Exit::Done);
    };
    let Some(info) = codes.iter().find(|info| info.code == wanted.as_str()) else {
        bail!(
            "there is no code `{wanted}`; `kap explain` lists them all{}",
            nearest(wanted)
        );
    };
    writeln!(
        out,
        "{}\n{}, {} (FHIR issue type `{}`)\n\n{}",
        info.code, info.title, info.severity, info.fhir_code, info.explanation
    )?;
    if !info.hint.is_empty() {
        writeln!(out, "\nWhat to do: {}", info.hint)?;
    }
    let ids = message_ids(info.code);
    if !ids.is_empty() {
        writeln!(out, "\nWhat the reference validator calls it: {}", ids.join(", "))?;
    }
    if let Some(example) = example(info.code)? {
        writeln!(out, "\nFor example, {}, found at {}:\n", example.file, example.place())?;
        for line in example.text.lines() {
            writeln!(out, "    {line}")?;
        }
    }
    Ok(Exit::Done)
}

/// A fixture that raises a code; written by `cargo xtask codegen`.
#[derive(Debug, Deserialize)]
struct Example {
    file: String,
    line: u32,
    place: Option<String>,
    text: String,
}

impl Example {
    fn place(&self) -> String {
        match self.place.as_deref() {
            Some("") | None => format!("line {}", self.line),
            Some(place) => format!("line {}, {place}", self.line),
        }
    }
}

fn example(code: &str) -> anyhow::Result<Option<Example>> {
    let mut examples: BTreeMap<String, Example> =
        serde_json::from_str(include_str!("explain/examples.json")).context("the embedded examples cannot be read")?;
    Ok(examples.remove(code))
}

/// The codes that begin like `wanted`.
pub(crate) fn nearest(wanted: &str) -> String {
    let facet = wanted.split('-').next().unwrap_or_default();
    let alike: Vec<_> = codes()
        .iter()
        .map(|info| info.code)
        .filter(|code| code.split('-').next() == Some(facet))
        .collect();
    if alike.is_empty() {
        String::new()
    } else {
        format!("; those of its facet are {}", alike.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::codes;

    #[test]
    fn a_code_means_one_thing_in_the_whole_product() {
        let codes = codes();
        let twice: Vec<_> = codes
            .windows(2)
            .filter(|pair| pair[0].code == pair[1].code)
            .map(|pair| pair[0].code)
            .collect();
        assert_eq!(twice, Vec::<&str>::new());
    }

    #[test]
    fn codes_are_kebab_case_and_explained() {
        for info in codes() {
            let kebab = info
                .code
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
            assert!(kebab, "{}", info.code);
            assert!(
                !info.title.is_empty() && !info.explanation.is_empty(),
                "{} is not explained",
                info.code
            );
        }
    }

    /// The whole list is a snapshot: a code that changes its name or severity shows in review.
    #[test]
    fn the_list_of_codes_is_reviewed() {
        let list: Vec<String> = codes()
            .iter()
            .map(|info| format!("{} {} {}", info.code, info.severity, info.fhir_code))
            .collect();
        insta::assert_snapshot!(list.join("\n"));
    }
}

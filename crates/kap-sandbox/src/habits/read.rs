//! Reading a vendor's file strictly: a setting that is not known, a line without a source or a parameter that is not indexed is
//! a fault of the file.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::{Table, Value};

use super::{Habits, Names, Offer, Settings};
use crate::supported::{self, ResourceType, TYPES};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    name: String,
    statement: Statement,
    types: Types,
    habit: Vec<Table>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Statement {
    source: String,
    software: Option<String>,
    version: Option<String>,
    publisher: Option<String>,
    implementation: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Types {
    source: String,
    every: Option<Offered>,
    #[serde(default)]
    offered: BTreeMap<String, Offered>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Offered {
    interactions: Vec<String>,
    /// Not given: all that the sandbox indexes.
    search: Option<Vec<String>>,
}

/// Interactions that the sandbox can do with a type.
const INTERACTIONS: &[&str] = &[
    "create",
    "read",
    "vread",
    "update",
    "patch",
    "delete",
    "history-instance",
    "history-type",
    "search-type",
];

/// Reads a file, or says what is wrong with it.
pub(super) fn habits(text: &str) -> Result<Habits, String> {
    let file: File = toml::from_str(text).map_err(|fault| fault.to_string())?;
    if file.name.is_empty() {
        return Err("the file does not say whose habits they are".to_owned());
    }
    if file.statement.source.is_empty() || file.types.source.is_empty() {
        return Err("a table has no source".to_owned());
    }
    Ok(Habits {
        names: Names {
            software: file.statement.software,
            version: file.statement.version,
            publisher: file.statement.publisher,
            implementation: file.statement.implementation,
        },
        offers: offers(&file.types)?,
        settings: settings(file.habit)?,
    })
}

fn settings(lines: Vec<Table>) -> Result<Settings, String> {
    let mut all = Table::new();
    for mut line in lines {
        let source = line.remove("source");
        if source.as_ref().and_then(Value::as_str).is_none_or(str::is_empty) {
            return Err(format!("{line}: it has no source"));
        }
        for (name, value) in line {
            if all.insert(name.clone(), value).is_some() {
                return Err(format!("`{name}` is there twice"));
            }
        }
    }
    all.try_into().map_err(|fault: toml::de::Error| fault.to_string())
}

fn offers(types: &Types) -> Result<Vec<(&'static ResourceType, Offer)>, String> {
    let mut offers = Vec::new();
    for name in types.offered.keys() {
        supported::resource_type(name).ok_or_else(|| format!("{name} is no type of the sandbox"))?;
    }
    for resource_type in TYPES {
        let offered = types.offered.get(resource_type.name).or(types.every.as_ref());
        if let Some(offered) = offered {
            offers.push((resource_type, offer(resource_type, offered)?));
        }
    }
    Ok(offers)
}

fn offer(resource_type: &ResourceType, offered: &Offered) -> Result<Offer, String> {
    let unknown = |name: &str| format!("{}: `{name}` is not known here", resource_type.name);
    for name in &offered.interactions {
        if !INTERACTIONS.contains(&name.as_str()) {
            return Err(unknown(name));
        }
    }
    let search = match &offered.search {
        None => resource_type
            .parameters()
            .map(|parameter| parameter.name.to_owned())
            .collect(),
        Some(names) => {
            if let Some(name) = names.iter().find(|name| resource_type.parameter(name).is_none()) {
                return Err(unknown(name));
            }
            names.clone()
        }
    };
    Ok(Offer {
        interactions: offered.interactions.clone(),
        search,
    })
}

#[cfg(test)]
mod tests {
    use super::habits;

    const HEAD: &str = "name = 'x'\n[statement]\nsource = 'x'\n[types]\nsource = 'x'\n";

    #[test]
    fn a_file_is_read_strictly() {
        let fault = |rest: &str| habits(&format!("{HEAD}{rest}")).err().unwrap_or_default();
        assert!(fault("[[habit]]\nsystem = []\n").contains("no source"));
        assert!(fault("[[habit]]\nfriendly = true\nsource = 'x'\n").contains("friendly"));
        assert!(
            fault("[[habit]]\nsystem = []\nsource = 'x'\n[[habit]]\nsystem = []\nsource = 'x'\n").contains("twice")
        );
        let offered = |offer: &str| fault(&format!("[types.offered]\n{offer}\n[[habit]]\nsource = 'x'\n"));
        assert!(offered("Patient = { interactions = ['operate'] }").contains("operate"));
        assert!(offered("Patient = { interactions = [], search = ['shoe-size'] }").contains("shoe-size"));
        assert!(offered("Spaceship = { interactions = [] }").contains("Spaceship"));
    }
}

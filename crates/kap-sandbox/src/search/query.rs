//! From a search to SQL and its answer.

use rusqlite::types::Value as SqlValue;
use rusqlite::{Connection, params_from_iter};

use super::parse::{Search, Sought};
use crate::context::Context;
use crate::key::Key;
use crate::outcome::Refusal;
use crate::store::read::{self, Current};
use crate::supported::ResourceType;

/// The resources of the wanted page in the order of their creation, and whether more follow.
pub(crate) fn page(connection: &Connection, search: &Search) -> rusqlite::Result<(Vec<(i64, Current)>, bool)> {
    let size = usize::try_from(search.page.size).unwrap_or(usize::MAX);
    let mut rows = matching_rows(connection, search, search.page.size.saturating_add(1))?;
    let more = rows.len() > size;
    rows.truncate(size);
    let mut found = Vec::with_capacity(rows.len());
    for (row, id) in rows {
        let key = Key {
            resource_type: search.resource_type,
            id,
        };
        if let Some(current) = read::current(connection, &key)? {
            found.push((row, current));
        }
    }
    Ok((found, more))
}

/// How many resources match, on all pages together.
pub(crate) fn total(connection: &Connection, search: &Search) -> rusqlite::Result<i64> {
    let mut statement = Statement::new("SELECT count(*)", search.resource_type.name);
    statement.add_criteria(search);
    connection
        .prepare(&statement.sql)?
        .query_row(params_from_iter(statement.values), |row| row.get(0))
}

/// What a condition found.
#[derive(Debug)]
pub(crate) enum Match {
    None,
    One(Key),
    Several,
}

/// Asks a condition, such as that of a conditional create.
pub(crate) fn find(
    connection: &Connection,
    resource_type: &'static ResourceType,
    condition: &str,
    context: &Context,
) -> Result<Match, Refusal> {
    let search = Search::parse_condition(resource_type, condition, context)?;
    let mut rows = matching_rows(connection, &search, 2)?.into_iter();
    Ok(match (rows.next(), rows.next()) {
        (None, _) => Match::None,
        (Some((_, id)), None) => Match::One(Key { resource_type, id }),
        _ => Match::Several,
    })
}

fn matching_rows(connection: &Connection, search: &Search, limit: u32) -> rusqlite::Result<Vec<(i64, String)>> {
    let mut statement = Statement::new("SELECT row, id", search.resource_type.name);
    statement.add_criteria(search);
    if let Some(after) = search.page.after {
        statement.add(" AND row > ?", [after.into()]);
    }
    statement.add(" ORDER BY row LIMIT ?", [i64::from(limit).into()]);
    let mut prepared = connection.prepare_cached(&statement.sql)?;
    let rows = prepared.query_map(params_from_iter(statement.values), |row| Ok((row.get(0)?, row.get(1)?)))?;
    rows.collect()
}

/// SQL text with its values, in the order of their question marks.
struct Statement {
    sql: String,
    values: Vec<SqlValue>,
    type_name: &'static str,
}

impl Statement {
    fn new(select: &str, type_name: &'static str) -> Self {
        let sql = format!("{select} FROM resource WHERE type = ? AND deleted = 0");
        Self {
            sql,
            values: vec![type_name.to_owned().into()],
            type_name,
        }
    }

    fn add<const N: usize>(&mut self, sql: &str, values: [SqlValue; N]) {
        self.sql.push_str(sql);
        self.values.extend(values);
    }

    fn add_criteria(&mut self, search: &Search) {
        if let Some(last) = search.up_to {
            self.add(" AND row <= ?", [last.into()]);
        }
        for criterion in &search.criteria {
            for (number, sought) in criterion.alternatives.iter().enumerate() {
                self.add(if number == 0 { " AND row IN (" } else { " UNION ALL " }, []);
                self.add_sought(criterion.parameter.name, sought);
            }
            self.add(")", []);
        }
    }

    fn add_sought(&mut self, parameter: &str, sought: &Sought) {
        let table = match sought {
            Sought::Token { .. } | Sought::Uri(_) => "token_index",
            Sought::Id(_) | Sought::Reference(_) => "reference_index",
            Sought::Date(..) => "date_index",
        };
        let select = format!("SELECT resource FROM {table} WHERE type = ? AND parameter = ?");
        self.add(&select, [self.type_name.to_owned().into(), parameter.to_owned().into()]);
        match sought {
            Sought::Token { system, value } => {
                if let Some(value) = value {
                    self.add(" AND value = ?", [value.clone().into()]);
                }
                if let Some(system) = system {
                    self.add(" AND system = ?", [system.clone().into()]);
                }
            }
            Sought::Uri(uri) => self.add(" AND value = ?", [uri.clone().into()]),
            Sought::Id(id) => self.add(" AND target_id = ? AND target_type <> ''", [id.clone().into()]),
            Sought::Reference(target) => {
                let (target_type, target_id) = target.columns();
                self.add(
                    " AND target_type = ? AND target_id = ?",
                    [target_type.to_owned().into(), target_id.to_owned().into()],
                );
            }
            Sought::Date(prefix, range) => self.add(&format!(" AND {}", prefix.sql(*range)), []),
        }
    }
}

//! Asking a server what it can do, and remembering the answer.

use super::known::{Capabilities, Override};
use super::learned::Learned;
use super::quirk::Vendor;
use super::statement::Statement;
use super::{Change, differences};
use crate::journal::{self, Journal, capabilities};
use crate::retry::{Retry, policy};
use crate::{Client, Error};

/// What `kap.toml` and the command line say beforehand.
#[derive(Clone, Debug, Default)]
pub struct Stated {
    /// The vendor, if it is not to be recognised from the statement.
    pub vendor: Option<Vendor>,
    /// Facts that are known better here.
    pub overrides: Vec<Override>,
}

/// What a look at a server brought.
#[derive(Clone, Debug)]
pub struct Look {
    /// The statement of now.
    pub statement: Statement,
    /// What all four sources say together.
    pub capabilities: Capabilities,
    /// What is stated otherwise than when the server was looked at last; `None` if it never was.
    pub changes: Option<Vec<Change>>,
}

impl Look {
    /// What `statement` says, together with what was learned and what is stated beforehand.
    pub fn new(statement: Statement, learned: &[Learned], stated: &Stated) -> Look {
        Look {
            capabilities: Capabilities::new(&statement, stated.vendor, learned, &stated.overrides),
            statement,
            changes: None,
        }
    }
}

/// Asks the server, lays its statement under what is known, and keeps it in the journal for the next look.
pub async fn look(client: &Client, journal: &Journal, stated: &Stated) -> Result<Look, Error> {
    let text = client.metadata().await?;
    let statement = Statement::read(&text)?;
    let (name, now) = (client.name().to_owned(), journal.now());
    let (before, learned) = journal
        .run(move |connection| {
            let endpoint = journal::endpoint_or_new(connection, &name)?;
            let before = capabilities::statement(connection, endpoint)?;
            capabilities::keep_statement(connection, endpoint, &text, now)?;
            Ok((before, capabilities::learned(connection, endpoint)?))
        })
        .await?;
    let before = before.and_then(|text| Statement::read(&text).ok());
    let changes = before.map(|before| differences(&before, &statement));
    Ok(Look {
        changes,
        ..Look::new(statement, &learned, stated)
    })
}

/// [`look`], and where the server does not answer now, what it stated when it was looked at last; an error if that was never.
pub async fn look_or_recall(client: &Client, journal: &Journal, stated: &Stated) -> Result<Look, Error> {
    let failure = match look(client, journal, stated).await {
        Err(failure @ Error::NoStatement { category, .. }) if policy(category) != Retry::Never => failure,
        other => return other,
    };
    if policy(failure.category()) == Retry::Stop {
        return Err(client.not_signed_in());
    }
    recall(client.name(), journal, stated).await?.ok_or(failure)
}

/// What the endpoint called `name` stated when it was looked at last, without asking it; `None` if it never was.
pub async fn recall(name: &str, journal: &Journal, stated: &Stated) -> Result<Option<Look>, Error> {
    let name = name.to_owned();
    let kept = journal.run(move |connection| {
        let Some(endpoint) = journal::endpoint(connection, &name)? else {
            return Ok(None);
        };
        let learned = capabilities::learned(connection, endpoint)?;
        Ok(capabilities::statement(connection, endpoint)?.map(|text| (text, learned)))
    });
    let Some((text, learned)) = kept.await? else {
        return Ok(None);
    };
    Ok(Some(Look::new(Statement::read(&text)?, &learned, stated)))
}

//! What the server taught in earlier runs is not tried again; what it teaches in this one is kept for the next.

use super::work::Run;
use crate::Error;
use crate::capability::{Fact, Learned, Subject, Value};
use crate::journal::capabilities;

/// Applies what the journal knows.
pub(super) async fn recall(run: &Run<'_>) -> Result<(), Error> {
    let endpoint = run.endpoint;
    let learned = run
        .journal
        .run(move |connection| capabilities::learned(connection, endpoint))
        .await?;
    let refuses = |learned: &Learned| learned.fact == Fact::SearchByPost && learned.value == Value::Flag(false);
    if learned.iter().any(refuses) {
        run.client.search_by_get();
    }
    Ok(())
}

/// Keeps what is new.
pub(super) async fn keep(run: &Run<'_>) -> Result<(), Error> {
    let Some(status) = run.client.refused_search_by_post() else {
        return Ok(());
    };
    let (endpoint, lesson) = (
        run.endpoint,
        Learned {
            subject: Subject::Server,
            fact: Fact::SearchByPost,
            value: Value::Flag(false),
            reason: format!("it answered POST _search with HTTP {status}"),
            at: run.journal.now(),
        },
    );
    run.journal
        .run(move |connection| capabilities::learn(connection, endpoint, &lesson))
        .await
}

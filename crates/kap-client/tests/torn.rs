//! A journal as a crash may leave it: states in the middle, leases of the dead.

use kap_client::Conclusion;
use rusqlite::Connection;

use crate::course::Course;
use crate::fault::Fault;
use crate::world::World;

/// Writes `state` into every item, with the lease of a process that is no more.
fn tear(world: &World, state: &str) {
    let connection = Connection::open(world.journal_path()).expect("opens");
    let update = "UPDATE item SET state = ?1, lease_owner = 'elsewhere/9/z#0', lease_expires = 0";
    assert_eq!(connection.execute(update, [state]).expect("runs"), 6);
}

#[tokio::test]
async fn what_was_not_stored_is_stored_once() {
    for state in [
        "planned",
        "leased",
        "sending",
        "throttled",
        "unknown",
        "rejected",
        "needs_review",
        "scrambled",
    ] {
        let mut world = World::new().await;
        world.stop().await;
        let journal = world.journal("a");
        world.push(&journal, vec![Course::new(1).item()]).await;
        drop(journal);
        tear(&world, state);
        world.start().await;
        let journal = world.journal("b");
        let report = world.push(&journal, Vec::new()).await;
        assert_eq!(report.conclusion(), Conclusion::Complete, "{state}: {report:#?}");
        world.holds_each_once(&journal, 1).await;
    }
}

#[tokio::test]
async fn what_was_stored_without_an_answer_is_found() {
    for state in ["sending", "throttled", "unknown", "needs_review", "scrambled"] {
        let world = World::new().await;
        let journal = world.journal("a");
        world.faults.next_transactions([Fault::LoseAnswer]);
        world.faults.next_reads(vec![Fault::Refuse(503, "transient"); 100]);
        world.push(&journal, vec![Course::new(1).item()]).await;
        world.faults.clear();
        drop(journal);
        tear(&world, state);
        let journal = world.journal("b");
        let report = world.push(&journal, Vec::new()).await;
        assert_eq!(
            (report.conclusion(), report.writes),
            (Conclusion::Complete, 0),
            "{state}: {report:#?}"
        );
        world.holds_each_once(&journal, 1).await;
    }
}

//! Two processes, one journal.

use std::sync::Arc;
use std::time::Duration;

use kap_client::{Conclusion, Outcome};
use tokio::sync::Notify;

use crate::course::Course;
use crate::fault::Fault;
use crate::world::{World, codes, outcomes};

/// So long that a busy machine does not lose one by accident.
const UNHURRIED: Duration = Duration::from_millis(1500);

#[tokio::test]
async fn what_another_process_is_sending_is_left_to_it() {
    let world = World::new().await;
    let [first, second] = ["a", "b"].map(|owner| world.journal(owner).with_lease(UNHURRIED));
    let go_on = Arc::new(Notify::new());
    world.faults.next_transactions([Fault::Hold(Arc::clone(&go_on))]);
    let (sent, skipped) = tokio::join!(world.push(&first, vec![Course::new(1).item()]), async {
        // The first one's lease is renewed all the while, so waiting for its end is in vain.
        tokio::time::sleep(Duration::from_millis(200)).await;
        let report = world.push(&second, vec![Course::new(1).item()]).await;
        go_on.notify_one();
        report
    });
    assert_eq!(outcomes(&sent), [Outcome::Created; 6]);
    assert_eq!(codes(&skipped), ["push-in-progress"; 6]);
    assert_eq!((skipped.requests, skipped.conclusion()), (0, Conclusion::Unfinished));
    let again = world.push(&second, vec![Course::new(1).item()]).await;
    assert_eq!((outcomes(&again), again.requests), (vec![Outcome::Unchanged; 6], 0));
    world.holds_each_once(&first, 1).await;
}

#[tokio::test]
async fn what_a_dead_process_left_is_taken_over_when_its_lease_ends() {
    let world = World::new().await;
    let first = world.journal("a");
    world.faults.next_transactions([Fault::AnswerLate]);
    let cut = tokio::time::timeout(
        Duration::from_millis(300),
        world.push(&first, vec![Course::new(1).item()]),
    )
    .await;
    assert!(cut.is_err(), "the answer was on its way");
    drop(first);
    let second = world.journal("b");
    let report = world.push(&second, Vec::new()).await;
    assert_eq!((outcomes(&report), report.writes), (vec![Outcome::Matched; 6], 0));
    world.holds_each_once(&second, 1).await;
}

#[tokio::test]
async fn two_processes_push_the_same_courses_once() {
    let world = World::new().await;
    let [first, second] = ["a", "b"].map(|owner| world.journal(owner).with_lease(UNHURRIED));
    let courses = || (1..=8).map(|number| Course::new(number).item()).collect::<Vec<_>>();
    tokio::join!(world.push(&first, courses()), world.push(&second, courses()));
    let report = world.push(&first, courses()).await;
    assert_eq!(report.conclusion(), Conclusion::Complete);
    world.holds_each_once(&first, 8).await;
}

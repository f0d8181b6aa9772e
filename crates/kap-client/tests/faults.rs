//! Something goes wrong between us and the server; afterwards each key is there exactly once.

use std::time::Duration;

use kap_client::{Category, Comparison, Conclusion, Outcome, PushOptions, State, VerifyOptions};

use crate::course::Course;
use crate::fault::Fault;
use crate::world::{World, codes, options, outcomes};

/// Pushes one course with these faults in the way of its transactions, and once more if anything stayed open.
async fn survives(faults: Vec<Fault>) {
    let world = World::new().await;
    let journal = world.journal("a");
    let shown = format!("{faults:?}");
    world.faults.next_transactions(faults);
    let first = world.push(&journal, vec![Course::new(1).item()]).await;
    let second = world.push(&journal, vec![Course::new(1).item()]).await;
    assert_eq!(
        second.conclusion(),
        Conclusion::Complete,
        "{shown}: {first:#?} {second:#?}"
    );
    world.holds_each_once(&journal, 1).await;
}

#[tokio::test]
async fn an_answer_lost_after_the_commit_is_found_again() {
    for fault in [
        Fault::LoseAnswer,
        Fault::TimeoutAfterCommit,
        Fault::AnswerLate,
        Fault::DropLastAnswer,
        Fault::Garble,
        Fault::NoLocations,
    ] {
        survives(vec![fault]).await;
    }
}

#[tokio::test]
async fn what_was_not_executed_is_sent_again() {
    for fault in [
        Fault::HangUp,
        Fault::Refuse(429, "throttled"),
        Fault::Refuse(503, "transient"),
        Fault::Refuse(500, "exception"),
        Fault::Refuse(504, "timeout"),
        Fault::Refuse(408, "timeout"),
        Fault::Refuse(409, "conflict"),
        Fault::Refuse(202, "informational"),
    ] {
        survives(vec![fault]).await;
    }
}

#[tokio::test]
async fn faults_in_a_row_change_nothing() {
    survives(vec![Fault::HangUp, Fault::Refuse(503, "transient"), Fault::LoseAnswer]).await;
    survives(vec![Fault::LoseAnswer, Fault::LoseAnswer]).await;
    survives(vec![Fault::TimeoutAfterCommit; 8]).await;
}

#[tokio::test]
async fn what_was_found_after_a_lost_answer_is_not_sent_again() {
    let world = World::new().await;
    let journal = world.journal("a");
    world.faults.next_transactions([Fault::LoseAnswer]);
    let report = world.push(&journal, vec![Course::new(1).item()]).await;
    assert_eq!(outcomes(&report), [Outcome::Matched; 6]);
    assert_eq!(report.writes, 1);
}

#[tokio::test]
async fn a_lost_answer_to_an_update_is_settled_by_reading() {
    for fault in [Fault::LoseAnswer, Fault::HangUp] {
        let world = World::new().await;
        let journal = world.journal("a");
        world.push(&journal, vec![Course::new(1).item()]).await;
        world.faults.next_transactions([fault]);
        let report = world.push(&journal, vec![Course::new(1).with_score(9).item()]).await;
        assert_eq!(outcomes(&report)[3], Outcome::Updated);
        assert_eq!(report.conclusion(), Conclusion::Complete);
        assert_eq!(world.verify(&journal).await.conclusion(), Conclusion::Complete);
        assert_eq!(world.counts()["Provenance"], 2);
    }
}

#[tokio::test]
async fn searches_that_fail_leave_the_question_open() {
    let world = World::new().await;
    let journal = world.journal("a");
    world.faults.next_transactions([Fault::LoseAnswer]);
    world.faults.next_reads(vec![Fault::Refuse(503, "transient"); 200]);
    let report = world.push(&journal, vec![Course::new(1).item()]).await;
    assert_eq!(outcomes(&report), [Outcome::Unknown; 6]);
    assert_eq!(codes(&report), ["push-outcome-unknown"; 6]);
    assert_eq!((report.conclusion(), report.writes), (Conclusion::Unfinished, 1));
    let status = kap_client::status(&journal).expect("the journal works");
    assert_eq!(status.endpoints[0].items[&State::Unknown], 6);

    world.faults.clear();
    let report = world.push(&journal, Vec::new()).await;
    assert!(report.bundles[0].resumed);
    assert_eq!((outcomes(&report), report.writes), (vec![Outcome::Matched; 6], 0));
    world.holds_each_once(&journal, 1).await;
}

#[tokio::test]
async fn what_cannot_be_read_back_is_neither_right_nor_wrong() {
    let mut world = World::new().await;
    let journal = world.journal("a");
    world.push(&journal, vec![Course::new(1).item()]).await;
    world.stop().await;
    let report = world.verify(&journal).await;
    assert_eq!(
        (report.count(Comparison::Unread), report.conclusion()),
        (6, Conclusion::Unfinished)
    );
    let codes = report.items.iter().filter_map(|item| item.finding.as_ref());
    assert!(
        codes
            .map(|finding| finding.code)
            .all(|code| code == "verify-unavailable")
    );
    world.start().await;
    world.holds_each_once(&journal, 1).await;
}

#[tokio::test]
async fn a_server_that_is_down_is_waited_for() {
    let mut world = World::new().await;
    let journal = world.journal("a");
    world.stop().await;
    let courses = || (1..=3).map(|number| Course::new(number).item()).collect::<Vec<_>>();
    let report = world.push(&journal, courses()).await;
    assert_eq!(report.count(Outcome::Waiting), 18);
    assert_eq!(report.conclusion(), Conclusion::Unfinished);
    assert!(codes(&report).iter().all(|code| *code == "push-unavailable"));
    let status = kap_client::status(&journal).expect("the journal works");
    assert_eq!(status.endpoints[0].open_pushes, 3);
    assert_eq!(
        status.endpoints[0].oldest_open.as_ref().map(|open| open.label.as_str()),
        Some("course 1")
    );

    world.start().await;
    let report = world.push(&journal, Vec::new()).await;
    assert_eq!(report.conclusion(), Conclusion::Complete);
    assert!(report.bundles.iter().all(|bundle| bundle.resumed));
    world.holds_each_once(&journal, 3).await;
}

#[tokio::test]
async fn a_server_that_asks_for_too_much_patience_is_left_alone() {
    let world = World::new().await;
    let journal = world.journal("a");
    world
        .faults
        .next_transactions(vec![Fault::Refuse(429, "throttled"); 50]);
    let report = world.push(&journal, vec![Course::new(1).item()]).await;
    assert_eq!(outcomes(&report), [Outcome::Waiting; 6]);
    let status = kap_client::status(&journal).expect("the journal works");
    assert_eq!(status.endpoints[0].items[&State::Throttled], 6);

    world.faults.clear();
    assert_eq!(
        world.push(&journal, Vec::new()).await.conclusion(),
        Conclusion::Complete
    );
    world.holds_each_once(&journal, 1).await;
}

#[tokio::test]
async fn a_refused_sign_in_ends_the_run_and_leaves_everything_open() {
    let world = World::new().await;
    let journal = world.journal("a");
    world.faults.next_transactions([Fault::Refuse(401, "login")]);
    let failure = kap_client::push(&world.client(), &journal, vec![Course::new(1).item()], &options(), &())
        .await
        .expect_err("the server accepts no write");
    assert_eq!(failure.category(), Category::SignIn);
    assert!(failure.to_string().contains("`clinic`"), "{failure}");
    assert_eq!(world.counts().values().sum::<u64>(), 0);

    // With a token that is accepted nothing has to be looked for: it was never executed.
    let resumed = world.push(&journal, Vec::new()).await;
    assert_eq!(outcomes(&resumed), [Outcome::Created; 6]);
    world.holds_each_once(&journal, 1).await;

    world.faults.next_reads([Fault::Refuse(401, "login")]);
    let failure = kap_client::verify(&world.client(), &journal, &VerifyOptions::default(), &())
        .await
        .expect_err("the server accepts no read");
    assert_eq!(failure.category(), Category::SignIn);
}

#[tokio::test]
async fn a_refused_transaction_is_reported_without_values_and_tried_anew() {
    for (status, code) in [
        (400, "push-rejected"),
        (422, "push-rejected"),
        (403, "push-forbidden"),
        (404, "push-rejected"),
    ] {
        let world = World::new().await;
        let journal = world.journal("a");
        world.faults.next_transactions([Fault::Refuse(status, "invalid")]);
        let report = world.push(&journal, vec![Course::new(1).item()]).await;
        assert_eq!(outcomes(&report), [Outcome::Rejected; 6]);
        assert_eq!((codes(&report), report.writes), (vec![code; 6], 1));
        let messages: Vec<String> = report.bundles[0]
            .items
            .iter()
            .filter_map(|item| item.finding.as_ref())
            .map(|finding| finding.message.reveal())
            .collect();
        assert!(
            messages
                .iter()
                .all(|message| !message.contains("Testperson") && message.contains("invalid"))
        );
        assert!(messages[3].contains("Bundle.entry[3].resource.code"), "{}", messages[3]);
        assert!(!messages[2].contains("Bundle.entry[3]"), "{}", messages[2]);

        let again = world.push(&journal, vec![Course::new(1).item()]).await;
        assert_eq!(outcomes(&again), [Outcome::Created; 6]);
        world.holds_each_once(&journal, 1).await;
    }
}

#[tokio::test]
async fn one_entry_that_fails_inside_a_success_is_seen() {
    let world = World::new().await;
    let journal = world.journal("a");
    // The server left out the adverse event, and with it what refers to it.
    world.faults.next_transactions([Fault::FailEntry(5, 422)]);
    let report = world.push(&journal, vec![Course::new(1).item()]).await;
    let mut expected = vec![Outcome::Created; 6];
    expected[5] = Outcome::Rejected;
    assert_eq!(outcomes(&report), expected);
    assert_eq!(
        (codes(&report), report.conclusion()),
        (vec!["push-rejected"], Conclusion::Findings)
    );

    let again = world.push(&journal, vec![Course::new(1).item()]).await;
    assert_eq!((again.conclusion(), again.writes), (Conclusion::Complete, 1));
    world.holds_each_once(&journal, 1).await;
}

#[tokio::test]
async fn entries_put_off_inside_a_success_are_sent_again() {
    let world = World::new().await;
    let journal = world.journal("a");
    world
        .faults
        .next_transactions([Fault::FailEntry(5, 429), Fault::FailEntry(0, 503)]);
    let report = world.push(&journal, vec![Course::new(1).item()]).await;
    assert_eq!((report.conclusion(), report.writes), (Conclusion::Complete, 3));
    world.holds_each_once(&journal, 1).await;
}

#[tokio::test]
async fn what_the_server_would_store_twice_waits_for_the_commit_horizon() {
    let world = World::new().await;
    let journal = world.journal("a");
    world.faults.next_transactions([Fault::HangUp]);
    let patient = PushOptions {
        commit_horizon: Duration::from_millis(400),
        ..options()
    };
    let began = std::time::Instant::now();
    let report = world.push_with(&journal, vec![Course::new(1).item()], &patient).await;
    assert_eq!(report.conclusion(), Conclusion::Complete);
    assert!(began.elapsed() >= Duration::from_millis(400));
    world.holds_each_once(&journal, 1).await;
}

#[tokio::test]
async fn a_push_that_is_dropped_on_its_way_is_finished_by_the_next() {
    for delay in [0, 2, 5, 10, 20, 40, 80] {
        let world = World::new().await;
        let journal = world.journal("a");
        let courses = || (1..=4).map(|number| Course::new(number).item()).collect::<Vec<_>>();
        let cut = tokio::time::timeout(Duration::from_millis(delay), world.push(&journal, courses())).await;
        drop(cut);
        drop(journal);
        let journal = world.journal("b");
        let report = world.push(&journal, courses()).await;
        assert_eq!(report.conclusion(), Conclusion::Complete, "{delay} ms: {report:#?}");
        world.holds_each_once(&journal, 4).await;
    }
}

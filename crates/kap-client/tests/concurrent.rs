//! Many bundles at once.

use kap_client::{Conclusion, Outcome};

use crate::course::Course;
use crate::fault::Fault;
use crate::world::World;

#[tokio::test]
async fn a_shared_practitioner_goes_first() {
    let world = World::new().await;
    let journal = world.journal("a");
    let courses = (1..=12).map(|number| Course::new(number).item()).collect();
    let report = world.push(&journal, courses).await;
    assert_eq!((report.conclusion(), report.writes), (Conclusion::Complete, 13));
    assert_eq!(
        (report.count(Outcome::Created), report.count(Outcome::Unchanged)),
        (61, 11)
    );
    assert_eq!(report.bundles[0].items[0].outcome, Outcome::Created);
    let sent = world.faults.sent();
    assert_eq!(sent[0]["entry"].as_array().map(Vec::len), Some(1));
    assert_eq!(sent[0]["meta"]["security"][0]["code"], "R");
    assert!(
        sent[1..]
            .iter()
            .all(|bundle| !bundle.to_string().contains("ifNoneExist\":\"identifier=http://hl7.org"))
    );
    world.holds_each_once(&journal, 12).await;
}

#[tokio::test]
async fn a_shared_practitioner_that_is_refused_spoils_only_its_own_bundles() {
    let world = World::new().await;
    let journal = world.journal("a");
    world
        .faults
        .next_transactions([Fault::Refuse(422, "invalid"), Fault::Refuse(422, "invalid")]);
    let courses = (1..=3).map(|number| Course::new(number).item()).collect();
    let report = world.push(&journal, courses).await;
    assert_eq!(report.bundles[0].conclusion(), Conclusion::Findings);
    assert_eq!(report.bundles[1].conclusion(), Conclusion::Complete);
    assert_eq!(report.bundles[2].conclusion(), Conclusion::Complete);
}

#[tokio::test]
async fn bundles_are_reported_in_their_order() {
    let world = World::new().await;
    let courses = [3, 1, 2].map(|number| Course::new(number).with_practitioner(number).item());
    let report = world.push(&world.journal("a"), courses.to_vec()).await;
    let labels: Vec<&str> = report.bundles.iter().map(|bundle| bundle.label.as_str()).collect();
    assert_eq!(labels, ["course 3", "course 1", "course 2"]);
    assert_eq!(world.counts()["Practitioner"], 3);
}

#[tokio::test]
async fn versions_of_one_record_are_written_in_their_order() {
    let world = World::new().await;
    let journal = world.journal("a");
    let versions = (1..=5).map(|score| Course::new(1).with_score(score).item()).collect();
    let report = world.push(&journal, versions).await;
    assert_eq!(report.conclusion(), Conclusion::Complete, "{report:#?}");
    let last = world.faults.sent().pop().expect("something was sent");
    assert_eq!(last["entry"][0]["resource"]["valueQuantity"]["value"], 5);
    assert_eq!(world.counts()["Observation"], 1);
    assert_eq!(world.verify(&journal).await.conclusion(), Conclusion::Complete);
}

#[tokio::test]
async fn the_same_bundle_handed_over_twice_is_one_push() {
    let world = World::new().await;
    let journal = world.journal("a");
    let report = world
        .push(&journal, vec![Course::new(1).item(), Course::new(1).item()])
        .await;
    assert_eq!((report.bundles.len(), report.writes), (2, 1));
    world.holds_each_once(&journal, 1).await;
}

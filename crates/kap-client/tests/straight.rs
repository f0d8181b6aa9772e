//! Nothing goes wrong.

use kap_client::Outcome::{Created, Unchanged, Updated};
use kap_client::{Conclusion, State};
use serde_json::{Value, json};

use crate::course::{Course, item};
use crate::world::{World, codes, options, outcomes};

#[tokio::test]
async fn a_course_is_pushed_and_read_back() {
    let world = World::new().await;
    let journal = world.journal("a");
    let report = world.push(&journal, vec![Course::new(1).item()]).await;
    assert_eq!(outcomes(&report), [Created; 6]);
    assert_eq!((report.writes, report.requests), (1, 1));
    assert_eq!(report.conclusion(), Conclusion::Complete);
    world.holds_each_once(&journal, 1).await;

    let status = kap_client::status(&journal).expect("the journal works");
    assert_eq!(status.endpoints[0].items[&State::Verified], 6);
    assert_eq!(status.endpoints[0].open_pushes, 0);
}

#[tokio::test]
async fn the_labels_of_the_bundle_are_sent() {
    let world = World::new().await;
    world.push(&world.journal("a"), vec![Course::new(1).item()]).await;
    assert_eq!(world.faults.sent()[0]["meta"], json!({"security": [{"code": "R"}]}));
}

#[tokio::test]
async fn nothing_changed_makes_no_request() {
    let world = World::new().await;
    let journal = world.journal("a");
    world.push(&journal, vec![Course::new(1).item()]).await;
    let again = world.push(&journal, vec![Course::new(1).item()]).await;
    assert_eq!(outcomes(&again), [Unchanged; 6]);
    assert_eq!(again.requests, 0);
}

#[tokio::test]
async fn a_changed_score_writes_that_score_and_a_provenance() {
    let world = World::new().await;
    let journal = world.journal("a");
    world.push(&journal, vec![Course::new(1).item()]).await;
    let report = world.push(&journal, vec![Course::new(1).with_score(9).item()]).await;
    assert_eq!(
        outcomes(&report),
        [Unchanged, Unchanged, Unchanged, Updated, Unchanged, Created]
    );

    let sent = &world.faults.sent()[1];
    let entries = sent["entry"].as_array().expect("entries");
    assert_eq!(entries.len(), 2);
    assert_eq!(entries[0]["request"]["method"], "PUT");
    assert_eq!(entries[0]["request"]["ifMatch"], "W/\"1\"");
    assert_eq!(entries[1]["resource"]["resourceType"], "Provenance");
    let urns = sent.to_string().matches("\"reference\":\"urn:uuid").count();
    assert_eq!(urns, 0, "all that is referred to has an id by now");

    let verified = world.verify(&journal).await;
    assert_eq!(verified.conclusion(), Conclusion::Complete, "{verified:#?}");
    assert_eq!(world.counts()["Provenance"], 2);
    assert_eq!(world.counts()["Observation"], 1);
}

#[tokio::test]
async fn going_back_to_an_earlier_version_is_a_change_too() {
    let world = World::new().await;
    let journal = world.journal("a");
    for score in [12, 9, 12] {
        let report = world
            .push(&journal, vec![Course::new(1).with_score(score).item()])
            .await;
        assert_eq!(report.conclusion(), Conclusion::Complete);
        assert_eq!(report.writes, 1);
    }
    assert_eq!(world.counts()["Provenance"], 3);
    assert_eq!(world.verify(&journal).await.conclusion(), Conclusion::Complete);
}

#[tokio::test]
async fn a_new_resource_is_added_to_what_is_there() {
    let world = World::new().await;
    let journal = world.journal("a");
    let whole = Course::new(1).bundle();
    let mut partial = whole.clone();
    // Without the adverse event, and so without the provenance of it.
    let entries = partial["entry"].as_array_mut().expect("entries");
    entries.truncate(4);
    world.push(&journal, vec![item("course 1", &partial)]).await;
    let report = world.push(&journal, vec![item("course 1", &whole)]).await;
    assert_eq!(
        outcomes(&report),
        [Unchanged, Unchanged, Unchanged, Unchanged, Created, Created]
    );
    world.holds_each_once(&journal, 1).await;
}

#[tokio::test]
async fn an_empty_bundle_is_nothing_to_do() {
    let world = World::new().await;
    let bundle = json!({"resourceType": "Bundle", "type": "transaction"});
    let report = world.push(&world.journal("a"), vec![item("deferred", &bundle)]).await;
    assert_eq!((report.conclusion(), report.requests), (Conclusion::Complete, 0));
}

#[tokio::test]
async fn what_cannot_be_pushed_is_not_taken_in() {
    let world = World::new().await;
    let journal = world.journal("a");
    let whole = Course::new(1).bundle();
    let with = |change: &dyn Fn(&mut Value)| {
        let mut bundle = whole.clone();
        change(&mut bundle);
        item("odd", &bundle)
    };
    let odd = vec![
        item("no bundle", &json!({"resourceType": "Patient"})),
        with(&|bundle| bundle["type"] = "batch".into()),
        with(&|bundle| bundle["entry"][2]["fullUrl"] = "http://clinic.example/Encounter/1".into()),
        with(&|bundle| bundle["entry"][2]["fullUrl"] = bundle["entry"][3]["fullUrl"].clone()),
        with(&|bundle| bundle["entry"][2]["request"]["method"] = "PUT".into()),
        with(&|bundle| bundle["entry"][2]["request"]["ifNoneExist"] = Value::Null),
        with(&|bundle| bundle["entry"][2]["request"]["ifNoneExist"] = "_id=1".into()),
        with(&|bundle| bundle["entry"][4]["resource"]["identifier"] = Value::Null),
        with(&|bundle| bundle["entry"] = 1.into()),
    ];
    let count = odd.len();
    let report = world.push_with(&journal, odd, &options()).await;
    assert_eq!(codes(&report), vec!["bundle-not-pushable"; count]);
    assert_eq!((report.conclusion(), report.requests), (Conclusion::Findings, 0));
}

#[tokio::test]
async fn an_invalid_bundle_is_not_sent() {
    let world = World::new().await;
    let invalid = crate::course::checked_item("invalid", &Course::new(1).bundle(), kap_fhir::Verdict::Invalid);
    let report = world.push(&world.journal("a"), vec![invalid]).await;
    assert_eq!((codes(&report), report.requests), (vec!["bundle-invalid"], 0));
}

//! Who is who on the server.

use kap_client::capability::{Fact, Stated, look};
use kap_client::{Comparison, Conclusion, Outcome, PushOptions, VerifyOptions};
use serde_json::{Value, json};

use crate::course::{Course, KEY_SYSTEM};
use crate::fault::Fault;
use crate::world::{World, codes, options, outcomes};

fn without_new_patients() -> PushOptions {
    PushOptions {
        create_patients: false,
        ..options()
    }
}

async fn store(world: &World, resource: &Value) -> Value {
    let kind = resource["resourceType"].as_str().expect("a type");
    let url = format!("http://{}/fhir/{kind}", world.address);
    let request = reqwest::Client::builder()
        .no_proxy()
        .build()
        .expect("a client")
        .post(url);
    let request = request
        .header("content-type", "application/fhir+json")
        .body(resource.to_string());
    let answer = request
        .send()
        .await
        .expect("the sandbox answers")
        .bytes()
        .await
        .expect("a body");
    serde_json::from_slice(&answer).expect("JSON")
}

async fn replace(world: &World, resource: &Value) {
    let reference = format!(
        "{}/{}",
        resource["resourceType"].as_str().expect("a type"),
        resource["id"].as_str().expect("an id")
    );
    let url = format!("http://{}/fhir/{reference}", world.address);
    let request = reqwest::Client::builder()
        .no_proxy()
        .build()
        .expect("a client")
        .put(url);
    let request = request
        .header("content-type", "application/fhir+json")
        .body(resource.to_string());
    assert!(request.send().await.expect("the sandbox answers").status().is_success());
}

async fn remove(world: &World, reference: &str) {
    let url = format!("http://{}/fhir/{reference}", world.address);
    let request = reqwest::Client::builder()
        .no_proxy()
        .build()
        .expect("a client")
        .delete(url);
    assert!(request.send().await.expect("the sandbox answers").status().is_success());
}

#[tokio::test]
async fn a_known_patient_is_matched() {
    for get_only in [false, true] {
        let world = World::new().await;
        let journal = world.journal("a");
        *world.faults.no_post_search.lock().expect("not poisoned") = get_only;
        store(&world, &Course::new(1).patient()).await;
        let report = world
            .push_with(&journal, vec![Course::new(1).item()], &without_new_patients())
            .await;
        assert_eq!(outcomes(&report)[1], Outcome::Matched);
        assert_eq!(report.conclusion(), Conclusion::Complete);
        world.holds_each_once(&journal, 1).await;
        let addresses = world.faults.addresses.lock().expect("not poisoned").join(" ");
        assert_eq!(
            addresses.contains("HTEST"),
            get_only,
            "identifiers stand in addresses only if there is no other way"
        );
    }
}

#[tokio::test]
async fn an_unknown_patient_is_not_created_unasked() {
    let world = World::new().await;
    let journal = world.journal("a");
    let report = world
        .push_with(&journal, vec![Course::new(1).item()], &without_new_patients())
        .await;
    assert_eq!(outcomes(&report), [Outcome::Rejected; 6]);
    assert_eq!((codes(&report), report.writes), (vec!["patient-not-found"; 6], 0));
    assert_eq!(report.conclusion(), Conclusion::Findings);
    assert!(world.counts().is_empty());

    store(&world, &Course::new(1).patient()).await;
    let report = world
        .push_with(&journal, vec![Course::new(1).item()], &without_new_patients())
        .await;
    assert_eq!(report.conclusion(), Conclusion::Complete);
    world.holds_each_once(&journal, 1).await;
}

#[tokio::test]
async fn a_patient_who_is_there_twice_goes_to_a_person() {
    let world = World::new().await;
    let journal = world.journal("a");
    store(&world, &Course::new(1).patient()).await;
    let second = store(&world, &Course::new(1).patient()).await;
    for options in [without_new_patients(), options()] {
        let report = world.push_with(&journal, vec![Course::new(1).item()], &options).await;
        assert_eq!(outcomes(&report)[1], Outcome::NeedsReview, "{report:#?}");
        assert!(codes(&report).contains(&"identity-ambiguous"));
        assert_eq!(report.conclusion(), Conclusion::NeedsPerson);
    }
    assert_eq!(world.counts().get("Encounter"), None);

    remove(&world, &format!("Patient/{}", second["id"].as_str().expect("an id"))).await;
    let report = world
        .push_with(&journal, vec![Course::new(1).item()], &without_new_patients())
        .await;
    assert_eq!(report.conclusion(), Conclusion::Complete, "{report:#?}");
    world.holds_each_once(&journal, 1).await;
}

#[tokio::test]
async fn a_key_that_is_there_twice_goes_to_a_person() {
    let world = World::new().await;
    let journal = world.journal("a");
    let score = json!({"resourceType": "Observation", "identifier": [{"system": KEY_SYSTEM, "value": Course::new(1).score_key()}]});
    store(&world, &score).await;
    store(&world, &score).await;
    let report = world.push(&journal, vec![Course::new(1).item()]).await;
    assert_eq!(outcomes(&report)[3], Outcome::NeedsReview, "{report:#?}");
    assert_eq!(report.conclusion(), Conclusion::NeedsPerson);
    assert_eq!(world.counts()["Observation"], 2);
}

#[tokio::test]
async fn another_content_under_our_key_is_not_overwritten() {
    let world = World::new().await;
    let journal = world.journal("a");
    let score = json!({"resourceType": "Observation", "identifier": [{"system": KEY_SYSTEM, "value": Course::new(1).score_key()}], "status": "amended"});
    store(&world, &score).await;
    let report = world.push(&journal, vec![Course::new(1).item()]).await;
    assert_eq!(outcomes(&report)[3], Outcome::Diverged, "{report:#?}");
    assert_eq!(
        (codes(&report), report.conclusion()),
        (vec!["identity-not-ours"], Conclusion::NeedsPerson)
    );
    let again = world.push(&journal, vec![Course::new(1).with_score(9).item()]).await;
    assert_eq!(outcomes(&again)[3], Outcome::Diverged);
    let verified = world.verify(&journal).await;
    assert_eq!(verified.count(Comparison::Diverged), 1);
}

#[tokio::test]
async fn with_a_new_journal_everything_is_found_again() {
    let world = World::new().await;
    world.push(&world.journal("a"), vec![Course::new(1).item()]).await;
    for companion in ["", "-wal", "-shm"] {
        let mut path = world.journal_path().into_os_string();
        path.push(companion);
        _ = std::fs::remove_file(path);
    }
    let mut bundle = Course::new(1).bundle();
    // What is made once per push, and what no server can match, would be new with a new journal.
    bundle["entry"].as_array_mut().expect("entries").truncate(4);
    let journal = world.journal("a");
    let report = world
        .push(&journal, vec![crate::course::item("course 1", &bundle)])
        .await;
    assert_eq!(outcomes(&report), [Outcome::Matched; 4]);
    assert_eq!(world.verify(&journal).await.count(Comparison::Verified), 4);
}

#[tokio::test]
async fn a_server_that_keeps_neither_labels_nor_identifiers_is_found_out() {
    let world = World::new().await;
    let journal = world.journal("a");
    let mut bundle = Course::new(1).bundle();
    let mut score = bundle["entry"][3]["resource"].clone();
    score["meta"]["security"] =
        json!([{"system": "http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "code": "R"}]);
    bundle["entry"][3]["resource"] = score.clone();
    let report = world
        .push(&journal, vec![crate::course::item("course 1", &bundle)])
        .await;
    let (client, everything) = (world.client(), VerifyOptions::default());
    let stored = kap_client::verify(&client, &journal, &everything, &())
        .await
        .expect("a report");
    assert_eq!(stored.conclusion(), Conclusion::Complete, "{stored:#?}");

    // What the server keeps: all but labels and identifier. The patient's id stands in its reference.
    let id = |at: usize| report.bundles[0].items[at].server_id.clone().expect("stored");
    let members = score.as_object_mut().expect("an object");
    members.remove("meta");
    members.remove("identifier");
    members.insert("id".to_owned(), json!(id(3)));
    let text = score.to_string();
    let known = report.bundles[0]
        .items
        .iter()
        .map(|item| (item, item.server_id.clone().expect("stored")));
    let text = known.fold(text, |text, (item, id)| {
        text.replace(
            &format!("urn:uuid:{}", item.key),
            &format!("{}/{id}", item.resource_type),
        )
    });
    replace(&world, &serde_json::from_str(&text).expect("JSON")).await;

    let verified = kap_client::verify(&client, &journal, &everything, &())
        .await
        .expect("a report");
    assert_eq!(
        (verified.count(Comparison::Unlabelled), verified.conclusion()),
        (1, Conclusion::Findings),
        "{verified:#?}"
    );
    let findings: Vec<&str> = verified
        .items
        .iter()
        .filter_map(|item| Some(item.finding.as_ref()?.code))
        .collect();
    assert_eq!(findings, ["verify-unlabelled"]);
    let look = look(&client, &journal, &Stated::default()).await.expect("a statement");
    assert!(look.capabilities.denies(Fact::KeepsLabels));
    let keeps = look.capabilities.of_type("Observation", Fact::KeepsIdentifier);
    assert_eq!((keeps.value, keeps.origin.as_str()), (false, "learned"));

    let allowed = VerifyOptions {
        may_drop_labels: vec!["R".to_owned()],
        ..everything
    };
    let verified = kap_client::verify(&client, &journal, &allowed, &())
        .await
        .expect("a report");
    assert_eq!(verified.conclusion(), Conclusion::Complete, "{verified:#?}");
}

#[tokio::test]
async fn a_copy_that_somebody_made_is_reported() {
    let world = World::new().await;
    let journal = world.journal("a");
    let report = world
        .push(&journal, vec![Course::new(1).item(), Course::new(2).item()])
        .await;
    let id = report.bundles[1].items[3].server_id.clone().expect("stored");
    let score = json!({"resourceType": "Observation", "identifier": [{"system": KEY_SYSTEM, "value": Course::new(2).score_key()}], "status": "final"});
    store(&world, &score).await;
    let verified = world.verify(&journal).await;
    let doubled: Vec<&str> = verified
        .items
        .iter()
        .filter(|item| item.comparison == Comparison::Doubled)
        .map(|item| item.server_id.as_str())
        .collect();
    assert_eq!(
        (doubled, verified.conclusion()),
        (vec![id.as_str()], Conclusion::NeedsPerson)
    );
    assert_eq!(verified.count(Comparison::Verified) + 1, verified.items.len());
}

#[tokio::test]
async fn a_resource_that_somebody_changed_is_not_overwritten() {
    let world = World::new().await;
    let journal = world.journal("a");
    let report = world.push(&journal, vec![Course::new(1).item()]).await;
    let id = report.bundles[0].items[3].server_id.clone().expect("stored");
    replace(
        &world,
        &json!({"resourceType": "Observation", "id": id, "status": "corrected"}),
    )
    .await;

    let verified = world.verify(&journal).await;
    assert_eq!(
        (
            verified.count(Comparison::Diverged),
            verified.count(Comparison::Verified)
        ),
        (1, 5)
    );
    let finding = verified
        .items
        .iter()
        .find_map(|item| item.finding.as_ref())
        .expect("a finding");
    assert_eq!(finding.code, "verify-diverged");
    assert!(
        finding.message.reveal().contains("Observation.status was changed"),
        "{}",
        finding.message
    );

    let again = world.push(&journal, vec![Course::new(1).item()]).await;
    assert_eq!((again.requests, outcomes(&again)[3]), (0, Outcome::Diverged));
    let changed = world.push(&journal, vec![Course::new(1).with_score(9).item()]).await;
    assert_eq!(outcomes(&changed)[3], Outcome::NeedsReview, "{changed:#?}");
    assert!(codes(&changed).contains(&"update-conflict"));
    assert_eq!(changed.conclusion(), Conclusion::NeedsPerson);
}

#[tokio::test]
async fn a_resource_that_is_gone_is_reported_missing() {
    let world = World::new().await;
    let journal = world.journal("a");
    let report = world.push(&journal, vec![Course::new(1).item()]).await;
    let id = report.bundles[0].items[5].server_id.clone().expect("stored");
    remove(&world, &format!("Provenance/{id}")).await;
    let verified = world.verify(&journal).await;
    assert_eq!(
        (verified.count(Comparison::Missing), verified.conclusion()),
        (1, Conclusion::Findings)
    );
    let finding = verified.items.iter().find_map(|item| item.finding.as_ref());
    assert_eq!(finding.map(|finding| finding.code), Some("verify-missing"));
}

#[tokio::test]
async fn what_refers_to_a_refused_resource_is_not_sent() {
    let world = World::new().await;
    let journal = world.journal("a");
    // The adverse event is refused inside a success; what refers to it is put off, and then has nothing to refer to.
    world.faults.next_transactions([Fault::FailEntry(5, 429)]);
    let mut bundle = Course::new(1).bundle();
    bundle["entry"][5]["resource"]["target"][2]["reference"] = "urn:uuid:00000000-0000-5000-8000-000000000000".into();
    let report = world
        .push(&journal, vec![crate::course::item("dangling", &bundle)])
        .await;
    assert_eq!(outcomes(&report)[5], Outcome::Rejected);
    assert_eq!(codes(&report), ["push-blocked"]);
}

#[tokio::test]
async fn a_server_that_answers_with_everyone_matches_nobody() {
    let world = World::new().await;
    let journal = world.journal("a");
    store(&world, &Course::new(7).patient()).await;
    let everyone = json!({"resourceType": "Bundle", "type": "searchset", "entry": [
        {"resource": {"resourceType": "Patient", "id": "1", "identifier": [{"system": "https://clinic.example/mrn", "value": "HTEST-7"}]}, "search": {"mode": "match"}},
        {"resource": {"resourceType": "OperationOutcome"}, "search": {"mode": "outcome"}},
    ]});
    world.faults.next_reads([Fault::Answer(everyone)]);
    let report = world
        .push_with(&journal, vec![Course::new(1).item()], &without_new_patients())
        .await;
    assert_eq!(codes(&report), ["patient-not-found"; 6]);
}

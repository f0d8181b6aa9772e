//! Servers that do not offer everything: small bundles, batches, single requests, and each rung of the identity ladder.

use std::time::Duration;

use kap_client::Outcome::{Created, Matched, NeedsReview, Rejected, Unchanged, Updated};
use kap_client::capability::{Fact, Override, Stated, Value, look};
use kap_client::{Conclusion, Item, Journal, Outcome, PlanStep, PlannedBundle, PushOptions, PushReport};
use proptest::prelude::*;
use serde_json::json;

use crate::course::{Course, TYPES, item};
use crate::fault::Fault;
use crate::world::{World, codes, options, outcomes};

/// What a server lacks or has, against what the sandbox states: `server.FACT`, or `FACT` for each type.
#[derive(Clone, Copy, Debug)]
struct Way {
    server: &'static [(&'static str, bool)],
    limit: Option<u64>,
    each: &'static [(&'static str, bool)],
}

const SMALL_TRANSACTIONS: Way = Way {
    server: &[],
    limit: Some(3),
    each: &[],
};

const BATCH: Way = Way {
    server: &[("transaction", false)],
    limit: None,
    each: &[],
};

const SINGLES: &[(&str, bool)] = &[("transaction", false), ("batch", false)];

const OWN_ID: Way = Way {
    server: SINGLES,
    limit: None,
    each: &[],
};

const CONDITIONAL: Way = Way {
    server: SINGLES,
    limit: None,
    each: &[("update-create", false), ("keeps-identifier", true)],
};

const CONDITIONAL_UPDATE: Way = Way {
    server: SINGLES,
    limit: None,
    each: &[
        ("update-create", false),
        ("conditional-create", false),
        ("keeps-identifier", true),
    ],
};

const SEARCH_FIRST: Way = Way {
    server: SINGLES,
    limit: None,
    each: &[
        ("update-create", false),
        ("conditional-create", false),
        ("conditional-update", false),
        ("keeps-identifier", true),
    ],
};

const ALL: [Way; 6] = [
    SMALL_TRANSACTIONS,
    BATCH,
    OWN_ID,
    CONDITIONAL,
    CONDITIONAL_UPDATE,
    SEARCH_FIRST,
];

impl Way {
    fn options(self) -> Stated {
        self.with(&[])
    }

    fn with(self, more: &[(&str, bool)]) -> Stated {
        let mut lines: Vec<(String, Value)> = Vec::new();
        lines.extend(
            self.server
                .iter()
                .map(|(fact, flag)| (format!("server.{fact}"), Value::Flag(*flag))),
        );
        lines.extend(
            self.limit
                .map(|limit| ("server.max-entries".to_owned(), Value::Number(limit))),
        );
        for name in TYPES {
            lines.extend(
                self.each
                    .iter()
                    .map(|(fact, flag)| (format!("{name}.{fact}"), Value::Flag(*flag))),
            );
        }
        lines.extend(more.iter().map(|(name, flag)| ((*name).to_owned(), Value::Flag(*flag))));
        let overrides = lines
            .into_iter()
            .map(|(name, value)| Override::of_name(&name, value).expect("there is such a fact"));
        Stated {
            vendor: None,
            overrides: overrides.collect(),
        }
    }

    async fn world(self) -> World {
        let world = World::new().await;
        *world.faults.no_bundles.lock().expect("not poisoned") = self.server.len() == SINGLES.len();
        world
    }
}

async fn push(world: &World, journal: &Journal, items: Vec<Item>, stated: &Stated) -> PushReport {
    let look = look(&world.client(), journal, stated)
        .await
        .expect("the sandbox has a statement");
    let options = PushOptions {
        capabilities: Some(look.capabilities),
        ..options()
    };
    world.push_with(journal, items, &options).await
}

/// What a push of `items` would do.
async fn planned(world: &World, journal: &Journal, items: &[Item], stated: &Stated) -> Vec<PlannedBundle> {
    let look = look(&world.client(), journal, stated)
        .await
        .expect("the sandbox has a statement");
    let options = PushOptions {
        capabilities: Some(look.capabilities),
        ..options()
    };
    let forecast = || kap_client::forecast("clinic", Some(journal), items, &options);
    let planned = forecast().await.expect("the journal can be read");
    assert_eq!(
        forecast().await.expect("the journal can be read"),
        planned,
        "the same plan each time"
    );
    planned
}

#[tokio::test]
async fn a_push_does_what_was_planned() {
    for way in ALL {
        let world = way.world().await;
        let journal = world.journal("a");
        let plan = planned(&world, &journal, &[Course::new(1).item()], &way.options()).await;
        let requests = plan[0].requests.len() as u64;
        let report = push(&world, &journal, vec![Course::new(1).item()], &way.options()).await;
        assert_eq!(
            (report.writes, report.conclusion()),
            (requests, Conclusion::Complete),
            "{way:?} {plan:#?}"
        );
        let steps: Vec<PlanStep> = plan[0].items.iter().map(|item| item.step).collect();
        assert!(steps.iter().all(|step| *step == PlanStep::Create), "{way:?} {steps:?}");

        let again = planned(&world, &journal, &[Course::new(1).item()], &way.options()).await;
        assert!(again[0].requests.is_empty(), "{way:?} {again:#?}");
        assert!(
            again[0].items.iter().all(|item| item.step == PlanStep::Skip),
            "{way:?} {again:#?}"
        );

        let changed = planned(&world, &journal, &[Course::new(1).with_score(9).item()], &way.options()).await;
        let updates = changed[0]
            .items
            .iter()
            .filter(|item| item.step == PlanStep::Update)
            .count();
        assert_eq!(updates, 1, "{way:?} {changed:#?}");
    }
}

#[tokio::test]
async fn a_bundle_that_is_too_large_is_cut_and_the_limit_is_kept() {
    let world = World::new().await;
    let journal = world.journal("a");
    world.faults.next_transactions([Fault::Refuse(413, "too-costly")]);
    let nothing = Stated::default();
    let report = push(&world, &journal, vec![Course::new(1).item()], &nothing).await;
    assert_eq!(report.conclusion(), Conclusion::Complete, "{report:#?}");
    assert_eq!(report.writes, 3, "one refused, two with three entries each");
    world.holds_each_once(&journal, 1).await;
    let look = look(&world.client(), &journal, &nothing).await.expect("a statement");
    let limit = look.capabilities.limit(Fact::MaxEntries).expect("it was learned");
    assert_eq!((limit.value, limit.origin.as_str()), (3, "learned"));
}

#[tokio::test]
async fn a_server_that_refuses_transactions_after_all_is_written_to_in_another_way() {
    for status in [405, 501] {
        let world = World::new().await;
        let journal = world.journal("a");
        world.faults.next_transactions([Fault::Refuse(status, "not-supported")]);
        let report = push(&world, &journal, courses(), &Stated::default()).await;
        assert_eq!(report.conclusion(), Conclusion::Complete, "{status} {report:#?}");
        world.holds_each_once(&journal, 3).await;
        let look = look(&world.client(), &journal, &Stated::default())
            .await
            .expect("a statement");
        assert!(look.capabilities.denies(Fact::Transaction), "{status}");
    }
}

#[tokio::test]
async fn a_plan_names_what_is_blocked_and_why() {
    let world = World::new().await;
    let journal = world.journal("a");
    let lacking = OWN_ID.with(&[
        ("Encounter.create", false),
        ("Encounter.update-create", false),
        ("Encounter.conditional-update", false),
    ]);
    let plan = planned(&world, &journal, &[Course::new(1).item()], &lacking).await;
    let of = |step| plan[0].items.iter().filter(move |item| item.step == step);
    let blocked: Vec<&str> = of(PlanStep::Blocked).map(|item| item.why).collect();
    assert!(blocked.contains(&"cannot be written to this server"), "{plan:#?}");
    assert!(of(PlanStep::Blocked).all(|item| item.request.is_none()), "{plan:#?}");
    assert!(of(PlanStep::Create).all(|item| item.request.is_some()), "{plan:#?}");
    let report = push(&world, &journal, vec![Course::new(1).item()], &lacking).await;
    assert_eq!(report.count(Rejected), of(PlanStep::Blocked).count(), "{plan:#?}");
}

fn courses() -> Vec<kap_client::Item> {
    (1..=3).map(|number| Course::new(number).item()).collect()
}

#[tokio::test]
async fn every_way_stores_each_once_and_writes_nothing_twice() {
    for way in ALL {
        let world = way.world().await;
        let journal = world.journal("a");
        let report = push(&world, &journal, courses(), &way.options()).await;
        assert_eq!(report.conclusion(), Conclusion::Complete, "{way:?} {report:#?}");
        world.holds_each_once(&journal, 3).await;
        let again = push(&world, &journal, courses(), &way.options()).await;
        assert_eq!((again.writes, again.requests), (0, 0), "{way:?}");
    }
}

#[tokio::test]
async fn every_way_changes_only_what_changed() {
    for way in ALL {
        let world = way.world().await;
        let journal = world.journal("a");
        push(&world, &journal, vec![Course::new(1).item()], &way.options()).await;
        let changed = vec![Course::new(1).with_score(9).item()];
        let report = push(&world, &journal, changed, &way.options()).await;
        assert_eq!(
            outcomes(&report),
            [Unchanged, Unchanged, Unchanged, Updated, Unchanged, Created],
            "{way:?} {report:#?}"
        );
    }
}

#[tokio::test]
async fn a_lost_journal_doubles_nothing_that_can_be_found() {
    for way in ALL {
        let world = way.world().await;
        push(&world, &world.journal("a"), vec![Course::new(1).item()], &way.options()).await;
        std::fs::remove_file(world.journal_path()).expect("the journal is there");
        let journal = world.journal("b");
        let report = push(&world, &journal, vec![Course::new(1).item()], &way.options()).await;
        let counts = world.counts();
        for name in ["Practitioner", "Patient", "Encounter", "Observation", "AdverseEvent"] {
            assert_eq!(counts[name], 1, "{way:?} {name} {report:#?}");
        }
    }
}

#[tokio::test]
async fn bundles_stay_within_the_limit() {
    let world = World::new().await;
    let journal = world.journal("a");
    push(&world, &journal, courses(), &SMALL_TRANSACTIONS.options()).await;
    let sent = world.faults.sent();
    let sizes: Vec<usize> = sent
        .iter()
        .map(|bundle| bundle["entry"].as_array().map_or(0, Vec::len))
        .collect();
    assert!(sizes.iter().all(|size| (1..=3).contains(size)), "{sizes:?}");
}

#[tokio::test]
async fn what_the_server_does_not_take_is_said_and_so_is_what_refers_to_it() {
    let world = OWN_ID.world().await;
    let journal = world.journal("a");
    let lacking = OWN_ID.with(&[
        ("Encounter.create", false),
        ("Encounter.update-create", false),
        ("Encounter.conditional-update", false),
    ]);
    let report = push(&world, &journal, vec![Course::new(1).item()], &lacking).await;
    assert_eq!(
        outcomes(&report),
        [Created, Created, Rejected, Rejected, Created, Rejected],
        "{report:#?}"
    );
    assert_eq!(codes(&report), ["push-unsupported", "push-blocked", "push-blocked"]);
}

#[tokio::test]
async fn a_circle_needs_a_transaction() {
    for (way, conclusion) in [
        (BATCH, Conclusion::Findings),
        (OWN_ID, Conclusion::Findings),
        (SMALL_TRANSACTIONS, Conclusion::Complete),
    ] {
        let world = way.world().await;
        let mut bundle = Course::new(1).bundle();
        let encounter = bundle["entry"][2]["fullUrl"].clone();
        let score = bundle["entry"][3]["fullUrl"].clone();
        assert_eq!(bundle["entry"][3]["resource"]["encounter"]["reference"], encounter);
        bundle["entry"][2]["resource"]["reasonReference"] = json!([{"reference": score}]);
        let report = push(
            &world,
            &world.journal("a"),
            vec![item("circle", &bundle)],
            &way.options(),
        )
        .await;
        assert_eq!(report.conclusion(), conclusion, "{way:?} {report:#?}");
    }
}

/// Found only among the patient's own, by what it says.
const NATURAL: &[(&str, bool)] = &[
    ("Observation.update-create", false),
    ("Observation.conditional-create", false),
    ("Observation.conditional-update", false),
    ("Observation.search-identifier", false),
];

fn answer_lost_at_the_score() -> [Fault; 5] {
    use Fault::{LoseAnswer, Pass};
    [Pass, Pass, Pass, Pass, LoseAnswer]
}

#[tokio::test]
async fn without_an_identifier_it_is_recognised_by_what_it_says() {
    let timed = |number| {
        let mut bundle = Course::new(number).bundle();
        bundle["entry"][3]["resource"]["effectiveDateTime"] = "2026-01-01T10:00:00Z".into();
        vec![item("timed", &bundle)]
    };
    let world = OWN_ID.world().await;
    let journal = world.journal("a");
    // Practitioner and patient, then encounter and adverse event go well; then the score is stored, and its answer lost.
    world.faults.next_singles(answer_lost_at_the_score());
    let report = push(&world, &journal, timed(1), &OWN_ID.with(NATURAL)).await;
    assert_eq!(report.conclusion(), Conclusion::Complete, "{report:#?}");
    assert_eq!(world.counts()["Observation"], 1);

    std::fs::remove_file(world.journal_path()).expect("the journal is there");
    let report = push(&world, &world.journal("b"), timed(1), &OWN_ID.with(NATURAL)).await;
    assert_eq!(outcomes(&report)[3], Matched, "{report:#?}");
    assert_eq!(world.counts()["Observation"], 1);
}

#[tokio::test]
async fn what_says_too_little_of_itself_waits_for_a_person_after_one_try() {
    let world = OWN_ID.world().await;
    let journal = world.journal("a");
    world.faults.next_singles(answer_lost_at_the_score());
    let report = push(&world, &journal, vec![Course::new(1).item()], &OWN_ID.with(NATURAL)).await;
    let lost: Vec<Outcome> = outcomes(&report)
        .into_iter()
        .filter(|outcome| *outcome == NeedsReview)
        .collect();
    assert_eq!(
        (lost.len(), report.conclusion()),
        (1, Conclusion::NeedsPerson),
        "{report:#?}"
    );
    let again = push(&world, &journal, vec![Course::new(1).item()], &OWN_ID.with(NATURAL)).await;
    assert_eq!(again.writes, 0, "nothing is sent again");
    assert!(world.counts()["Observation"] + world.counts()["AdverseEvent"] <= 2);
}

fn fault() -> impl Strategy<Value = Fault> {
    prop_oneof![
        Just(Fault::Pass),
        Just(Fault::LoseAnswer),
        Just(Fault::TimeoutAfterCommit),
        Just(Fault::HangUp),
        Just(Fault::Garble),
        prop::sample::select(vec![408, 409, 429, 500, 502, 503, 504])
            .prop_map(|status| Fault::Refuse(status, "transient")),
    ]
}

fn runs() -> impl Strategy<Value = (Way, Vec<(Vec<Fault>, u64)>)> {
    let run = (prop::collection::vec(fault(), 0..8), 0_u64..120);
    (prop::sample::select(ALL.to_vec()), prop::collection::vec(run, 1..4))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn each_key_is_there_once_whatever_goes_wrong((way, runs) in runs()) {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let world = way.world().await;
            for (index, (faults, cut)) in runs.into_iter().enumerate() {
                world.faults.next_transactions(faults.clone());
                world.faults.next_singles(faults);
                let journal = world.journal(&format!("run {index}"));
                _ = tokio::time::timeout(Duration::from_millis(cut), push(&world, &journal, courses(), &way.options())).await;
            }
            world.faults.clear();
            let journal = world.journal("last");
            let report = push(&world, &journal, courses(), &way.options()).await;
            assert_eq!(report.conclusion(), Conclusion::Complete, "{way:?} {report:#?}");
            world.holds_each_once(&journal, 3).await;
        });
    }
}

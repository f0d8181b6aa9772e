//! Any faults in any order, with the process cut off at any time: afterwards each key is there exactly once.

use std::time::Duration;

use kap_client::Conclusion;
use proptest::prelude::*;

use crate::course::Course;
use crate::fault::Fault;
use crate::world::World;

fn fault() -> impl Strategy<Value = Fault> {
    prop_oneof![
        Just(Fault::Pass),
        Just(Fault::LoseAnswer),
        Just(Fault::TimeoutAfterCommit),
        Just(Fault::HangUp),
        Just(Fault::DropLastAnswer),
        Just(Fault::Garble),
        Just(Fault::NoLocations),
        prop::sample::select(vec![408, 409, 429, 500, 502, 503, 504])
            .prop_map(|status| Fault::Refuse(status, "transient")),
    ]
}

fn runs() -> impl Strategy<Value = Vec<(Vec<Fault>, Vec<Fault>, u64)>> {
    let reads = prop::collection::vec(
        prop_oneof![Just(Fault::Pass), Just(Fault::Refuse(503, "transient"))],
        0..8,
    );
    let run = (prop::collection::vec(fault(), 0..5), reads, 0_u64..60);
    prop::collection::vec(run, 1..4)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn each_key_is_there_once(runs in runs()) {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let world = World::new().await;
            let courses = || (1..=3).map(|number| Course::new(number).item()).collect::<Vec<_>>();
            for (index, (transactions, reads, cut)) in runs.into_iter().enumerate() {
                world.faults.next_transactions(transactions);
                world.faults.next_reads(reads);
                let journal = world.journal(&format!("run {index}"));
                _ = tokio::time::timeout(Duration::from_millis(cut), world.push(&journal, courses())).await;
            }
            world.faults.clear();
            let journal = world.journal("last");
            let report = world.push(&journal, courses()).await;
            assert_eq!(report.conclusion(), Conclusion::Complete, "{report:#?}");
            world.holds_each_once(&journal, 3).await;
        });
    }
}

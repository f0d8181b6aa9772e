//! Plans: what is compiled, what is refused.

use std::time::{Duration, Instant};

use kap_validate::{Error, Plan, PlanSet};
use sha2::Digest;

use crate::support::{test_plan, with_plans};

#[test]
fn the_embedded_plan_is_intact_and_small() {
    let bytes = Plan::r4().as_bytes();
    assert!(bytes.len() <= 4 << 20, "{} bytes", bytes.len());
    let copy = Plan::from_bytes(bytes.to_vec()).expect("the embedded plan is intact");
    assert_eq!(copy.label(), "hl7.fhir.r4.core#4.0.1");
}

#[test]
fn the_embedded_plan_is_at_hand_at_once() {
    let started = Instant::now();
    for _ in 0..100 {
        assert_eq!(PlanSet::new(&[Plan::r4()]).packages(), ["hl7.fhir.r4.core#4.0.1"]);
    }
    // Reading it in place takes microseconds; a copy or an index would take milliseconds each time.
    assert!(
        started.elapsed() < Duration::from_millis(100),
        "{:?}",
        started.elapsed()
    );
}

#[test]
fn compiling_twice_gives_the_same_bytes() {
    assert_eq!(test_plan().as_bytes(), test_plan().as_bytes());
}

#[test]
fn foreign_old_and_damaged_plans_are_refused() {
    let good = test_plan().as_bytes().to_vec();
    assert!(matches!(Plan::from_bytes(Vec::new()), Err(Error::NotAPlan)));
    assert!(matches!(Plan::from_bytes(vec![0; 4096]), Err(Error::NotAPlan)));
    assert!(matches!(
        Plan::from_bytes(good[..good.len() - 1].to_vec()),
        Err(Error::PlanDamaged)
    ));

    let mut altered = good.clone();
    *altered.last_mut().expect("a plan has bytes") ^= 1;
    assert!(matches!(Plan::from_bytes(altered), Err(Error::PlanDamaged)));

    let mut old = good;
    old[8] = 0xff;
    assert!(matches!(Plan::from_bytes(old), Err(Error::PlanFormat { .. })));
}

#[test]
fn a_profile_as_text() {
    with_plans(|plans| {
        let dump = plans
            .dump("http://example.org/fhir/StructureDefinition/survey-score")
            .expect("it is loaded");
        insta::assert_snapshot!(dump);
    });
}

#[test]
fn a_base_type_as_text() {
    let plans = PlanSet::new(&[Plan::r4()]);
    let dump = plans
        .dump("http://hl7.org/fhir/StructureDefinition/MedicationAdministration")
        .expect("it is loaded");
    insta::assert_snapshot!(dump);
}

#[test]
fn the_embedded_plan_is_the_one_whose_sources_are_recorded() {
    let sources = include_str!("../definitions/SOURCE.toml");
    let recorded = sources
        .lines()
        .find_map(|line| line.strip_prefix("sha256 = "))
        .expect("a checksum is recorded");
    let actual = hex::encode(sha2::Sha256::digest(Plan::r4().as_bytes()));
    assert_eq!(recorded.trim_matches('"'), actual);
}

#[test]
fn a_set_is_shared_across_threads() {
    fn shared<T: Send + Sync>(_: &T) {}
    with_plans(|plans| {
        shared(plans);
        std::thread::scope(|scope| {
            let dumps: Vec<_> = (0..2)
                .map(|_| scope.spawn(|| plans.dump("http://hl7.org/fhir/StructureDefinition/Patient")))
                .collect();
            for dump in dumps {
                assert!(dump.join().expect("no panic").is_some());
            }
        });
    });
}

//! The definitions that documents are checked against.

use std::sync::LazyLock;

use kap_validate::{Plan, PlanSet};

static GUIDE: LazyLock<Plan> =
    LazyLock::new(|| Plan::from_bytes(kap_profiles::plan()).expect("the embedded guide is readable"));

/// FHIR R4 and the KAP guide.
pub static PLANS: LazyLock<PlanSet<'static>> = LazyLock::new(|| PlanSet::new(&[Plan::r4(), &GUIDE]));

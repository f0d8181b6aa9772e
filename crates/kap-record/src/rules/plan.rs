//! Goals and plans.

use super::{Facts, Findings, each, held};
use crate::codes;
use crate::model::goal::{Goal, OutcomeDomain};
use crate::model::plan::{BoosterRule, BoosterTrigger, Plan, PlanType};

pub(super) fn judge(facts: &Facts<'_>, findings: &mut Findings<'_>) {
    for (at, goal) in held("/goals", &facts.record.goals) {
        growth(&at, goal, findings);
        targets(&at, goal, findings);
    }
    for (at, plan) in held("/plans", &facts.record.plans) {
        part_of(facts, &at, plan, findings);
        for (at, rule) in each(&format!("{at}/boosterRules"), &plan.booster_rules) {
            booster(&at, rule, findings);
        }
    }
}

fn growth(at: &str, goal: &Goal, findings: &mut Findings<'_>) {
    let in_domain = goal.domain == OutcomeDomain::Growth;
    if in_domain && goal.growth.is_none() && findings.kept.is_whole(at) {
        findings.report(
            &codes::GOAL_GROWTH,
            at,
            "the domain is `growth`, but which growth is not said",
        );
    }
    if !in_domain && goal.growth.is_some() {
        findings.report(
            &codes::GOAL_GROWTH,
            &format!("{at}/growth"),
            "the domain is not `growth`",
        );
    }
}

fn targets(at: &str, goal: &Goal, findings: &mut Findings<'_>) {
    for (at, target) in each(&format!("{at}/targets"), &goal.targets) {
        if target.score.is_some() == target.growth.is_some() && findings.kept.is_whole(&at) {
            findings.report(
                &codes::GOAL_TARGET,
                &at,
                "a target names either a `score` or a `growth`",
            );
        }
    }
}

fn part_of(facts: &Facts<'_>, at: &str, plan: &Plan, findings: &mut Findings<'_>) {
    if plan.plan_type == PlanType::Kap && plan.part_of_id.is_none() && findings.kept.is_whole(at) {
        findings.report(
            &codes::PLAN_STANDALONE,
            at,
            "the KAP plan is not part of a larger treatment plan",
        );
    }
    let parent = |plan: &Plan| {
        facts
            .record
            .plans
            .iter()
            .find(|other| Some(&other.id) == plan.part_of_id.as_ref())
    };
    // As many steps as there are plans are enough to come back to the start.
    let ancestors = std::iter::successors(parent(plan), |plan| parent(plan)).take(facts.record.plans.len());
    if ancestors.into_iter().any(|ancestor| ancestor.id == plan.id) {
        findings.report(
            &codes::PLAN_PART_OF,
            &format!("{at}/partOfId"),
            "this leads back to the plan itself",
        );
    }
}

fn booster(at: &str, rule: &BoosterRule, findings: &mut Findings<'_>) {
    if !findings.kept.is_whole(at) {
        return;
    }
    let lacking = match rule.trigger {
        BoosterTrigger::ScoreRise if rule.score.is_none() => "the trigger `score-rise` needs `score`",
        BoosterTrigger::ScoreRise if rule.rise.is_none() => "the trigger `score-rise` needs `rise`",
        BoosterTrigger::FixedInterval if rule.interval.is_none() => "the trigger `fixed-interval` needs `interval`",
        _ => return,
    };
    findings.report(&codes::BOOSTER_RULE, at, lacking);
}

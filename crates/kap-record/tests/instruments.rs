//! Instruments are described completely and scored as published.

use kap_record::instruments::{
    Band, InstrumentCode, ScoreCode, ScoringMethod, audit_c_is_positive, band, pcl5_meets_symptom_rule, score,
};
use kap_record::model::assessment::Answer;
use kap_record::model::patient::AdministrativeGender;
use serde_json::json;

fn answers(points: &[Option<i32>]) -> Vec<Answer> {
    let given = points
        .iter()
        .enumerate()
        .filter_map(|(at, points)| points.map(|points| (at + 1, points)));
    given
        .map(|(item, value)| serde_json::from_value(json!({ "item": item, "value": value })).expect("an answer"))
        .collect()
}

fn value(code: ScoreCode, points: &[Option<i32>]) -> Option<String> {
    score(code, &answers(points))
        .and_then(|scored| scored.value)
        .map(|value| value.to_string())
}

#[test]
fn every_instrument_and_score_is_described() {
    for instrument in InstrumentCode::ALL {
        assert_eq!(instrument.definition().instrument, *instrument);
    }
    for code in ScoreCode::ALL {
        let definition = code.definition();
        assert_eq!(definition.score, *code);
        assert!(definition.range.is_none_or(|(least, most)| least < most), "{code}");
    }
}

#[test]
fn complete_answers_add_up() {
    assert_eq!(value(ScoreCode::Phq9Total, &[Some(3); 9]).as_deref(), Some("27"));
    assert_eq!(value(ScoreCode::Gad7Total, &[Some(2); 7]).as_deref(), Some("14"));
    assert_eq!(
        value(ScoreCode::AuditCTotal, &[Some(4), Some(1), Some(2)]).as_deref(),
        Some("7")
    );
    let pcl5: Vec<Option<i32>> = (1..=20).map(|item| Some(item % 5)).collect();
    let total = [
        ScoreCode::Pcl5ClusterB,
        ScoreCode::Pcl5ClusterC,
        ScoreCode::Pcl5ClusterD,
        ScoreCode::Pcl5ClusterE,
    ]
    .map(|cluster| {
        value(cluster, &pcl5)
            .and_then(|value| value.parse::<i32>().ok())
            .expect("a cluster is scored")
    })
    .iter()
    .sum::<i32>();
    assert_eq!(value(ScoreCode::Pcl5Total, &pcl5), Some(total.to_string()));
}

#[test]
fn the_item_on_difficulty_is_not_scored() {
    let mut points = vec![Some(1); 9];
    points.push(Some(3));
    assert_eq!(value(ScoreCode::Phq9Total, &points).as_deref(), Some("9"));
}

#[test]
fn few_missing_answers_are_prorated_half_up() {
    // 10 points on 7 of 9 items: 12.857, rounded to 13.
    let points = [
        Some(2),
        Some(2),
        Some(2),
        Some(1),
        Some(1),
        Some(1),
        Some(1),
        None,
        None,
    ];
    let scored = score(ScoreCode::Phq9Total, &answers(&points)).expect("PHQ-9 is scored");
    assert_eq!(scored.value.map(|value| value.to_string()).as_deref(), Some("13"));
    assert_eq!(
        (scored.answered, scored.items, scored.method),
        (7, 9, ScoringMethod::Prorated)
    );
    // 4 points on 8 of 9 items: 4.5, rounded to 5.
    let points = [
        Some(1),
        Some(1),
        Some(1),
        Some(1),
        Some(0),
        Some(0),
        Some(0),
        Some(0),
        None,
    ];
    assert_eq!(value(ScoreCode::Phq9Total, &points).as_deref(), Some("5"));
}

#[test]
fn too_many_missing_answers_give_no_score() {
    let mut phq9 = vec![Some(1); 6];
    phq9.resize(9, None);
    assert_eq!(value(ScoreCode::Phq9Total, &phq9), None);
    assert_eq!(
        value(
            ScoreCode::Gad7Total,
            &[Some(1), Some(1), Some(1), Some(1), Some(1), None, None]
        ),
        None
    );
    assert_eq!(value(ScoreCode::AuditCTotal, &[Some(1), Some(1), None]), None);
    assert_eq!(value(ScoreCode::Phq9Total, &[]), None);
    assert_eq!(
        score(ScoreCode::MadrsTotal, &[]),
        None,
        "MADRS is not ours to calculate"
    );
}

#[test]
fn bands_and_cuts() {
    let bands = [
        (4, Band::Minimal),
        (5, Band::Mild),
        (10, Band::Moderate),
        (15, Band::ModeratelySevere),
        (20, Band::Severe),
    ];
    for (points, expected) in bands {
        assert_eq!(
            band(ScoreCode::Phq9Total, points.into()),
            Some(expected),
            "PHQ-9 {points}"
        );
    }
    assert_eq!(band(ScoreCode::Gad7Total, 15.into()), Some(Band::Severe));
    assert_eq!(band(ScoreCode::Pcl5Total, 40.into()), None);

    let three = answers(&[Some(2), Some(1), Some(0)]);
    assert_eq!(audit_c_is_positive(&three, AdministrativeGender::Female), Some(true));
    assert_eq!(audit_c_is_positive(&three, AdministrativeGender::Male), Some(false));
    let only_first = answers(&[Some(4), Some(0), Some(0)]);
    assert_eq!(
        audit_c_is_positive(&only_first, AdministrativeGender::Male),
        Some(false)
    );
}

#[test]
fn the_symptom_rule_needs_every_cluster() {
    let mut points = vec![Some(0); 20];
    for item in [0, 5, 7, 8, 14, 15] {
        points[item] = Some(2);
    }
    assert!(pcl5_meets_symptom_rule(&answers(&points)));
    points[15] = Some(1);
    assert!(!pcl5_meets_symptom_rule(&answers(&points)));
}

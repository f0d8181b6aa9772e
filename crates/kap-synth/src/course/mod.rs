//! A course of treatment made up from a seed.

mod assessment;
mod dosing;
mod draft;
mod intake;
mod people;
mod plan;
mod session;

use serde_json::{Map, Value, json};

use dosing::Product;
use draft::Draft;
use session::Schedule;

/// A valid record made up from `seed`: one of seven products by six routes, one to five doses, with or without boosters, in one of several time zones.
///
/// Ids begin with the seed, so that records of different seeds can live in one clinic.
pub fn record(seed: u64) -> Value {
    let mut draft = Draft::new(seed);
    let product = Product::drawn(&mut draft);
    let schedule = Schedule::drawn(&mut draft, product);
    let parts = [
        people::people(&mut draft, &schedule),
        intake::intake(&mut draft, &schedule),
        dosing::supplies(&mut draft, &schedule),
        session::sessions(&mut draft, &schedule),
        assessment::assessments(&mut draft, &schedule),
        plan::plans(&mut draft, &schedule),
        session::notes(&mut draft, &schedule),
    ];
    let mut record = Map::new();
    record.insert("schema".to_owned(), json!("kap-record/1"));
    for part in parts {
        let Value::Object(members) = part else {
            unreachable!("each part is an object")
        };
        record.extend(members);
    }
    Value::Object(record)
}

//! Which request is struck, and by what.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::Bytes;

use super::{Fault, Injector};
use crate::habits::Habits;
use crate::request::Request;

/// How often one request is struck at most.
const MOST: u64 = 2;

/// How often each request came, by its fingerprint.
#[derive(Debug, Default)]
pub(crate) struct Seen(Mutex<HashMap<u64, u64>>);

/// What was drawn for one request.
#[derive(Debug, Clone)]
pub(crate) struct Drawn {
    pub(crate) fault: Option<Fault>,
    pub(crate) mark: Mark,
}

/// What the new ids of one request follow from.
#[derive(Debug, Clone)]
pub(crate) struct Mark {
    of_request: u64,
    ids: Arc<AtomicU64>,
}

impl Mark {
    /// The next id; two requests share none, except after the sandbox was opened anew.
    pub(crate) fn next_id(&self) -> String {
        let number = self.ids.fetch_add(1, Ordering::Relaxed);
        let high = mix(self.of_request ^ mix(number));
        let low = mix(high ^ number);
        uuid::Builder::from_random_bytes(((u128::from(high) << 64) | u128::from(low)).to_be_bytes())
            .into_uuid()
            .to_string()
    }
}

impl Injector {
    /// Decides about the request; the same one is decided anew each time that it comes.
    pub(crate) fn draw(&self, request: &Request, body: &Bytes, habits: &Habits) -> Drawn {
        let fingerprint = fingerprint(request, body);
        let occurrence = {
            let mut seen = self.drawn.0.lock().unwrap_or_else(PoisonError::into_inner);
            let count = seen.entry(fingerprint).or_default();
            *count += 1;
            *count - 1
        };
        let of_request = mix(self.faults.seed ^ mix(fingerprint ^ mix(occurrence)));
        let fitting = self.faults.families.iter().copied();
        let fitting: Vec<_> = fitting.filter(|fault| fault.suits(request, habits)).collect();
        let struck = occurrence < MOST && is_below(mix(of_request), self.faults.rate);
        let choice = usize::try_from(mix(of_request ^ 1) % (fitting.len().max(1) as u64)).unwrap_or_default();
        Drawn {
            fault: fitting.get(choice).copied().filter(|_| struck),
            mark: Mark {
                of_request,
                ids: Arc::default(),
            },
        }
    }
}

/// The same number for the same method, address, condition and body: FNV-1a, which has no key and is the same everywhere.
fn fingerprint(request: &Request, body: &Bytes) -> u64 {
    let condition = request.conditions.if_none_exist.as_deref().unwrap_or_default();
    let parts = [request.method.as_str(), &request.path, &request.query, condition];
    let bytes = parts
        .iter()
        .flat_map(|part| part.bytes().chain([0]))
        .chain(body.iter().copied());
    bytes.fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3)
    })
}

/// Spreads a number over all numbers (SplitMix64).
fn mix(number: u64) -> u64 {
    let number = number.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let number = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    number ^ (number >> 31)
}

/// Whether a number spread over all numbers falls into the lower part of that size.
fn is_below(number: u64, part: f64) -> bool {
    let upper = u32::try_from(number >> 32).unwrap_or(u32::MAX);
    f64::from(upper) < part * (f64::from(u32::MAX) + 1.0)
}

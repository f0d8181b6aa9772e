//! Changes one value of a JSON document and leaves the rest as it is.
//!
//! libFuzzer's own changes break nearly every document; these reach the code behind the parser. One change in four is
//! still libFuzzer's, so that text which is no JSON, and names that stand twice, are tried as well.

use std::sync::LazyLock;

use kap_synth::Random;
use libfuzzer_sys::fuzzer_mutate;
use serde_json::{Map, Value};

/// Values and names at the edges of what is accepted.
static EDGES: LazyLock<Vec<Value>> =
    LazyLock::new(|| serde_json::from_str(include_str!("edges.json")).expect("the edges are JSON"));

/// Makes [`mutate`] and [`cross_over`] those of a fuzz target.
#[macro_export]
macro_rules! json_mutations {
    () => {
        libfuzzer_sys::fuzz_mutator!(|text: &mut [u8], size: usize, max_size: usize, seed: u32| {
            $crate::mutation::mutate(text, size, max_size, seed)
        });
        libfuzzer_sys::fuzz_crossover!(|one: &[u8], other: &[u8], out: &mut [u8], seed: u32| {
            $crate::mutation::cross_over(one, other, out, seed)
        });
    };
}

/// How many bytes a text may have after libFuzzer has changed it.
const LONGEST_TEXT: usize = 512;

/// Changes the first `size` bytes of `input`, which has room for `max_size`; answers how many bytes there are now.
pub fn mutate(input: &mut [u8], size: usize, max_size: usize, seed: u32) -> usize {
    let mut random = Random::new(seed.into());
    if random.chance(75)
        && let Some(text) = mutated(&input[..size], &mut random).filter(|text| text.len() <= max_size)
    {
        input[..text.len()].copy_from_slice(text.as_bytes());
        return text.len();
    }
    fuzzer_mutate(input, size, max_size)
}

/// Puts a value of `other` somewhere into `one`; answers how many bytes of `out` it took, none if one of them is no JSON.
pub fn cross_over(one: &[u8], other: &[u8], out: &mut [u8], seed: u32) -> usize {
    let mut random = Random::new(seed.into());
    let documents = (serde_json::from_slice(one), serde_json::from_slice::<Value>(other));
    let (Ok(mut document), Ok(other)) = documents else {
        return 0;
    };
    let donor = any_node(&other, &mut random).clone();
    change(&mut document, donor, &mut random);
    let text = document.to_string();
    if text.len() > out.len() {
        return 0;
    }
    out[..text.len()].copy_from_slice(text.as_bytes());
    text.len()
}

fn mutated(text: &[u8], random: &mut Random) -> Option<String> {
    let mut document: Value = serde_json::from_slice(text).ok()?;
    for _ in 0..random.between(1, 3) {
        let donor = match random.between(0, 2) {
            0 => any_node(&document, random),
            _ => &EDGES[below(EDGES.len(), random)],
        };
        let donor = donor.clone();
        change(&mut document, donor, random);
    }
    Some(document.to_string())
}

/// Changes one value of `document`; `donor` may come into it.
fn change(document: &mut Value, donor: Value, random: &mut Random) {
    let name = donor.as_str().map_or_else(|| any_name(document, random), str::to_owned);
    let mut at = below(count(document), random);
    let Some(node) = nth_mut(document, &mut at) else { return };
    match (random.between(0, 5), &mut *node) {
        (0, Value::Object(members)) if !members.is_empty() => drop(take(members, random)),
        (1, Value::Object(members)) if !members.is_empty() => {
            let (_, value) = take(members, random);
            members.insert(name, value);
        }
        (2 | 3, Value::Object(members)) => drop(members.insert(name, donor)),
        (0 | 1, Value::Array(items)) if !items.is_empty() => drop(items.remove(below(items.len(), random))),
        (2 | 3, Value::Array(items)) => items.insert(below(items.len() + 1, random), donor),
        (0..=2, Value::String(text)) => *text = changed_text(text),
        (4, _) => *node = Value::Array(vec![node.take()]),
        _ => *node = donor,
    }
}

/// The text as libFuzzer changes it, which knows what texts are compared with.
fn changed_text(text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    let size = bytes.len();
    bytes.resize(size.max(LONGEST_TEXT), 0);
    let most = bytes.len();
    let size = fuzzer_mutate(&mut bytes, size, most);
    String::from_utf8_lossy(&bytes[..size]).into_owned()
}

/// Takes any member out of an object that has some; the others keep their order.
fn take(members: &mut Map<String, Value>, random: &mut Random) -> (String, Value) {
    let at = below(members.len(), random);
    let name = members.keys().nth(at).cloned().unwrap_or_default();
    let value = members.shift_remove(&name).unwrap_or_default();
    (name, value)
}

/// A member name of the document, or of nothing.
fn any_name(document: &Value, random: &mut Random) -> String {
    let members = any_node(document, random).as_object();
    let mut names = members.into_iter().flat_map(Map::keys);
    let at = below(members.map_or(1, Map::len).max(1), random);
    names.nth(at).cloned().unwrap_or_default()
}

fn any_node<'v>(document: &'v Value, random: &mut Random) -> &'v Value {
    let mut at = below(count(document), random);
    nth(document, &mut at).unwrap_or(document)
}

/// How many values there are, the outermost included.
fn count(value: &Value) -> usize {
    1 + children(value).map(count).sum::<usize>()
}

/// The value that is `at`th in the order of the document.
fn nth<'v>(value: &'v Value, at: &mut usize) -> Option<&'v Value> {
    if *at == 0 {
        return Some(value);
    }
    *at -= 1;
    children(value).find_map(|child| nth(child, at))
}

fn nth_mut<'v>(value: &'v mut Value, at: &mut usize) -> Option<&'v mut Value> {
    if *at == 0 {
        return Some(value);
    }
    *at -= 1;
    match value {
        Value::Array(items) => items.iter_mut().find_map(|item| nth_mut(item, at)),
        Value::Object(members) => members.values_mut().find_map(|member| nth_mut(member, at)),
        _ => None,
    }
}

fn children(value: &Value) -> impl Iterator<Item = &Value> {
    let items = value.as_array().into_iter().flatten();
    items.chain(value.as_object().into_iter().flat_map(Map::values))
}

/// A number below `end`, which is not 0.
fn below(end: usize, random: &mut Random) -> usize {
    usize::try_from(random.draw()).unwrap_or(usize::MAX) % end
}

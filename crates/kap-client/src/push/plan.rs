//! Which entries a transaction must carry now, and how each is written.

use std::collections::{HashMap, HashSet};

use serde_json::{Value, json};

use super::work::{Piece, View, Work};
use crate::identity::Identity;
use crate::journal::items::Row;
use crate::journal::state::State;
use crate::reference;

/// How an entry is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Action {
    /// As mapped: `POST`, conditional where the type can be searched by identifier.
    Create,
    /// `PUT` on the id that the journal knows, if the server's version is still the one it acknowledged
    /// (<https://hl7.org/fhir/R4/http.html#concurrency>).
    Update {
        server_id: String,
        if_match: Option<String>,
    },
}

/// One entry to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Write {
    /// Index of the piece.
    pub(super) piece: usize,
    pub(super) action: Action,
}

/// A transaction to be.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Plan {
    pub(super) writes: Vec<Write>,
    /// Pieces that refer to something which is neither on the server nor among the writes.
    pub(super) blocked: Vec<usize>,
}

/// Plans from what the journal knows. What is settled is not sent; what is made once per push goes along if anything else
/// does, or did on behalf of the same push.
pub(super) fn plan(work: &Work, view: &View) -> Plan {
    let leased = |piece: &Piece| view.held(piece) == Some(State::Leased);
    let lasting = |piece: &Piece| piece.entry.identity != Identity::OncePerPush;
    let pieces = || work.pieces.iter().enumerate();

    let mut sent: Vec<usize> = pieces()
        .filter(|(_, piece)| leased(piece) && lasting(piece))
        .map(|(index, _)| index)
        .collect();
    let mut blocked = Vec::new();
    // Each round can block more: what referred to an entry that is now blocked.
    loop {
        let ready = ready(work, view, &sent);
        let (kept, lost): (Vec<usize>, Vec<usize>) = sent.into_iter().partition(|index| ready(&work.pieces[*index]));
        sent = kept;
        if lost.is_empty() {
            break;
        }
        blocked.extend(lost);
    }

    let wrote = |piece: &Piece| {
        let row = view.rows.get(&piece.item);
        row.is_some_and(|row| row.push == piece.push && row.state.is_stored()) && lasting(piece)
    };
    if !sent.is_empty() || work.pieces.iter().any(wrote) {
        let ready = ready(work, view, &sent);
        let once = pieces().filter(|(_, piece)| leased(piece) && !lasting(piece));
        let (kept, lost): (Vec<_>, Vec<_>) = once.partition(|(_, piece)| ready(piece));
        blocked.extend(lost.into_iter().map(|(index, _)| index));
        let kept: Vec<usize> = kept.into_iter().map(|(index, _)| index).collect();
        drop(ready);
        sent.extend(kept);
    }
    sent.sort_unstable();
    blocked.sort_unstable();
    let writes = sent.into_iter().map(|piece| Write {
        piece,
        action: action(view.rows.get(&work.pieces[piece].item)),
    });
    Plan {
        writes: writes.collect(),
        blocked,
    }
}

/// Tells whether all that a piece refers to is on the server or among `sent`.
fn ready<'w>(work: &'w Work, view: &'w View, sent: &[usize]) -> impl Fn(&Piece) -> bool + use<'w> {
    let sent: HashSet<&str> = sent
        .iter()
        .map(|index| work.pieces[*index].entry.key.as_str())
        .collect();
    move |piece| {
        let mut references = piece.entry.references.iter();
        references.all(|key| sent.contains(key.as_str()) || view.known.contains_key(key))
    }
}

fn action(row: Option<&Row>) -> Action {
    match row {
        // An update needs a base: content that the server acknowledged.
        Some(Row {
            server_id: Some(id),
            acknowledged: Some(_),
            etag,
            ..
        }) => Action::Update {
            server_id: id.clone(),
            if_match: etag.clone(),
        },
        _ => Action::Create,
    }
}

/// The transaction Bundle (<https://hl7.org/fhir/R4/http.html#transaction>), references rewritten to the ids that are known.
pub(super) fn request(work: &Work, plan: &Plan, known: &HashMap<String, String>) -> Vec<u8> {
    // What is written here is referred to by its urn, except what is updated: its id is known anyway.
    let entries: Vec<Value> = plan.writes.iter().map(|write| entry(work, write, known)).collect();
    let mut bundle = json!({"resourceType": "Bundle", "type": "transaction", "entry": entries});
    if !work.labels.is_empty() {
        bundle["meta"] = json!({"security": work.labels});
    }
    bundle.to_string().into_bytes()
}

fn entry(work: &Work, write: &Write, known: &HashMap<String, String>) -> Value {
    let entry = &work.pieces[write.piece].entry;
    let mut resource = entry.resource.clone();
    reference::rewrite(&mut resource, known);
    let mut request = match &write.action {
        Action::Create => json!({"method": "POST", "url": entry.resource_type}),
        Action::Update { server_id, .. } => {
            resource["id"] = Value::from(server_id.as_str());
            json!({"method": "PUT", "url": format!("{}/{server_id}", entry.resource_type)})
        }
    };
    match &write.action {
        Action::Create => {
            if let Some(query) = &entry.if_none_exist {
                request["ifNoneExist"] = Value::from(query.as_str());
            }
        }
        Action::Update { if_match, .. } => {
            if let Some(etag) = if_match {
                request["ifMatch"] = Value::from(etag.as_str());
            }
        }
    }
    json!({"fullUrl": format!("urn:uuid:{}", entry.key), "resource": resource, "request": request})
}

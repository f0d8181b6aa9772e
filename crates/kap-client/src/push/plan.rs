//! Which entries a transaction must carry now, and how each is written.

use std::collections::{HashMap, HashSet};

use serde_json::{Value, json};

use super::means::{Guard, Means, Way};
use super::work::{Piece, View, Work};
use crate::identity::{Identifier, Identity};
use crate::journal::items::Row;
use crate::journal::state::State;
use crate::reference;

/// How an entry is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Action {
    /// For the first time, kept from being doubled in this way.
    Create(Guard),
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
    /// Pieces that the server does not take, in this form or at all.
    pub(super) unsupported: Vec<usize>,
}

/// Plans from what the journal knows. What is settled is not sent; what is made once per push goes along if anything else
/// does, or did on behalf of the same push.
pub(super) fn plan(work: &Work, view: &View, means: &Means<'_>) -> Plan {
    let leased = |piece: &Piece| view.held(piece) == Some(State::Leased);
    let lasting = |piece: &Piece| piece.entry.identity != Identity::OncePerPush;
    let pieces = || work.pieces.iter().enumerate();

    let takes = |piece: &Piece| match view.rows.get(&piece.item) {
        Some(row) if row.is_acknowledged() => means.can_update(piece),
        _ => means.can_create(piece),
    };
    let unsupported: Vec<usize> = pieces()
        .filter(|(_, piece)| leased(piece) && !takes(piece))
        .map(|(index, _)| index)
        .collect();
    let leased = |piece: &Piece| leased(piece) && takes(piece);
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
        action: action(view.rows.get(&work.pieces[piece].item), &work.pieces[piece], means),
    });
    Plan {
        writes: writes.collect(),
        blocked,
        unsupported,
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

fn action(row: Option<&Row>, piece: &Piece, means: &Means<'_>) -> Action {
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
        _ => Action::Create(means.guard(piece)),
    }
}

/// The Bundle of `writes` (<https://hl7.org/fhir/R4/http.html#transaction>), references rewritten to the ids that are known.
pub(super) fn request(work: &Work, way: Way, writes: &[Write], known: &HashMap<String, String>) -> Vec<u8> {
    // What is written here is referred to by its urn, except what is updated: its id is known anyway.
    let entries: Vec<Value> = writes.iter().map(|write| request_entry(work, write, known)).collect();
    let bundle_type = if way == Way::Transaction {
        "transaction"
    } else {
        "batch"
    };
    let mut bundle = json!({"resourceType": "Bundle", "type": bundle_type, "entry": entries});
    if !work.labels.is_empty() {
        bundle["meta"] = json!({"security": work.labels});
    }
    bundle.to_string().into_bytes()
}

/// The entry of one write.
pub(super) fn request_entry(work: &Work, write: &Write, known: &HashMap<String, String>) -> Value {
    let entry = &work.pieces[write.piece].entry;
    let resource_type = &entry.resource_type;
    let put = |url: String| json!({"method": "PUT", "url": url});
    let mut request = match &write.action {
        Action::Create(Guard::OwnId(id)) | Action::Update { server_id: id, .. } => put(format!("{resource_type}/{id}")),
        Action::Create(Guard::ByIdentifier) => put(format!("{resource_type}?{}", query_of(&entry.identifier))),
        Action::Create(Guard::IfNoneExist | Guard::Nothing) => json!({"method": "POST", "url": resource_type}),
    };
    match &write.action {
        Action::Create(Guard::IfNoneExist) => {
            request["ifNoneExist"] = Value::from(entry.if_none_exist.as_deref().unwrap_or_default());
        }
        Action::Update {
            if_match: Some(etag), ..
        } => request["ifMatch"] = Value::from(etag.as_str()),
        _ => {}
    }
    let resource = content(work, write, known);
    json!({"fullUrl": format!("urn:uuid:{}", entry.key), "resource": resource, "request": request})
}

/// The resource that is written, references rewritten to the ids that are known, with its id where that is ours to say.
pub(super) fn content(work: &Work, write: &Write, known: &HashMap<String, String>) -> Value {
    let mut resource = work.pieces[write.piece].entry.resource.clone();
    reference::rewrite(&mut resource, known);
    if let Action::Create(Guard::OwnId(id)) | Action::Update { server_id: id, .. } = &write.action {
        resource["id"] = Value::from(id.as_str());
    }
    resource
}

fn query_of(identifier: &Identifier) -> String {
    url::form_urlencoded::Serializer::new(String::new())
        .append_pair("identifier", &identifier.token())
        .finish()
}

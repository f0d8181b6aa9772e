//! How this server is written to: in one bundle or in single requests, how much at once, and how a create is kept from
//! being doubled.

use sha2::{Digest, Sha256};

use super::work::Piece;
use crate::capability::{Capabilities, Fact, Rung};
use crate::identity::Identity;

/// How requests travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// A bundle that is executed as a whole (<https://hl7.org/fhir/R4/http.html#transaction>).
    Transaction,
    /// A bundle that is executed entry by entry: its entries cannot refer to each other.
    Batch,
    /// One request for each resource.
    Singles,
}

/// What keeps a create from being doubled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Guard {
    /// `If-None-Exist`, as mapped.
    IfNoneExist,
    /// An id of ours.
    OwnId(String),
    /// An update that says by the identifier what it updates.
    ByIdentifier,
    /// Nothing on the server's side: looked for before, and after an answer was lost.
    Nothing,
}

/// What is known of the server, as a push needs it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Means<'a> {
    /// Without them the server is taken for one that offers all of FHIR's transactions and conditional creates.
    capabilities: Option<&'a Capabilities>,
    pub(super) way: Way,
    /// The most entries of a bundle.
    pub(super) max_entries: usize,
    /// The most bytes of a request.
    pub(super) max_bytes: usize,
}

impl<'a> Means<'a> {
    pub(super) fn new(capabilities: Option<&'a Capabilities>) -> Means<'a> {
        let offers = |fact| capabilities.is_none_or(|known| known.server(fact).value);
        let limit = |fact| {
            let limit = capabilities.and_then(|known| known.limit(fact));
            limit.map_or(usize::MAX, |limit| usize::try_from(limit.value).unwrap_or(usize::MAX))
        };
        Means {
            capabilities,
            way: match (offers(Fact::Transaction), offers(Fact::Batch)) {
                (true, _) => Way::Transaction,
                (false, true) => Way::Batch,
                (false, false) => Way::Singles,
            },
            // A limit of nothing would leave nothing to do.
            max_entries: limit(Fact::MaxEntries).max(1),
            max_bytes: limit(Fact::MaxBytes),
        }
    }

    /// The way that is left when this one is refused.
    pub(super) fn other_way(&self) -> Way {
        let batch = self.capabilities.is_some_and(|known| known.server(Fact::Batch).value);
        if self.way == Way::Transaction && batch {
            Way::Batch
        } else {
            Way::Singles
        }
    }

    /// What guards the first write of `piece`.
    pub(super) fn guard(&self, piece: &Piece) -> Guard {
        let entry = &piece.entry;
        let Some(known) = self.capabilities else {
            return if entry.if_none_exist.is_some() {
                Guard::IfNoneExist
            } else {
                Guard::Nothing
            };
        };
        let is_ours = entry.identity != Identity::Matched;
        let offers = |fact| known.of_type(&entry.resource_type, fact).value;
        // In a bundle nothing can be looked at between two entries: the guard that never overwrites comes first.
        let in_bundle = self.way != Way::Singles && offers(Fact::ConditionalCreate);
        match known.rung(&entry.resource_type).map(|rung| rung.value) {
            Some(Rung::OwnId) if is_ours && !(in_bundle && entry.if_none_exist.is_some()) => {
                Guard::OwnId(own_id(piece))
            }
            Some(Rung::OwnId | Rung::ConditionalCreate)
                if entry.if_none_exist.is_some() && offers(Fact::ConditionalCreate) =>
            {
                Guard::IfNoneExist
            }
            // An identifier of a person would stand in the address.
            Some(Rung::ConditionalUpdate) if entry.identity == Identity::Keyed => Guard::ByIdentifier,
            _ => Guard::Nothing,
        }
    }

    /// Whether a repeated create of `piece` stores nothing twice.
    pub(super) fn is_enforced(&self, piece: &Piece) -> bool {
        self.guard(piece) != Guard::Nothing
    }

    /// Whether `piece` is looked for before it is written for the first time: where a write could overwrite or double what
    /// is there.
    pub(super) fn looks_first(&self, piece: &Piece) -> bool {
        self.capabilities.is_some()
            && piece.entry.identity != Identity::OncePerPush
            && self.guard(piece) != Guard::IfNoneExist
            && self.can_be_found(piece)
    }

    /// Whether `piece` can be looked for at all.
    pub(super) fn can_be_found(&self, piece: &Piece) -> bool {
        let offers = |fact| self.offers(piece, fact);
        matches!(self.guard(piece), Guard::OwnId(_)) && offers(Fact::Read)
            || offers(Fact::SearchIdentifier)
            || offers(Fact::SearchPatient)
            || piece.entry.identity == Identity::OncePerPush && offers(Fact::Search)
    }

    /// Whether the identifier of `piece` can be searched for, and would be found.
    pub(super) fn finds_by_identifier(&self, piece: &Piece) -> bool {
        self.offers(piece, Fact::SearchIdentifier) && self.keeps_identifier(piece)
    }

    /// Whether the server keeps the identifier that the piece carries. A server that creates or updates on the condition of
    /// an identifier does.
    pub(super) fn keeps_identifier(&self, piece: &Piece) -> bool {
        piece.entry.identity == Identity::Matched
            || self.is_enforced(piece)
            || self.offers(piece, Fact::KeepsIdentifier)
    }

    /// Whether the server is known to drop security labels.
    pub(super) fn drops_labels(&self) -> bool {
        self.capabilities.is_some_and(|known| known.denies(Fact::KeepsLabels))
    }

    /// Whether resources of the piece's type can be created there.
    pub(super) fn can_create(&self, piece: &Piece) -> bool {
        let known = |known: &Capabilities| known.rung(&piece.entry.resource_type).is_some();
        self.capabilities.is_none_or(known)
    }

    /// Whether resources of the piece's type can be updated there.
    pub(super) fn can_update(&self, piece: &Piece) -> bool {
        self.offers(piece, Fact::Update)
    }

    fn offers(&self, piece: &Piece, fact: Fact) -> bool {
        self.capabilities
            .is_none_or(|known| known.of_type(&piece.entry.resource_type, fact).value)
    }
}

/// The id that we give: the key, or for what is made once per push another one for each push.
fn own_id(piece: &Piece) -> String {
    if piece.item.edition == 0 {
        return piece.item.key.clone();
    }
    let digest = Sha256::digest(format!("{}#{}", piece.item.key, piece.item.edition));
    hex::encode(digest).chars().take(32).collect()
}

//! What can be known of a server: a closed list of facts, each with the name it has in data files, in `kap.toml` and in
//! reports.

use std::fmt;

/// What a fact is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// The server as a whole.
    Server,
    /// Resources of one type.
    Type(String),
}

impl Subject {
    /// From the name that it has in data: `server`, or a resource type.
    pub(crate) fn of_name(name: &str) -> Option<Subject> {
        let is_type = name.starts_with(|first: char| first.is_ascii_uppercase())
            && name.bytes().all(|byte| byte.is_ascii_alphabetic());
        match name {
            "server" => Some(Subject::Server),
            _ if is_type => Some(Subject::Type(name.to_owned())),
            _ => None,
        }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Subject::Server => formatter.write_str("server"),
            Subject::Type(name) => formatter.write_str(name),
        }
    }
}

/// What is known of a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// It is so, or it is not.
    Flag(bool),
    /// A limit.
    Number(u64),
}

impl fmt::Display for Value {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Flag(true) => formatter.write_str("yes"),
            Value::Flag(false) => formatter.write_str("no"),
            Value::Number(number) => write!(formatter, "{number}"),
        }
    }
}

macro_rules! facts {
    ($($variant:ident = $name:literal, $about:ident, $kind:ident, $words:literal;)*) => {
        /// A fact about a server or a resource type on it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Fact {
            $(#[doc = $words] $variant,)*
        }

        impl Fact {
            /// Every fact, in the order of reports.
            pub const ALL: &[Fact] = &[$(Fact::$variant,)*];

            /// Its name in data and reports.
            pub fn name(self) -> &'static str {
                match self { $(Fact::$variant => $name,)* }
            }

            /// What it says, as a sentence without a full stop.
            pub fn words(self) -> &'static str {
                match self { $(Fact::$variant => $words,)* }
            }

            /// Whether it is about the server as a whole; otherwise about a type.
            pub fn is_about_server(self) -> bool {
                match self { $(Fact::$variant => facts!(@about $about),)* }
            }

            /// Whether it is a limit; otherwise it is a flag.
            pub fn is_number(self) -> bool {
                match self { $(Fact::$variant => facts!(@kind $kind),)* }
            }
        }
    };
    (@about server) => { true };
    (@about each) => { false };
    (@kind number) => { true };
    (@kind flag) => { false };
}

facts! {
    Transaction = "transaction", server, flag, "a bundle is executed as a whole or not at all";
    Batch = "batch", server, flag, "a bundle is executed entry by entry";
    TransactionInOrder = "transaction-in-order", server, flag, "the entries of a transaction are executed in the order given";
    TransactionMayBeBatch = "transaction-may-be-batch", server, flag, "a transaction may be answered entry by entry, some of which failed";
    MaxEntries = "max-entries", server, number, "the most entries that a bundle may have";
    MaxBytes = "max-bytes", server, number, "the most bytes that a request may have";
    MaxSeconds = "max-seconds", server, number, "the longest time, in seconds, that the server works on a request";
    RequestsPerMinute = "requests-per-minute", server, number, "the most requests in a minute";
    Concurrency = "concurrency", server, number, "the most requests at once";
    CommitSeconds = "commit-seconds", server, number, "after so many seconds nothing that was sent is still being executed";
    SearchByPost = "search-by-post", server, flag, "searches can be sent in the body, so that no identifier stands in a URL";
    KeepsLabels = "keeps-labels", server, flag, "security labels are kept";
    ChecksReferences = "checks-references", server, flag, "references must lead to what is on the server";
    DatesNeedTime = "dates-need-time", server, flag, "every date must have a time";
    RefusesModifierExtensions = "refuses-modifier-extensions", server, flag, "modifier extensions are refused";
    ConflictMayBeRace = "conflict-may-be-race", server, flag, "409 or 412 may mean that two requests met, and the same request may come through later";
    Create = "create", each, flag, "resources can be created";
    Read = "read", each, flag, "resources can be read";
    Search = "search", each, flag, "resources can be searched";
    Update = "update", each, flag, "resources can be updated";
    Patch = "patch", each, flag, "resources can be patched";
    Delete = "delete", each, flag, "resources can be deleted";
    UpdateCreate = "update-create", each, flag, "an update may create a resource under our own id";
    ConditionalCreate = "conditional-create", each, flag, "a create can be made to depend on a search";
    ConditionalUpdate = "conditional-update", each, flag, "an update can say by a search what it updates";
    ConditionalCreateRaces = "conditional-create-races", each, flag, "two conditional creates at once may store two resources";
    IfMatch = "if-match", each, flag, "an update must name the version that it changes";
    KeepsIdentifier = "keeps-identifier", each, flag, "the identifiers that a client gives are kept";
    SearchIdentifier = "search-identifier", each, flag, "resources can be found by identifier";
    SearchPatient = "search-patient", each, flag, "resources can be found by patient";
    PersonReview = "person-review", each, flag, "a person on the other side looks at it before it is stored";
}

impl Fact {
    /// The fact of that name.
    pub(crate) fn of_name(name: &str) -> Option<Fact> {
        Fact::ALL.iter().copied().find(|fact| fact.name() == name)
    }

    /// Whether `value` is of the kind that the fact has.
    pub(crate) fn takes(self, value: Value) -> bool {
        matches!(value, Value::Number(_)) == self.is_number()
    }
}

impl fmt::Display for Fact {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

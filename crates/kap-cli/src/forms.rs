//! Which form each content of a record takes on a server: `kap-map` names the forms, `kap-client` knows the server.

use std::collections::HashSet;

use kap_client::capability::{Capabilities, Decision, Fact, Origin};
use kap_map::{Content, Form, LADDERS, Ladder};
use serde_json::Value;

/// Why an item does not take its fullest form.
pub(crate) type Reason = Decision<&'static str>;

/// What becomes of an item.
pub(crate) struct Choice {
    /// The form that it takes; `None` if it takes none.
    pub(crate) form: Option<Form>,
    /// Why not its fullest one.
    pub(crate) why: Option<Reason>,
}

/// The forms that a server takes.
pub(crate) struct Forms<'c> {
    known: &'c Capabilities,
    /// Keys of what must exist there and does not.
    absent: HashSet<String>,
    /// Codes of security labels that the server may drop.
    may_drop_labels: Vec<String>,
}

impl<'c> Forms<'c> {
    pub(crate) fn new(known: &'c Capabilities, absent: HashSet<String>, may_drop_labels: Vec<String>) -> Forms<'c> {
        Forms {
            known,
            absent,
            may_drop_labels,
        }
    }

    /// Whether the server takes everything as it is mapped.
    pub(crate) fn takes_everything(&self) -> bool {
        let is_taken = |ladder: &Ladder| {
            let fullest = ladder.forms.first();
            fullest.is_some_and(|form| lack(self.known, *form, ladder.resource_type).is_none())
        };
        self.absent.is_empty()
            && !self.known.denies(Fact::KeepsLabels)
            && !self.known.server(Fact::DatesNeedTime).value
            && LADDERS.iter().all(is_taken)
    }

    /// The fullest form that `content` can take.
    pub(crate) fn of(&self, content: &Content<'_>) -> Choice {
        let is = |form| Choice {
            form: Some(form),
            why: None,
        };
        let Some(ladder) = Ladder::of(content.resource_type) else {
            // What no record is mapped to is not ours to fold.
            return is(Form::Resource);
        };
        // Without the patient nothing can be sent; whether they may be created is asked later.
        if ladder.forms == [Form::Existing] {
            return is(Form::Existing);
        }
        if self.drops_labels_of(content.resource) {
            let why = self.of_server(Fact::KeepsLabels, "the server drops security labels that it must keep");
            return Choice {
                form: None,
                why: Some(why),
            };
        }
        let mut why = None;
        for form in ladder.forms {
            match self.lack(*form, ladder, content) {
                None => {
                    return Choice { form: Some(*form), why };
                }
                lack => why = why.or(lack),
            }
        }
        Choice { form: None, why }
    }

    fn lack(&self, form: Form, ladder: &'static Ladder, content: &Content<'_>) -> Option<Reason> {
        if form == Form::Resource
            && self.known.server(Fact::DatesNeedTime).value
            && has_date_without_time(content.resource)
        {
            return Some(self.of_server(Fact::DatesNeedTime, "its date has no time, which the server asks for"));
        }
        if form == Form::Existing && self.absent.contains(content.key) {
            return Some(not_there());
        }
        lack(self.known, form, ladder.resource_type)
    }

    /// Whether the server is known to drop labels, and the resource has some that it must keep.
    fn drops_labels_of(&self, resource: &Value) -> bool {
        let mut labels = resource["meta"]["security"].as_array().into_iter().flatten();
        let is_open =
            |code: &str| ["N", "L", "U"].contains(&code) || self.may_drop_labels.iter().any(|may| may == code);
        self.known.denies(Fact::KeepsLabels) && labels.any(|label| !is_open(label["code"].as_str().unwrap_or_default()))
    }

    fn of_server(&self, fact: Fact, value: &'static str) -> Reason {
        Decision {
            value,
            origin: self.known.server(fact).origin,
        }
    }
}

fn not_there() -> Reason {
    Decision {
        value: "it is not on the server, or there more than once",
        origin: Origin::Unknown,
    }
}

/// Why something stays that the server would take.
pub(crate) fn nothing_told() -> Reason {
    Decision {
        value: "nothing that tells of the treatment could go with it",
        origin: Origin::Unknown,
    }
}

/// When something was, in R4's names.
const WHEN: &[&str] = &[
    "effectiveDateTime",
    "effectivePeriod",
    "performedDateTime",
    "performedPeriod",
    "date",
];

fn has_date_without_time(resource: &Value) -> bool {
    let is_date = |value: &Value| value.as_str().is_some_and(|text| !text.contains('T'));
    WHEN.iter().any(|name| {
        let value = &resource[*name];
        is_date(value) || is_date(&value["start"]) || is_date(&value["end"])
    })
}

/// The types whose resources must exist on the server, which lets nobody create them but can be searched for them.
pub(crate) fn must_exist(known: &Capabilities) -> Vec<&'static str> {
    let is_sought = |ladder: &&Ladder| {
        let offers = |fact| known.of_type(ladder.resource_type, fact).value;
        ladder.forms.len() > 1
            && ladder.forms.contains(&Form::Existing)
            && !offers(Fact::Create)
            && offers(Fact::SearchIdentifier)
    };
    LADDERS
        .iter()
        .filter(is_sought)
        .map(|ladder| ladder.resource_type)
        .collect()
}

/// The type that is written when an item takes `form`.
pub(crate) fn written_as(form: Form, resource_type: &'static str) -> &'static str {
    match form {
        Form::QuestionnaireResponse => "QuestionnaireResponse",
        Form::Note => "DocumentReference",
        Form::Resource | Form::Existing | Form::Words => resource_type,
    }
}

/// What `form` lacks on this server, and who says so; `None` if it can be taken.
pub(crate) fn lack(known: &Capabilities, form: Form, resource_type: &'static str) -> Option<Reason> {
    let (fact, words) = match form {
        Form::Words => return None,
        // What can be created need not be found.
        Form::Existing if known.of_type(resource_type, Fact::Create).value => return None,
        Form::Existing => (Fact::SearchIdentifier, "it cannot be searched by identifier"),
        Form::Resource => (Fact::Create, "it cannot be created"),
        Form::QuestionnaireResponse => (Fact::Create, "no QuestionnaireResponse can be created"),
        Form::Note => (Fact::Create, "no DocumentReference can be created"),
    };
    let decision = known.of_type(written_as(form, resource_type), fact);
    (!decision.value).then_some(Decision {
        value: words,
        origin: decision.origin,
    })
}

//! The items of a Questionnaire as a tree that answers can be held against
//! (<https://hl7.org/fhir/R4/questionnaire.html>).

use std::collections::HashMap;

use kap_json::Node;

use crate::check::special::extension::{is_true, text};

/// The number of an item in [`Form::items`].
pub(in crate::check::special) type ItemId = usize;

/// A Questionnaire, taken apart.
#[derive(Debug)]
pub(in crate::check::special) struct Form<'q> {
    /// The Questionnaire itself.
    pub(in crate::check::special) root: Node<'q>,
    pub(in crate::check::special) items: Vec<FormItem<'q>>,
    /// The outermost items.
    pub(in crate::check::special) roots: Vec<ItemId>,
    by_link: HashMap<&'q str, ItemId>,
}

/// An item of a Questionnaire.
#[derive(Debug)]
pub(in crate::check::special) struct FormItem<'q> {
    pub(in crate::check::special) node: Node<'q>,
    pub(in crate::check::special) link_id: &'q str,
    pub(in crate::check::special) kind: Kind,
    pub(in crate::check::special) required: bool,
    pub(in crate::check::special) repeats: bool,
    pub(in crate::check::special) parent: Option<ItemId>,
    /// Its place among the items beside it.
    pub(in crate::check::special) ordinal: usize,
    pub(in crate::check::special) children: Vec<ItemId>,
}

/// The type of an item (<https://hl7.org/fhir/R4/valueset-item-type.html>).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::check::special) enum Kind {
    Group,
    Display,
    Boolean,
    Decimal,
    Integer,
    Date,
    DateTime,
    Time,
    String,
    Text,
    Url,
    Choice,
    OpenChoice,
    Attachment,
    Reference,
    Quantity,
    /// A question of no type, or of one that R4 does not have.
    Other,
}

impl Kind {
    pub(in crate::check::special) fn parse(name: &str) -> Kind {
        match name {
            "group" => Kind::Group,
            "display" => Kind::Display,
            "boolean" => Kind::Boolean,
            "decimal" => Kind::Decimal,
            "integer" => Kind::Integer,
            "date" => Kind::Date,
            "dateTime" => Kind::DateTime,
            "time" => Kind::Time,
            "string" => Kind::String,
            "text" => Kind::Text,
            "url" => Kind::Url,
            "choice" => Kind::Choice,
            "open-choice" => Kind::OpenChoice,
            "attachment" => Kind::Attachment,
            "reference" => Kind::Reference,
            "quantity" => Kind::Quantity,
            _ => Kind::Other,
        }
    }

    /// The types that an answer may have, as `value[x]` spells them; none where anything goes.
    pub(in crate::check::special) fn answer_types(self) -> &'static [&'static str] {
        match self {
            Kind::Group | Kind::Display | Kind::Other => &[],
            Kind::Boolean => &["Boolean"],
            Kind::Decimal => &["Decimal"],
            Kind::Integer => &["Integer"],
            Kind::Date => &["Date"],
            Kind::DateTime => &["DateTime"],
            Kind::Time => &["Time"],
            Kind::String | Kind::Text => &["String"],
            Kind::Url => &["Uri"],
            // Options may have any of these types (Questionnaire.item.answerOption.value[x]).
            Kind::Choice | Kind::OpenChoice => &["Coding", "Date", "Time", "Integer", "String", "Reference"],
            Kind::Attachment => &["Attachment"],
            Kind::Reference => &["Reference"],
            Kind::Quantity => &["Quantity"],
        }
    }
}

impl<'q> Form<'q> {
    pub(in crate::check::special) fn read(questionnaire: Node<'q>) -> Form<'q> {
        let mut form = Form {
            root: questionnaire,
            items: Vec::new(),
            roots: Vec::new(),
            by_link: HashMap::new(),
        };
        form.roots = form.read_items(questionnaire, None);
        // The depth of the document bounds this: each round goes one level down.
        let mut at = 0;
        while at < form.items.len() {
            form.items[at].children = form.read_items(form.items[at].node, Some(at));
            at += 1;
        }
        form
    }

    fn read_items(&mut self, holder: Node<'q>, parent: Option<ItemId>) -> Vec<ItemId> {
        let mut read = Vec::new();
        for node in holder.get("item").into_iter().flat_map(Node::items) {
            let link_id = text(node, "linkId").unwrap_or_default();
            self.by_link.entry(link_id).or_insert(self.items.len());
            read.push(self.items.len());
            self.items.push(FormItem {
                node,
                link_id,
                kind: Kind::parse(text(node, "type").unwrap_or_default()),
                required: is_true(node, "required"),
                repeats: is_true(node, "repeats"),
                parent,
                ordinal: read.len() - 1,
                children: Vec::new(),
            });
        }
        read
    }

    pub(in crate::check::special) fn item(&self, id: ItemId) -> &FormItem<'q> {
        &self.items[id]
    }

    /// The item with that `linkId`, wherever it stands.
    pub(in crate::check::special) fn by_link(&self, link_id: &str) -> Option<ItemId> {
        self.by_link.get(link_id).copied()
    }

    /// The innermost item around `inner` that is `other` or holds it; none where only the Questionnaire holds both.
    pub(in crate::check::special) fn common_holder(&self, inner: ItemId, other: ItemId) -> Option<ItemId> {
        self.ancestors(inner)
            .skip(1)
            .find(|holder| self.ancestors(other).any(|item| item == *holder))
    }

    /// An item and those around it, from the inside out.
    pub(in crate::check::special) fn ancestors(&self, item: ItemId) -> impl Iterator<Item = ItemId> {
        std::iter::successors(Some(item), |item| self.items[*item].parent)
    }
}

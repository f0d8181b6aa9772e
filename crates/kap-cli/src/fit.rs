//! Bundles in the forms that a server takes: folded by `kap-map` as far as `kap-client` says that the server needs it, and
//! checked again by `kap-validate`.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::io;

use anyhow::bail;
use kap_client::capability::Capabilities;
use kap_client::{Carried, Client, Item, Journal};
use kap_map::{Fold, Folded};
use kap_validate::PlanSet;

use crate::definitions::Definitions;
use crate::forms::{self, Choice, Forms, Reason};
use crate::input::Document;
use crate::render::{Format, Outcome, Printer, Style};
use crate::{Global, bundles};

/// A bundle as it is pushed.
pub(crate) struct Fitted {
    pub(crate) item: Item,
    /// What does not leave as it was mapped, and why not.
    pub(crate) folds: Vec<(Fold, Reason)>,
    /// What stays here, as a Bundle of type collection.
    pub(crate) left: Option<Vec<u8>>,
}

/// Asks which of the practitioners, organizations and places that `items` name exist on a server that lets nobody create them.
pub(crate) async fn absent(
    client: &Client,
    journal: &Journal,
    items: &[Item],
    known: &Capabilities,
) -> Result<HashSet<String>, kap_client::Error> {
    let types = forms::must_exist(known);
    if types.is_empty() {
        return Ok(HashSet::new());
    }
    let bundles = items.iter().map(|item| item.bundle.bytes());
    kap_client::absent(client, journal, bundles, &types).await
}

/// Folds what needs it. Bundles that are not ours to fold stay as they are: the push says what is wrong with them.
pub(crate) fn fit(items: Vec<Item>, forms: &Forms<'_>, global: &Global) -> anyhow::Result<Vec<Fitted>> {
    if forms.takes_everything() {
        return Ok(items.into_iter().map(whole).collect());
    }
    let definitions = Definitions::standard()?;
    let plans = definitions.set();
    items
        .into_iter()
        .map(|item| fit_one(item, forms, &plans, global))
        .collect()
}

fn fit_one(item: Item, forms: &Forms<'_>, plans: &PlanSet<'_>, global: &Global) -> anyhow::Result<Fitted> {
    let reasons = RefCell::new(HashMap::new());
    let folded = kap_map::fold(item.bundle.bytes(), &|content| {
        let Choice { form, why } = forms.of(content);
        if let Some(why) = why {
            reasons.borrow_mut().insert(content.key.to_owned(), why);
        }
        form
    });
    match folded {
        Ok(folded) if !folded.folds.is_empty() => check_again(item.label, folded, reasons.into_inner(), plans, global),
        _ => Ok(whole(item)),
    }
}

fn whole(item: Item) -> Fitted {
    Fitted {
        item,
        folds: Vec::new(),
        left: None,
    }
}

/// A fold that is not valid is a fault of ours: its findings are printed, and nothing is pushed.
fn check_again(
    label: String,
    folded: Folded,
    mut reasons: HashMap<String, Reason>,
    plans: &PlanSet<'_>,
    global: &Global,
) -> anyhow::Result<Fitted> {
    let carries = folded.folds.iter().filter_map(carried).collect();
    let bundle = match bundles::check(plans, folded.bundle.clone()) {
        Ok(bundle) => bundle,
        Err(report) => {
            let document = Document {
                file: label,
                line: 1,
                is_line: false,
                text: folded.bundle,
            };
            let mut printer = Printer::new(io::stderr().lock(), Style::plain(Format::Human, global.reveal_values));
            printer.print(&Outcome::of_report(&document, None, report))?;
            printer.finish()?;
            bail!(
                "`{}`, in the forms that this server takes, is not valid; nothing was pushed. This is a fault of kap: please report it",
                document.file
            );
        }
    };
    let folds = folded.folds.into_iter().map(|fold| {
        let why = reasons.remove(&fold.key).unwrap_or_else(forms::nothing_told);
        (fold, why)
    });
    Ok(Fitted {
        folds: folds.collect(),
        item: Item {
            carries,
            ..bundles::item(label, bundle)
        },
        left: folded.left,
    })
}

fn carried(fold: &Fold) -> Option<Carried> {
    Some(Carried {
        document: fold.carried_by.clone()?,
        key: fold.key.clone(),
        resource_type: fold.resource_type.clone(),
    })
}

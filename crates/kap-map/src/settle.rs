//! What is left once everything that stays is taken out.

use std::collections::HashSet;

use crate::draft::{Draft, Withheld};
use crate::label::Labels;
use crate::segment::Reason;
use crate::segment::repair::repair;

/// Repairs references until nothing points to what stays; moves what cannot stand without it to `withheld`.
/// If nothing clinical is left, nothing leaves: a bundle with a patient alone would tell that this patient is treated here.
pub(crate) fn settle(mut drafts: Vec<Draft>, withheld: &mut Vec<Withheld>) -> Vec<Draft> {
    loop {
        let kept: HashSet<String> = drafts.iter().map(|draft| draft.key.urn()).collect();
        let before = drafts.len();
        drafts.retain_mut(|draft| {
            let stands = repair(&mut draft.resource, &kept);
            if !stands {
                withheld.push(Withheld {
                    pointer: std::mem::take(&mut draft.pointer),
                    reason: Reason::Dependent,
                });
            }
            stands
        });
        if drafts.len() == before {
            break;
        }
    }
    if drafts.iter().all(|draft| draft.resource_type.is_administrative()) {
        withheld.extend(drafts.drain(..).map(|draft| Withheld {
            pointer: draft.pointer,
            reason: Reason::Dependent,
        }));
    }
    drafts
}

/// The labels of the whole bundle: the high-water mark of its entries.
pub(crate) fn high_water(drafts: &[Draft]) -> Labels {
    drafts
        .iter()
        .fold(Labels::administrative(), |mark, draft| mark.raised_by(&draft.labels))
}

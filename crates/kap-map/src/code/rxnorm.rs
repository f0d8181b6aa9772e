//! RxNorm. Only the ingredient: codes of single products come with the record, which has them from the pharmacy.

use super::Code;

const SYSTEM: &str = "http://www.nlm.nih.gov/research/umls/rxnorm";

/// The ingredient ketamine. Esketamine is another ingredient, with a code that nobody checked: products of it carry the codes of the record.
pub(crate) const KETAMINE: Code = Code::new(SYSTEM, "6130", "ketamine");

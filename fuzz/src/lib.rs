//! What the fuzz targets share: changes that leave JSON well formed, so that the fuzzer gets past the parser.
//!
//! * [`mutation`]: changes one value of a document, as libFuzzer's custom mutator
//! * [`naive`]: a naive reading of definitions, to hold the compiled plan against
//! * [`plans`]: FHIR R4 and the KAP guide, to check documents against

pub mod mutation;
pub mod naive;
pub mod plans;

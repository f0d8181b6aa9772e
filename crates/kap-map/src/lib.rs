//! KAP record to FHIR R4 transaction bundle: identity, segmentation, source map and receipt

//! An EHR to try things on: FHIR R4 REST on SQLite

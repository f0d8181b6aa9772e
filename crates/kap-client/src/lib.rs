//! FHIR REST client with a durable journal: push, resume, verify

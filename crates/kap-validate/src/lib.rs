//! FHIR definitions to a compiled plan; plan and document to a report, offline

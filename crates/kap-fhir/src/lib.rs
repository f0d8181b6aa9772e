//! FHIR R4 as data: primitives, paths, references, packages, the Terminology trait and Checked documents

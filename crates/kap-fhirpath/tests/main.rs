//! Tests of kap-fhirpath.

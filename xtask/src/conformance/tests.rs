//! The visible sets, with their lists of what is known to differ. Their folders are named by `KAP_*` variables.

use std::path::PathBuf;

use super::{Args, Suite, library, run};

/// The folder that a variable names; without it, says that nothing was tested.
#[expect(clippy::print_stderr, reason = "skipped tests are for the person who runs them")]
fn folder(variable: &str) -> Option<PathBuf> {
    let folder = std::env::var_os(variable).map(PathBuf::from);
    if folder.is_none() {
        eprintln!("skipped: {variable} is not set");
    }
    folder
}

fn settle(suite: Suite, dir: PathBuf, list: &str) {
    let args = Args {
        suite,
        dir,
        package: Vec::new(),
        sources: Vec::new(),
        out: None,
        verbose: false,
        only: None,
        all: false,
        known: Some(crate::root().join("tests/conformance").join(list)),
    };
    run(&crate::root(), &args).expect("the run and its list agree; differences are printed above");
}

#[test]
fn cases_of_hl7_have_the_verdict_of_the_reference() {
    if let (Some(folder), Some(_)) = (folder("KAP_CONFORMANCE_DIR"), folder("KAP_PACKAGES_DIR")) {
        settle(
            Suite::FhirTestCases,
            folder.join("fhir-test-cases"),
            "fhir-test-cases.toml",
        );
    }
}

#[test]
fn mutants_are_found_at_their_place() {
    if let (Some(folder), Some(_)) = (folder("KAP_CONFORMANCE_DIR"), folder("KAP_PACKAGES_DIR")) {
        settle(Suite::Mutants, folder.join("mutants"), "mutants.toml");
    }
}

#[test]
fn examples_of_us_core_have_no_errors_but_true_ones() {
    let Some(folder) = folder("KAP_PACKAGES_DIR") else {
        return;
    };
    for version in ["6.1.0", "7.0.0", "8.0.0"] {
        let archive = folder.join(format!("hl7.fhir.us.core-{version}.tgz"));
        settle(Suite::Examples, archive, &format!("examples-us-core-{version}.toml"));
    }
}

#[test]
fn packages_are_found_by_name_and_version() {
    let Some(folder) = folder("KAP_PACKAGES_DIR") else {
        return;
    };
    let library = library::Library::new(&[], &folder);
    assert_eq!(
        library.find("hl7.fhir.us.core#6.1.0"),
        Some(folder.join("hl7.fhir.us.core-6.1.0.tgz"))
    );
    assert_eq!(library.find("hl7.fhir.us.core#0.0.1"), None);
    assert!(library.find_nearest("hl7.fhir.us.core#0.0.1").is_some());
}

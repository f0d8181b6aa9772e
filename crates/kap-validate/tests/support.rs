//! What the tests check against: FHIR R4 and a small package of profiles.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use kap_fhir::Package;
use kap_fhir::package::Limits;
use kap_validate::{Plan, PlanSet};

/// The top folder of the checkout.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The package in `tests/definitions`, compiled.
pub(crate) fn test_plan() -> Plan {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/definitions");
    let package = Package::from_folder(&folder, &Limits::default()).expect("the package is readable");
    let bytes = kap_validate::compile_package(&package).expect("the package compiles");
    Plan::from_bytes(bytes).expect("a plan that was just compiled is readable")
}

/// R4 with the package in `tests/definitions`.
pub(crate) fn with_plans<T>(run: impl FnOnce(&PlanSet<'_>) -> T) -> T {
    static PLAN: LazyLock<Plan> = LazyLock::new(test_plan);
    run(&PlanSet::new(&[Plan::r4(), &PLAN]))
}

/// The JSON files below a folder, in order.
pub(crate) fn json_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
        let path = entry.expect("the folder is readable").path();
        if path.is_dir() {
            files.extend(json_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "json") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// The JSON files below a folder that are documents: not options or expected issues.
pub(crate) fn documents(folder: &Path) -> Vec<PathBuf> {
    let is_document = |path: &PathBuf| {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        !name.ends_with(".issues.json") && !name.ends_with(".options.json")
    };
    json_files(folder).into_iter().filter(is_document).collect()
}

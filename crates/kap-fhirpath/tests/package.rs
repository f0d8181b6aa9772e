//! Packages from outside, where they are at hand.

use std::fs::File;
use std::path::PathBuf;
use std::sync::OnceLock;

use kap_fhir::Package;
use kap_fhirpath::definitions::Definitions;

/// The archives in `KAP_PACKAGES_DIR` whose names begin with one of `names`.
pub(crate) fn archives(names: &[&str]) -> Vec<PathBuf> {
    let Some(folder) = std::env::var_os("KAP_PACKAGES_DIR") else {
        eprintln!("SKIPPED: KAP_PACKAGES_DIR is not set");
        return Vec::new();
    };
    let entries = std::fs::read_dir(folder).expect("the folder can be listed");
    let mut paths: Vec<PathBuf> = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| {
            let file = path.file_name().unwrap_or_default().to_string_lossy();
            names.iter().any(|name| file.starts_with(name)) && file.ends_with(".tgz")
        })
        .collect();
    paths.sort();
    paths
}

pub(crate) fn read(path: &PathBuf) -> Package {
    let file = File::open(path).expect("the archive can be opened");
    Package::from_tgz(&path.to_string_lossy(), file, &kap_fhir::package::Limits::default())
        .expect("the archive can be read")
}

/// R4's types; none where R4's package is not at hand.
pub(crate) fn r4() -> Option<&'static Definitions> {
    static R4: OnceLock<Option<Definitions>> = OnceLock::new();
    R4.get_or_init(|| {
        let path = archives(&["hl7.fhir.r4.core-4.0.1"]).into_iter().next()?;
        let package = read(&path);
        Some(Definitions::new(package.files.iter().map(|file| file.bytes.as_slice())))
    })
    .as_ref()
}

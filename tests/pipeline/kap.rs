//! The binary under test.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The namespace of the tests' clinic.
pub(crate) const NAMESPACE: &str = "5f0c5b0e-3b0d-4a56-9a2e-6f1f0c7b9d42";

/// `kap`, in `folder`, without anything of the caller's surroundings that it reads.
pub(crate) fn kap(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kap"));
    command
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .env("KAP_NAMESPACE", NAMESPACE);
    command
}

/// Runs `kap` with `arguments` and answers exit code, standard output and standard error.
pub(crate) fn run(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let Output { status, stdout, stderr } = kap(folder).args(arguments).output().expect("kap can be started");
    let text = |bytes| String::from_utf8(bytes).expect("kap prints UTF-8");
    (status.code().expect("kap was not killed"), text(stdout), text(stderr))
}

/// The arguments that push `bundles` with the journal `journal.db`.
pub(crate) fn push_arguments(base: &str) -> [&str; 7] {
    [
        "push",
        "bundles",
        "--base",
        base,
        "--journal",
        "journal.db",
        "--create-patients",
    ]
}

/// The arguments that read back what they pushed.
pub(crate) fn verify_arguments(base: &str) -> [&str; 5] {
    ["verify", "--base", base, "--journal", "journal.db"]
}

/// The folder of the records.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/records")
}

/// One of the records.
pub(crate) fn record(name: &str) -> String {
    folder().join(name).display().to_string()
}

/// All twelve records.
pub(crate) fn records() -> Vec<String> {
    let paths = std::fs::read_dir(folder())
        .expect("the records are there")
        .map(|entry| entry.expect("an entry").path());
    let mut records: Vec<String> = paths
        .filter(|path| path.is_file())
        .map(|path| path.display().to_string())
        .collect();
    records.sort();
    records
}

//! Console sessions: each file in `tests/cli` is commands, their output and their exit codes.
//! `TRYCMD=overwrite cargo test --test cli` accepts what is printed now; read the difference before committing it.

#[test]
fn sessions_print_what_their_files_say() {
    trycmd::TestCases::new()
        .register_bin("kap", trycmd::cargo::cargo_bin!("kap"))
        .default_bin_name("kap")
        .env("NO_COLOR", "1")
        .case("../../tests/cli/*.md");
}

/// The README shows real code: the example that kap-map's tests run.
#[test]
fn the_readme_shows_the_example() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let read = |name: &str| std::fs::read_to_string(root.join(name)).expect("it is part of the checkout");
    let example = read("crates/kap-map/examples/record_to_bundle.rs");
    let function = example
        .find("/// Reads a record")
        .map(|start| example[start..].trim_end());
    let function = function.expect("the example has its function");
    assert!(
        read("README.md").contains(function),
        "copy the example's function into the README"
    );
}

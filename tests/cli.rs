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

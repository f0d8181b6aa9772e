/// What can keep this crate from doing its job. Findings about documents are never errors.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The bytes are not a compiled plan.
    #[error("these bytes are not a compiled plan")]
    NotAPlan,
    /// The plan was compiled for another version of this program.
    #[error("the plan has format {found}, this program reads format {expected}: compile its package again")]
    PlanFormat {
        /// Format of the plan.
        found: u32,
        /// Format that this version reads.
        expected: u32,
    },
    /// The plan's bytes were cut short or altered.
    #[error("the plan is damaged: compile its package again")]
    PlanDamaged,
    /// A definition of a package is not JSON.
    #[error("`{file}` of package `{package}` is not JSON")]
    Definition {
        /// The package, `name#version`.
        package: String,
        /// The file in it.
        file: String,
        /// What the JSON reader said.
        source: serde_json::Error,
    },
    /// A package has more element names or definitions than a plan can number.
    #[error("package `{package}` is too large for a plan: more than {allowed} {what}")]
    TooLarge {
        /// The package, `name#version`.
        package: String,
        /// The limit.
        allowed: usize,
        /// What is counted.
        what: &'static str,
    },
}

use std::path::PathBuf;

/// What can keep this crate from doing its job. All of it concerns packages: nothing else here can fail.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file or folder of a package could not be read.
    #[error("cannot read `{}` of a FHIR package", path.display())]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// The archive is not a gzipped tar file, or it is damaged.
    #[error("`{label}` is not a readable FHIR package archive (a gzipped tar file is expected)")]
    Archive {
        /// What was read, for example a file name.
        label: String,
        /// What the reader of the archive said.
        source: std::io::Error,
    },
    /// The package asks for more than [`package::Limits`](crate::package::Limits) allows.
    #[error("FHIR package `{label}` is larger than allowed: more than {allowed} {what}")]
    TooLarge {
        /// What was read, for example a file name.
        label: String,
        /// The limit.
        allowed: u64,
        /// What is counted: `bytes when unpacked`, `files` or `bytes in one file`.
        what: &'static str,
    },
    /// The package's `package.json` is missing or does not give a name and a version.
    #[error("FHIR package `{label}` has no usable `package.json`: {problem}")]
    Manifest {
        /// What was read, for example a file name.
        label: String,
        /// What is missing or wrong.
        problem: String,
    },
    /// The package cache does not hold the package.
    #[error("package `{name}#{version}` is not in the FHIR package cache `{}`", cache.display())]
    NotCached {
        /// Name of the package.
        name: String,
        /// Version asked for.
        version: String,
        /// Folder of the cache.
        cache: PathBuf,
    },
}

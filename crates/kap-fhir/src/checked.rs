//! Validity in the type: bytes that were judged, and by what.

use std::fmt;
use std::marker::PhantomData;

use sha2::{Digest, Sha256};

/// Marker for `Checked<Bundle>`: a document whose root is a FHIR Bundle
/// (<https://hl7.org/fhir/R4/bundle.html>).
#[derive(Debug)]
pub enum Bundle {}

/// What a validation came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// No errors, and nothing was left open.
    Valid,
    /// No errors, but some checks could not be decided: see [`Checked::undecided`].
    Undecided,
    /// At least one error.
    Invalid,
}

impl Verdict {
    /// The word used in journals and machine output: `valid`, `undecided` or `invalid`.
    pub fn as_str(self) -> &'static str {
        match self {
            Verdict::Valid => "valid",
            Verdict::Undecided => "undecided",
            Verdict::Invalid => "invalid",
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// A kind of check that could not be decided with the definitions at hand: never an error, never silently passed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Undecided {
    /// Why it could not be decided, for example `value set is not enumerable offline`.
    pub reason: String,
    /// What was left open, for example the canonical URL of a value set or profile.
    pub what: String,
    /// How often it was met in the document.
    pub count: u32,
}

/// The bytes of a document together with the verdict on exactly these bytes.
///
/// Only `kap-validate` constructs it (clippy's disallowed methods hold that), so whoever takes a `Checked<Bundle>` cannot
/// be handed something nobody looked at.
pub struct Checked<T> {
    bytes: Vec<u8>,
    sha256: [u8; 32],
    verdict: Verdict,
    packages: Vec<String>,
    undecided: Vec<Undecided>,
    kind: PhantomData<fn() -> T>,
}

impl<T> Checked<T> {
    /// States that `bytes` were judged against `packages` (each `name#version`) with this verdict. The SHA-256 is taken here.
    ///
    /// Reserved for `kap-validate`: everybody else calls `kap_validate::check_bundle`.
    pub fn assume(bytes: Vec<u8>, verdict: Verdict, packages: Vec<String>, undecided: Vec<Undecided>) -> Self {
        let sha256 = Sha256::digest(&bytes).into();
        Checked {
            bytes,
            sha256,
            verdict,
            packages,
            undecided,
            kind: PhantomData,
        }
    }

    /// The document, byte for byte as it was judged.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The document, without the statement about it.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// SHA-256 of [`Checked::bytes`].
    pub fn sha256(&self) -> [u8; 32] {
        self.sha256
    }

    /// SHA-256 of [`Checked::bytes`] as 64 lower-case hexadecimal digits.
    pub fn sha256_hex(&self) -> String {
        hex::encode(self.sha256)
    }

    /// What the validation came to.
    pub fn verdict(&self) -> Verdict {
        self.verdict
    }

    /// The packages that the document was judged against, each `name#version`, in the order they were loaded.
    pub fn packages(&self) -> &[String] {
        &self.packages
    }

    /// What could not be decided; empty when the verdict is [`Verdict::Valid`].
    pub fn undecided(&self) -> &[Undecided] {
        &self.undecided
    }
}

impl<T> Clone for Checked<T> {
    fn clone(&self) -> Self {
        Checked {
            bytes: self.bytes.clone(),
            sha256: self.sha256,
            verdict: self.verdict,
            packages: self.packages.clone(),
            undecided: self.undecided.clone(),
            kind: PhantomData,
        }
    }
}

/// Shows hash and verdict, never the bytes: they are a patient's.
impl<T> fmt::Debug for Checked<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Checked")
            .field("sha256", &self.sha256_hex())
            .field("verdict", &self.verdict)
            .field("packages", &self.packages)
            .field("undecided", &self.undecided.len())
            .finish_non_exhaustive()
    }
}

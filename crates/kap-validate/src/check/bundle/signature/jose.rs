//! JSON Web Signatures in their compact form ([RFC 7515](https://www.rfc-editor.org/rfc/rfc7515), and [RFC 7797](https://www.rfc-editor.org/rfc/rfc7797)
//! for content that is signed as it is).

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use kap_fhirpath::temporal::DateTime;
use serde_json::Value;

/// A signature, taken apart.
pub(super) struct Jose {
    /// The header as it is signed.
    pub(super) protected: String,
    /// How it is signed, for example `RS256`.
    pub(super) algorithm: String,
    /// The certificate, as DER.
    pub(super) certificate: Option<Vec<u8>>,
    /// When it was signed, as written.
    pub(super) signed_at: Option<String>,
    /// The canonical form that the header names.
    pub(super) canonicalization: Option<String>,
    /// Whether content enters the signature in base64.
    pub(super) is_encoded: bool,
    /// What was signed; `None` if the signature is detached from it.
    pub(super) payload: Option<Vec<u8>>,
    pub(super) signature: Vec<u8>,
}

impl Jose {
    /// Takes `compact` apart, or says what is wrong with it.
    pub(super) fn read(compact: &str) -> Result<Jose, &'static str> {
        let mut parts = compact.trim().split('.');
        let (Some(protected), Some(payload), Some(signature), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err("a JSON Web Signature has three parts, divided by dots");
        };
        let header = URL_SAFE_NO_PAD
            .decode(protected)
            .map_err(|_| "the header of the signature is not base64 for URLs")?;
        let header: Value = serde_json::from_slice(&header).map_err(|_| "the header of the signature is not JSON")?;
        let text = |name: &str| header[name].as_str().map(str::to_owned);
        Ok(Jose {
            protected: protected.to_owned(),
            algorithm: text("alg").ok_or("the header of the signature does not say its algorithm")?,
            certificate: header["x5c"][0]
                .as_str()
                .map(|certificate| STANDARD.decode(certificate))
                .transpose()
                .map_err(|_| "the certificate in the header of the signature is not base64")?,
            signed_at: text("sigT"),
            canonicalization: text("canon"),
            is_encoded: header["b64"] != Value::Bool(false),
            payload: Some(payload)
                .filter(|payload| !payload.is_empty())
                .map(|payload| URL_SAFE_NO_PAD.decode(payload))
                .transpose()
                .map_err(|_| "the content in the signature is not base64 for URLs")?,
            signature: URL_SAFE_NO_PAD
                .decode(signature)
                .map_err(|_| "the signature is not base64 for URLs")?,
        })
    }

    /// The bytes that were signed if `content` was.
    pub(super) fn signed(&self, content: &str) -> String {
        if self.is_encoded {
            format!("{}.{}", self.protected, URL_SAFE_NO_PAD.encode(content))
        } else {
            format!("{}.{content}", self.protected)
        }
    }
}

/// Whether `text` has the shape of a JSON Web Signature: a header that begins as JSON does, and two dots.
pub(super) fn looks_like(text: &str) -> bool {
    text.starts_with("eyJ") && text.bytes().filter(|byte| *byte == b'.').count() == 2
}

/// The instant that `text` names.
pub(super) fn instant(text: &str) -> Option<DateTime> {
    DateTime::parse(text)
}

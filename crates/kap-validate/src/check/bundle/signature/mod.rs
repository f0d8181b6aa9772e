//! Digital signatures of bundles (<https://hl7.org/fhir/R4/signatures.html>): what a JSON Web Signature says, whether the
//! bundle still is what was signed, and whether the key of the certificate signed it. Whom the certificate is to be trusted
//! to speak for is a matter of policy, and stays undecided.

mod canonical;
mod certificate;
mod jose;

use std::cmp::Ordering;

use kap_fhir::base64;
use kap_json::{CodeInfo, Message, Node};

use super::text;
use crate::check::walk::Walk;
use crate::codes::signature as codes;
use canonical::Canonical;
use certificate::Verdict;
use jose::Jose;

const JOSE: &str = "application/jose";

/// Checks the signature of a bundle, if it has one.
pub(super) fn check<'c>(walk: &mut Walk<'c>, bundle: Node<'c>) {
    let Some(signature) = bundle.get("signature") else {
        return;
    };
    let Some(data) = text(signature, "data") else {
        return open(walk, "the signature carries no data");
    };
    let format = text(signature, "sigFormat");
    if format.is_none() {
        fault(
            walk,
            &codes::SIGNATURE_FORMAT,
            signature,
            "the signature does not say its format",
        );
    }
    if format.is_some_and(|format| format != JOSE) {
        return open(walk, "a signature in a format other than application/jose");
    }
    let Some(jose) = read(walk, signature, data, format.is_some()) else {
        return;
    };
    time(walk, signature, &jose);
    if jose.payload.is_some() {
        fault(
            walk,
            &codes::SIGNATURE_PAYLOAD,
            signature,
            "the signature carries what it signs, beside the bundle itself",
        );
    }
    content(walk, bundle, signature, &jose);
}

/// The JSON Web Signature in `data`, which is base64 of its compact form
/// (<https://hl7.org/fhir/R4/datatypes-definitions.html#Signature.data>).
fn read<'c>(walk: &mut Walk<'c>, signature: Node<'c>, data: &str, is_stated: bool) -> Option<Jose> {
    let decoded = base64::decode(data).and_then(|bytes| String::from_utf8(bytes).ok());
    let compact = match &decoded {
        Some(compact) => compact.as_str(),
        None if jose::looks_like(data) => {
            fault(
                walk,
                &codes::SIGNATURE_DATA,
                signature,
                "the signature stands in `data` as it is, not in base64",
            );
            data
        }
        None if is_stated => {
            fault(
                walk,
                &codes::SIGNATURE_DATA,
                signature,
                "`data` is no JSON Web Signature in base64",
            );
            return None;
        }
        None => {
            open(walk, "a signature in an unknown format");
            return None;
        }
    };
    match Jose::read(compact) {
        Ok(jose) => Some(jose),
        Err(_) if !is_stated && !jose::looks_like(compact) => {
            open(walk, "a signature in an unknown format");
            None
        }
        Err(why) => {
            fault(walk, &codes::SIGNATURE_HEADER, signature, why);
            None
        }
    }
}

/// `sigT` and `when` say the same.
fn time<'c>(walk: &mut Walk<'c>, signature: Node<'c>, jose: &Jose) {
    let Some(signed) = &jose.signed_at else {
        return fault(
            walk,
            &codes::SIGNATURE_TIME_MISSING,
            signature,
            "the header of the signature has no `sigT`",
        );
    };
    let when = text(signature, "when").and_then(jose::instant);
    match (jose::instant(signed), when) {
        (None, _) => fault(
            walk,
            &codes::SIGNATURE_HEADER,
            signature,
            "`sigT` in the header of the signature is no time",
        ),
        (Some(signed), Some(when)) if signed.compare(when) != Some(Ordering::Equal) => {
            fault(
                walk,
                &codes::SIGNATURE_TIME,
                signature,
                "`when` is another time than the signature itself says",
            );
        }
        _ => {}
    }
}

/// Whether the bundle is what was signed, by the key of the certificate in the header.
fn content<'c>(walk: &mut Walk<'c>, bundle: Node<'c>, signature: Node<'c>, jose: &Jose) {
    let target_format = text(signature, "targetFormat").unwrap_or_default();
    let Some(canonical) = Canonical::of(jose.canonicalization.as_deref(), target_format) else {
        return open(
            walk,
            "a signature over another canonical form than those of FHIR's JSON",
        );
    };
    let Some(certificate) = &jose.certificate else {
        fault(
            walk,
            &codes::SIGNATURE_CERTIFICATE_MISSING,
            signature,
            "the header of the signature has no certificate (`x5c`)",
        );
        return open(walk, "a signature whose certificate is not at hand");
    };
    let now = canonical.text(bundle);
    if jose.payload.as_ref().is_some_and(|signed| *signed != now.as_bytes()) {
        fault(
            walk,
            &codes::SIGNATURE_CONTENT,
            signature,
            "the bundle is not the content that was signed",
        );
    }
    match certificate::verify(certificate, jose, &now) {
        Verdict::Signed => open(walk, "whether the certificate of a signature is to be trusted"),
        Verdict::NotSigned => fault(
            walk,
            &codes::SIGNATURE_INVALID,
            signature,
            "the key of the certificate did not sign this content",
        ),
        Verdict::NoCertificate => fault(
            walk,
            &codes::SIGNATURE_HEADER,
            signature,
            "the certificate in the header of the signature cannot be read",
        ),
        Verdict::Unknown => open(
            walk,
            "a signature with an algorithm or a kind of key that is not known here",
        ),
    }
}

fn fault<'c>(walk: &mut Walk<'c>, info: &'static CodeInfo, signature: Node<'c>, message: &'static str) {
    walk.report(info, signature, || Message::text(message), None);
}

fn open(walk: &mut Walk<'_>, what: &'static str) {
    walk.findings
        .undecided("signatures are verified as far as the document itself allows", what, 1);
}

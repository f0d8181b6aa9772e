//! Verifying with the key of a certificate ([RFC 7518](https://www.rfc-editor.org/rfc/rfc7518#section-3) names the
//! algorithms).

use rustls_pki_types::{CertificateDer, SignatureVerificationAlgorithm};
use webpki::ring;

use webpki::{EndEntityCert, Error};

use super::jose::Jose;

/// What verifying came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The key of the certificate signed the content.
    Signed,
    /// It did not.
    NotSigned,
    /// There is no certificate that can be read.
    NoCertificate,
    /// Such algorithms or keys are not known here.
    Unknown,
}

/// Whether the key of `certificate` signed `content`.
pub(super) fn verify(certificate: &[u8], jose: &Jose, content: &str) -> Verdict {
    let certificate = CertificateDer::from(certificate);
    let Ok(certificate) = EndEntityCert::try_from(&certificate) else {
        return Verdict::NoCertificate;
    };
    let Some((algorithm, is_elliptic)) = algorithm(&jose.algorithm) else {
        return Verdict::Unknown;
    };
    let signature = if is_elliptic {
        asn1(&jose.signature)
    } else {
        Some(jose.signature.clone())
    };
    let Some(signature) = signature else {
        return Verdict::NotSigned;
    };
    let message = jose.signed(content);
    match certificate.verify_signature(algorithm, message.as_bytes(), &signature) {
        Ok(()) => Verdict::Signed,
        Err(Error::InvalidSignatureForPublicKey) => Verdict::NotSigned,
        Err(_) => Verdict::Unknown,
    }
}

/// The algorithm of that name, and whether it is one over an elliptic curve.
fn algorithm(name: &str) -> Option<(&'static dyn SignatureVerificationAlgorithm, bool)> {
    Some(match name {
        "RS256" => (ring::RSA_PKCS1_2048_8192_SHA256, false),
        "RS384" => (ring::RSA_PKCS1_2048_8192_SHA384, false),
        "RS512" => (ring::RSA_PKCS1_2048_8192_SHA512, false),
        "PS256" => (ring::RSA_PSS_2048_8192_SHA256_LEGACY_KEY, false),
        "PS384" => (ring::RSA_PSS_2048_8192_SHA384_LEGACY_KEY, false),
        "PS512" => (ring::RSA_PSS_2048_8192_SHA512_LEGACY_KEY, false),
        "ES256" => (ring::ECDSA_P256_SHA256, true),
        "ES384" => (ring::ECDSA_P384_SHA384, true),
        "EdDSA" => (ring::ED25519, false),
        _ => return None,
    })
}

/// A signature of two numbers of one length, as JOSE writes it, the way ASN.1 does.
fn asn1(signature: &[u8]) -> Option<Vec<u8>> {
    if signature.is_empty() || !signature.len().is_multiple_of(2) || signature.len() > 96 {
        return None;
    }
    let (r, s) = signature.split_at(signature.len() / 2);
    let numbers: Vec<u8> = [r, s].into_iter().flat_map(integer).collect();
    // Two numbers of at most 48 bytes fit into the short form of a length.
    let mut encoded = vec![0x30, u8::try_from(numbers.len()).ok().filter(|length| *length < 0x80)?];
    encoded.extend(numbers);
    Some(encoded)
}

fn integer(bytes: &[u8]) -> Vec<u8> {
    let significant = &bytes[bytes.iter().take_while(|byte| **byte == 0).count()..];
    // A first bit that is set would make it negative, and nothing is no number.
    let needs_zero = significant.first().is_none_or(|first| first & 0x80 != 0);
    let length = significant.len() + usize::from(needs_zero);
    let mut encoded = vec![0x02, u8::try_from(length).unwrap_or(u8::MAX)];
    encoded.extend(needs_zero.then_some(0));
    encoded.extend(significant);
    encoded
}

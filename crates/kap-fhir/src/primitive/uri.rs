//! uri, url, canonical, oid and uuid (<https://hl7.org/fhir/R4/datatypes.html#uri>).

const URI: &str = "must not be empty or contain white space";
const SCHEME: &str = "must begin with `urn:oid:` or `urn:uuid:` where it is an OID or a UUID";
const OID: &str = "must be an OID as a URN, such as `urn:oid:1.2.3.4.5`";
const UUID_IN_URI: &str =
    "must have a UUID in lower case behind `urn:uuid:`, such as `c757873d-ec9a-4326-a141-556f43239520`";
const UUID: &str = "must be a UUID as a URN in lower case, such as `urn:uuid:c757873d-ec9a-4326-a141-556f43239520`";

pub(super) fn uri(text: &str) -> Result<(), &'static str> {
    if text.is_empty() || text.bytes().any(|byte| byte <= b' ') {
        return Err(URI);
    }
    if !text.starts_with(['u', 'o']) {
        return Ok(());
    }
    if text.starts_with("oid:") || text.starts_with("uuid:") {
        return Err(SCHEME);
    }
    // A URN of these two kinds has a grammar of its own: "URIs are case sensitive. For UUID
    // (urn:uuid:53fefa32-fcbb-4ff8-8a92-55ee120877b7) use all lowercase".
    if text.starts_with("urn:oid:") {
        return oid(bare(text));
    }
    match text.strip_prefix("urn:uuid:") {
        Some(rest) if !is_uuid(bare(rest)) => Err(UUID_IN_URI),
        _ => Ok(()),
    }
}

/// The URI without the version and fragment that a canonical may carry.
fn bare(text: &str) -> &str {
    let end = text.find(['|', '#']).unwrap_or(text.len());
    text.get(..end).unwrap_or(text)
}

/// `urn:oid:[0-2](\.(0|[1-9][0-9]*))+`
pub(super) fn oid(text: &str) -> Result<(), &'static str> {
    let Some(rest) = text.strip_prefix("urn:oid:") else {
        return Err(OID);
    };
    let mut arcs = rest.split('.');
    let root = matches!(arcs.next(), Some("0" | "1" | "2"));
    let arc = |arc: &str| {
        matches!(arc.as_bytes(), [b'0'] | [b'1'..=b'9', ..]) && arc.bytes().all(|byte| byte.is_ascii_digit())
    };
    if root && rest.contains('.') && arcs.all(arc) {
        Ok(())
    } else {
        Err(OID)
    }
}

pub(super) fn uuid(text: &str) -> Result<(), &'static str> {
    match text.strip_prefix("urn:uuid:") {
        Some(rest) if is_uuid(rest) => Ok(()),
        _ => Err(UUID),
    }
}

fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => matches!(byte, b'0'..=b'9' | b'a'..=b'f'),
        })
}

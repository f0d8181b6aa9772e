//! A server as it is configured: name, address, sign-in, patience.

use std::fmt;
use std::net::IpAddr;
use std::time::Duration;

use url::{Host, Url};

use crate::Error;

/// A text that is never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Wraps `text`.
    pub fn new(text: impl Into<String>) -> Secret {
        Secret(text.into())
    }

    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("‹hidden›")
    }
}

/// How we sign in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Credentials {
    /// Not at all.
    #[default]
    None,
    /// With a token that someone else obtained (RFC 6750).
    Bearer(Secret),
}

/// How long we wait for a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeouts {
    /// For the connection.
    pub connect: Duration,
    /// For the whole answer to a read or a search.
    pub read: Duration,
    /// For the whole answer to a transaction. Servers that write one transaction after the other let us queue.
    pub transaction: Duration,
}

impl Default for Timeouts {
    /// 10 s, 30 s, 120 s.
    fn default() -> Self {
        Timeouts {
            connect: Duration::from_secs(10),
            read: Duration::from_secs(30),
            transaction: Duration::from_secs(120),
        }
    }
}

/// A FHIR R4 server to push to.
#[derive(Clone, Debug)]
pub struct Endpoint {
    /// The configured name; the journal knows the server by it.
    pub name: String,
    /// The service base URL (<https://hl7.org/fhir/R4/http.html#root>).
    pub base: Url,
    /// Whether plain `http` may be used beyond this machine.
    pub allow_insecure: bool,
    /// How to sign in.
    pub credentials: Credentials,
    /// How long to wait.
    pub timeouts: Timeouts,
    /// Answers with more bytes than this (decompressed) are not read to the end.
    pub max_response_bytes: usize,
}

impl Endpoint {
    /// An endpoint with the default patience, no sign-in, and `https` beyond this machine; answers up to 128 MiB.
    pub fn new(name: impl Into<String>, base: Url) -> Endpoint {
        Endpoint {
            name: name.into(),
            base,
            allow_insecure: false,
            credentials: Credentials::None,
            timeouts: Timeouts::default(),
            max_response_bytes: 128 << 20,
        }
    }

    /// The base URL with a slash at its end, if it may be used at all.
    pub(crate) fn checked_base(&self) -> Result<Url, Error> {
        let refuse = |reason| Error::Endpoint {
            name: self.name.clone(),
            reason,
        };
        if !matches!(self.base.scheme(), "http" | "https") || self.base.host().is_none() {
            return Err(refuse("its base is not an https or http URL; correct it"));
        }
        let signs_in = !self.base.username().is_empty() || self.base.password().is_some();
        if self.base.query().is_some() || self.base.fragment().is_some() || signs_in {
            return Err(refuse(
                "its base has a query, a fragment, a user name or a password; leave them out",
            ));
        }
        if self.base.scheme() == "http" && !self.is_loopback() && !self.allow_insecure {
            let name = self.name.clone();
            return Err(Error::PlainHttp { name });
        }
        let mut base = self.base.clone();
        let path = format!("{}/", base.path().trim_end_matches('/'));
        base.set_path(&path);
        Ok(base)
    }

    pub(crate) fn is_loopback(&self) -> bool {
        match self.base.host() {
            Some(Host::Ipv4(address)) => IpAddr::from(address).is_loopback(),
            Some(Host::Ipv6(address)) => IpAddr::from(address).is_loopback(),
            Some(Host::Domain(name)) => name == "localhost",
            None => false,
        }
    }
}

//! Faults of the answer to a request that was done.

use std::io;

use axum::body::{Body, to_bytes};
use axum::http::{HeaderValue, Response, StatusCode, header};
use futures_util::stream::{self, StreamExt as _};
use serde_json::Value;

use super::wire::Wire;
use super::{Fault, Injector};

impl Injector {
    /// The answer as the client gets it.
    pub(crate) async fn spoil(&self, fault: Fault, answer: Response<Body>, wire: Option<&Wire>) -> Response<Body> {
        match fault {
            Fault::AnswerLost | Fault::ConnectionReset => lost(fault, wire),
            Fault::AnswerDelayed => {
                tokio::time::sleep(self.delay()).await;
                answer
            }
            Fault::GatewayTimeout => gateway_timeout(),
            Fault::TruncatedBody => truncated(answer).await,
            Fault::WrongEntryCount => without_last_entry(answer).await,
            Fault::EmptyAnswer => {
                let (mut parts, _) = answer.into_parts();
                parts.headers.remove(header::CONTENT_TYPE);
                Response::from_parts(parts, Body::empty())
            }
            Fault::Accepted if answer.status().is_success() => {
                let mut accepted = Response::new(Body::empty());
                *accepted.status_mut() = StatusCode::ACCEPTED;
                accepted
            }
            Fault::SlowDrip => {
                let (parts, body) = whole(answer).await;
                if let Some(wire) = wire {
                    wire.drip(body.len(), self.delay());
                }
                Response::from_parts(parts, Body::from(body))
            }
            _ => answer,
        }
    }
}

/// No answer: the connection ends. Where there is none, because the service is called in this process, the body fails at once.
fn lost(fault: Fault, wire: Option<&Wire>) -> Response<Body> {
    match wire {
        Some(wire) if fault == Fault::ConnectionReset => wire.reset(),
        Some(wire) => wire.end(),
        None => {
            let failure = io::Error::from(io::ErrorKind::ConnectionReset);
            return Response::new(Body::from_stream(stream::iter([Err::<Vec<u8>, _>(failure)])));
        }
    }
    Response::default()
}

fn gateway_timeout() -> Response<Body> {
    let mut response = Response::new(Body::from("<html><body><h1>504 Gateway Time-out</h1></body></html>"));
    *response.status_mut() = StatusCode::GATEWAY_TIMEOUT;
    let media_type = HeaderValue::from_static("text/html");
    response.headers_mut().insert(header::CONTENT_TYPE, media_type);
    response
}

/// The first half, under the length of the whole.
async fn truncated(answer: Response<Body>) -> Response<Body> {
    let (mut parts, mut body) = whole(answer).await;
    let length = HeaderValue::from(body.len().max(1));
    parts.headers.insert(header::CONTENT_LENGTH, length);
    body.truncate(body.len() / 2);
    // A stream says nothing of its length, so that the header's stands; the pause lets what there is go out before the failure.
    let broken = async {
        tokio::task::yield_now().await;
        Err(io::Error::from(io::ErrorKind::ConnectionAborted))
    };
    let halves = stream::once(async { Ok(body) }).chain(stream::once(broken));
    Response::from_parts(parts, Body::from_stream(halves))
}

async fn without_last_entry(answer: Response<Body>) -> Response<Body> {
    let (parts, body) = whole(answer).await;
    let Ok(mut bundle) = serde_json::from_slice::<Value>(&body) else {
        return Response::from_parts(parts, Body::from(body));
    };
    if let Some(entries) = bundle.get_mut("entry").and_then(Value::as_array_mut) {
        entries.pop();
    }
    Response::from_parts(parts, Body::from(bundle.to_string()))
}

async fn whole(answer: Response<Body>) -> (axum::http::response::Parts, Vec<u8>) {
    let (parts, body) = answer.into_parts();
    // The bodies are made of texts in memory: they have no way to fail.
    let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
    (parts, body.to_vec())
}

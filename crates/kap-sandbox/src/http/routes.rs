//! From an HTTP request to its response.

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{ConnectInfo, DefaultBodyLimit, FromRequest, Request as HttpRequest, State};
use axum::http::request::Parts;
use axum::http::{Method, Response, StatusCode};
use axum::routing::get;

use rusqlite::Connection;
use rusqlite::TransactionBehavior::{self, Deferred, Immediate};

use super::{body, headers, response};
use crate::bundle;
use crate::context::Context;
use crate::faults::wire::Wire;
use crate::faults::{Drawn, Fault, refuse};
use crate::interaction::{Answer, Interaction};
use crate::outcome::Refusal;
use crate::preferences::Preferences;
use crate::request::{Request, unknown_address};
use crate::sandbox::Sandbox;
use crate::store::blocking;

/// The path of the service base.
pub(crate) const BASE_PATH: &str = "/fhir";

/// One handler for all addresses: entries of a batch have addresses too, so these are told apart in `request`.
pub(crate) fn router(sandbox: Sandbox) -> Router {
    let limit = sandbox.body_limit();
    let injected =
        |State(sandbox): State<Sandbox>| async move { response::json(StatusCode::OK, Some(&sandbox.fault_document())) };
    Router::new()
        .route("/faults", get(injected))
        .fallback(handle)
        .layer(DefaultBodyLimit::max(limit))
        .with_state(sandbox)
}

async fn handle(State(sandbox): State<Sandbox>, request: HttpRequest) -> Response<Body> {
    let wire = request
        .extensions()
        .get::<ConnectInfo<Wire>>()
        .map(|info| info.0.clone());
    if let Some(wire) = &wire {
        wire.free();
    }
    let answer = match read(&sandbox, request).await {
        Ok(call) => strike(&sandbox, call, wire.as_ref()).await,
        Err(refusal) => Err(refusal),
    };
    answer.unwrap_or_else(|refusal| refuse(&sandbox, &refusal))
}

fn refuse(sandbox: &Sandbox, refusal: &Refusal) -> Response<Body> {
    response::refusal(refusal, &sandbox.habits().settings, &*sandbox.environment())
}

/// A request that was read, and what it is to be answered with.
struct Call {
    request: Request,
    body: Bytes,
    preferences: Preferences,
    base: String,
}

async fn read(sandbox: &Sandbox, request: HttpRequest) -> Result<Call, Refusal> {
    let reads = is_reading(request.method(), request.uri().path());
    sandbox.count(reads);
    let (parts, body) = request.into_parts();
    let body = read_body(sandbox, &parts, body).await?;
    let preferences = headers::text(&parts.headers, "prefer")
        .map(Preferences::parse)
        .unwrap_or_default();
    let base = headers::base(&parts.headers);
    let kept = body.clone();
    let request = blocking(move || read_request(&parts, &body, preferences)).await?;
    Ok(Call {
        request,
        body: kept,
        preferences,
        base,
    })
}

/// Answers, unless a fault strikes.
async fn strike(sandbox: &Sandbox, call: Call, wire: Option<&Wire>) -> Result<Response<Body>, Refusal> {
    let Some(injector) = sandbox.injector() else {
        return answer(sandbox, call, None).await;
    };
    let drawn = injector.draw(&call.request, &call.body, &sandbox.habits());
    let Some(fault) = injector.strike(&drawn, &call.request) else {
        return answer(sandbox, call, Some(drawn)).await;
    };
    if let Some(refusal) = refuse::refusal(fault, &sandbox.habits()) {
        return Err(refusal);
    }
    match fault {
        Fault::ConnectionReset => return Ok(injector.spoil(fault, Response::default(), wire).await),
        Fault::CapabilityChange => sandbox.withdraw(),
        Fault::DeliveredTwice => {
            let again = Call {
                request: call.request.clone(),
                body: call.body.clone(),
                base: call.base.clone(),
                ..call
            };
            // The client never sees what the first delivery was answered.
            let _ = answer(sandbox, again, Some(drawn.clone())).await;
        }
        _ => {}
    }
    let answered = answer(sandbox, call, Some(drawn)).await;
    let answered = answered.unwrap_or_else(|refusal| refuse(sandbox, &refusal));
    Ok(injector.spoil(fault, answered, wire).await)
}

/// Does the request.
async fn answer(sandbox: &Sandbox, call: Call, drawn: Option<Drawn>) -> Result<Response<Body>, Refusal> {
    let Call {
        request,
        preferences,
        base,
        ..
    } = call;
    // Made when the database is free: versions that follow each other have times that do.
    let (surroundings, address) = (sandbox.clone(), base.clone());
    let context = move || Context::new(address, &surroundings, drawn);
    if request.method == Method::POST && request.path.trim_matches('/').is_empty() {
        let bundle = request.resource.unwrap_or_default();
        let work = move |connection: &mut _| bundle::process(connection, bundle, preferences, &context());
        let responses = sandbox.store().write(work).await?;
        return Ok(sandbox.rated(response::json(StatusCode::OK, Some(&responses))));
    }
    let reads = is_reading(&request.method, &request.path);
    let interaction = request.interpret()?;
    let done = if reads {
        sandbox
            .store()
            .read(move |connection| perform(connection, interaction, Deferred, &context()))
            .await??
    } else {
        sandbox
            .store()
            .write(move |connection| perform(connection, interaction, Immediate, &context()))
            .await?
    };
    let habits = sandbox.habits();
    Ok(sandbox.rated(response::success(done, preferences.returning, &base, &habits.settings)))
}

/// Does one interaction in one SQLite transaction, so that a search and its total see the same state.
fn perform(
    connection: &mut Connection,
    interaction: Interaction,
    behavior: TransactionBehavior,
    context: &Context,
) -> Result<Answer, Refusal> {
    let interaction = context.admit(interaction)?;
    let transaction = connection.transaction_with_behavior(behavior)?;
    let answer = interaction.perform(&transaction, context)?;
    transaction.commit()?;
    Ok(answer)
}

fn is_reading(method: &Method, path: &str) -> bool {
    match *method {
        Method::POST => path.ends_with("/_search"),
        Method::PUT | Method::DELETE | Method::PATCH => false,
        _ => true,
    }
}

async fn read_body(sandbox: &Sandbox, parts: &Parts, body: Body) -> Result<Bytes, Refusal> {
    let request = HttpRequest::from_parts(parts.clone(), body);
    Bytes::from_request(request, &())
        .await
        .map_err(|rejection| match rejection.status() {
            StatusCode::PAYLOAD_TOO_LARGE => {
                let text = "the body is too large";
                let diagnostics = format!("The limit is {} bytes; send less at a time", sandbox.body_limit());
                let refusal = Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, "too-long", text, diagnostics);
                refusal.with_status(sandbox.habits().settings.max_bytes_status)
            }
            _ => Refusal::bad_request(
                "incomplete",
                "the body broke off",
                "Send the request again; nothing was written",
            ),
        })
}

/// The request without its HTTP clothes.
fn read_request(parts: &Parts, body: &Bytes, preferences: Preferences) -> Result<Request, Refusal> {
    let mut query = parts.uri.query().unwrap_or_default().to_owned();
    let path = parts
        .uri
        .path()
        .strip_prefix(BASE_PATH)
        .filter(|rest| rest.is_empty() || rest.starts_with('/'));
    let path = path.ok_or_else(unknown_address)?;
    headers::check_acceptable(&parts.headers, &query)?;
    let (mut resource, mut operations) = (None, None);
    if parts.method == Method::POST && path.ends_with("/_search") {
        query = [query, body::form(&parts.headers, body)?].join("&");
    } else if parts.method == Method::POST || parts.method == Method::PUT {
        resource = body::resource(&parts.headers, body)?;
    } else if parts.method == Method::PATCH {
        operations = body::patch(&parts.headers, body)?;
    }
    Ok(Request {
        method: parts.method.clone(),
        path: path.to_owned(),
        query,
        conditions: headers::conditions(&parts.headers),
        handling: preferences.handling,
        resource,
        patch: operations,
    })
}

//! HTTP on the outside: headers, bodies, the one handler.

mod body;
mod headers;
mod response;
mod routes;

pub(crate) use routes::router;

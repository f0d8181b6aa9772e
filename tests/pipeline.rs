//! The whole way with the real binary: records to bundles to a server and back, kills and refusals included.

#[path = "pipeline/demo.rs"]
mod demo;
#[path = "pipeline/faults.rs"]
mod faults;
#[path = "pipeline/habits.rs"]
mod habits;
#[path = "pipeline/kap.rs"]
mod kap;
#[path = "pipeline/kill.rs"]
mod kill;
#[path = "pipeline/refusals.rs"]
mod refusals;
#[path = "pipeline/server.rs"]
mod server;
#[path = "pipeline/streams.rs"]
mod streams;

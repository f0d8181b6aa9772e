//! `kap validate` as somebody in a hurry meets it: hostile and broken input, servers that do not answer, files that change.

#[path = "validate/hostile.rs"]
mod hostile;
#[path = "validate/kap.rs"]
mod kap;
#[path = "validate/server.rs"]
mod server;
#[path = "validate/targets.rs"]
mod targets;
#[path = "validate/terminology.rs"]
mod terminology;
#[path = "validate/watch.rs"]
mod watch;

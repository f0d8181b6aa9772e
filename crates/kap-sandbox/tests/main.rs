//! The sandbox from outside: what it answers to HTTP requests, and what is in its file afterwards.

mod concurrency;
mod durability;
mod exchanges;
mod faults;
mod habits;
mod limits;
mod loopback;
mod paging;
mod parameters;
mod properties;
mod service;

//! The client from outside: real pushes to a real sandbox, with faults between them.

mod capability;
mod codes;
mod concurrent;
mod course;
mod fault;
mod faults;
mod file;
mod leases;
mod matching;
mod random;
mod straight;
mod terminology;
mod torn;
mod ways;
mod world;

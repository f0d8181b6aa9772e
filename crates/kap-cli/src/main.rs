//! The command line `kap`.

fn main() {}

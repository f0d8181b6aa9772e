//! Tests of the client from outside.

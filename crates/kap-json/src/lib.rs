//! JSON text to a document that keeps positions: duplicate keys, numbers as written, limits; and the findings every other crate reports

//! The KAP record: types, strict reading, JSON Schema, instruments with scoring, the sensitivity of every field

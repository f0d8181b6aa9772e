//! Synthetic KAP records from a seed

//! The KAP implementation guide, its compiled plan and the demo records, as bytes

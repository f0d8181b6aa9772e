//! UCUM, the units of measure of FHIR. <https://ucum.org/ucum>

/// The system of every unit.
pub(crate) const SYSTEM: &str = "http://unitsofmeasure.org";

/// The unit of a score.
pub(crate) const SCORE: &str = "{score}";

/// The unit of what is counted piece by piece: lozenges, tablets, devices.
pub(crate) const PIECE: &str = "{piece}";

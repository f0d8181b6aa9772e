use serde::Serialize;

/// Why something stayed in the clinic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Reason {
    /// It never leaves: process notes, free text of the patient, who a support person is, answers about trauma.
    NeverLeaves,
    /// It is restricted, and the clinic's policy does not release it.
    Policy,
    /// A consent forbids it for this purpose, recipient or class of information.
    ConsentDenied,
    /// It needs a consent that permits it, and none in force does.
    ConsentMissing,
    /// It was entered in error, and its type of resource cannot say so.
    EnteredInError,
    /// It cannot stand without something that stayed.
    Dependent,
}

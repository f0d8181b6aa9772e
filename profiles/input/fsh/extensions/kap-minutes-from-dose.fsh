Extension: KapMinutesFromDose
Id: kap-minutes-from-dose
Title: "Minutes From Dose"
Description: "Whole minutes from the beginning of the session's first dose; negative before it."
Context: Observation, QuestionnaireResponse, AdverseEvent
* insert Metadata
* insert Value(integer)

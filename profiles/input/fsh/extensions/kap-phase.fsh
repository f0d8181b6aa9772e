Extension: KapPhase
Id: kap-phase
Title: "Phase"
Description: "The phase of the KAP course."
Context: EpisodeOfCare, Encounter, CarePlan
* insert Metadata
* insert Value(code)
* value[x] from KapPhaseValues (required)

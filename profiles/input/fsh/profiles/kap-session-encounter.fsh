Profile: KapSessionEncounter
Parent: Encounter
Id: kap-session-encounter
Title: "KAP Session Encounter"
Description: "One contact of a KAP course: preparation, dosing, integration or booster, in the clinic, remote or at home. A booster is a dosing session after induction and carries both codes. A session that was planned or cancelled conforms too."
* insert Metadata
* insert Recorded
* obeys kap-session-period
* extension contains
    KapPhase named phase 0..1 MS and
    KapTimeZone named timeZone 0..1 MS and
    KapSessionStatus named sessionStatus 0..1 MS and
    KapSessionNumber named sessionNumber 0..1 MS and
    KapIntegrates named integrates 0..* MS
* status MS
* class MS
* class ^short = "AMB in the clinic, VR remote, HH at home"
* type 1..* MS
* insert SlicedByPattern(type, "The kind of KAP session\, beside any other types")
* type contains session 1..* MS
* type[session] ^patternCodeableConcept.coding.system = "https://kap-fhir.org/fhir/CodeSystem/kap-session-type"
* type[session] from KapSessionTypeValues (required)
* type[session] ^short = "Preparation, dosing, integration or booster"
* subject 1..1 MS
* subject only Reference(Patient)
* episodeOfCare MS
* episodeOfCare ^short = "The course that the session belongs to"
* participant MS
* participant.type MS
* participant.period MS
* participant.individual MS
* period MS
* reasonCode MS
* reasonReference MS
* hospitalization MS
* hospitalization.dischargeDisposition MS
* location MS
* location.location MS
* serviceProvider MS
* partOf MS

Invariant: kap-session-period
Description: "A session that began says when."
Severity: #error
Expression: "(status = 'in-progress' or status = 'onleave' or status = 'finished') implies period.start.exists()"

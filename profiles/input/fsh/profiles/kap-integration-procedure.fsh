Profile: KapIntegrationProcedure
Parent: Procedure
Id: kap-integration-procedure
Title: "KAP Integration Procedure"
Description: "The psychotherapy given in a session, with the roles of integration that it took on: making meaning, linking insights to patterns, processing what surfaced, agreeing steps."
* insert Metadata
* insert Recorded
* insert NoNotes
* obeys kap-performed
* extension contains KapTherapyDuration named therapyDuration 0..1 MS
* basedOn MS
* status MS
* statusReason MS
* code 1..1 MS
* code from KapTherapyActValues (extensible)
* insert SlicedByPattern(code.coding, "Psychotherapy as such\, and the roles of integration")
* code.coding contains
    psychotherapy 0..1 MS and
    role 0..* MS
* code.coding[psychotherapy] = $SCT#75516001
* code.coding[psychotherapy] ^short = "Psychotherapy"
* code.coding[role] ^patternCoding.system = "https://kap-fhir.org/fhir/CodeSystem/kap-integration-role"
* code.coding[role] from KapIntegrationRoleValues (required)
* code.coding[role] ^short = "A role that integration took on"
* subject only Reference(Patient)
* subject MS
* encounter 1..1 MS
* encounter ^short = "The session in which the work was done"
* performed[x] only dateTime or Period
* performed[x] MS
* performer MS
* performer.function MS
* performer.function from KapRoleValues (preferred)
* performer.actor MS
* reasonReference MS

Invariant: kap-performed
Description: "Work that was done, or is being done, says when."
Severity: #error
Expression: "(status = 'completed' or status = 'in-progress') implies performed.exists()"

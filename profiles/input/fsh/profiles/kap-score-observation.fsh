Profile: KapScoreObservation
Parent: Observation
Id: kap-score-observation
Title: "KAP Score Observation"
Description: "The score of one instrument at one point of the course: a number, or the reason why there is none, with how it came about. The words of the instrument are not in it."
* insert Metadata
* insert Recorded
* insert NoNotes
* obeys kap-score-value and kap-score-date
* extension contains
    KapTimepoint named timepoint 0..1 MS and
    KapMinutesFromDose named minutesFromDose 0..1 MS and
    KapScoredFrom named scoredFrom 0..1 MS and
    KapInstrumentVersion named instrumentVersion 0..1 MS and
    KapImprovementNotation named improvementNotation 0..1 MS
* status MS
* category 1..* MS
* insert SlicedByPattern(category, "Always a survey\, whatever else it is")
* category contains survey 1..1 MS
* category[survey] = $ObservationCategory#survey
* code MS
* code from KapScoreCodeValues (preferred)
* subject 1..1 MS
* subject only Reference(Patient)
* encounter MS
* effective[x] 1..1 MS
* effective[x] only dateTime or Period
* performer MS
* value[x] MS
* value[x] only Quantity
* insert MeasuredIn(valueQuantity, {score})
* dataAbsentReason MS
* interpretation MS
* method MS
* hasMember MS
* derivedFrom MS
* component MS

Invariant: kap-score-value
Description: "A score that is in force has a value, parts, members, or the reason why it has none."
Severity: #error
Expression: "(status = 'registered' or status = 'cancelled' or status = 'entered-in-error') or value.exists() or dataAbsentReason.exists() or hasMember.exists() or component.exists()"

Invariant: kap-score-date
Description: "A score is dated at least to the day."
Severity: #error
Expression: "effective.ofType(dateTime).exists() implies effective.ofType(dateTime).toString().length() >= 10"

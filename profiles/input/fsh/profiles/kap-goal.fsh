Profile: KapGoal
Parent: Goal
Id: kap-goal
Title: "KAP Goal"
Description: "What a person wants from the course: one of the outcome domains, a growth beyond symptoms, or a change of life in line with their values. Achievement `sustaining` is lasting benefit."
* insert Metadata
* insert Recorded
* insert NoNotes
* lifecycleStatus MS
* achievementStatus MS
* category MS
* description MS
* subject only Reference(Patient)
* subject MS
* start[x] MS
* target MS
* target.measure MS
* target.measure from KapScoreCodeValues (preferred)
* target.measure ^short = "The score that shows whether the goal is reached"
* target.detail[x] MS
* target.due[x] MS
* expressedBy MS
* expressedBy ^short = "Who wants it, the patient above all"
* addresses MS
* outcomeReference MS

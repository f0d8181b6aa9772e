Extension: KapAdverseEventResolved
Id: kap-adverse-event-resolved
Title: "Adverse Event Resolved"
Description: "When an adverse event was over."
Context: AdverseEvent
* insert Metadata
* insert Value(dateTime)

Extension: KapAdverseEventAction
Id: kap-adverse-event-action
Title: "Adverse Event Action"
Description: "What was done about an adverse event."
Context: AdverseEvent
* insert Metadata
* insert Value(code)
* value[x] from KapEventActionValues (required)

Extension: KapTimepoint
Id: kap-timepoint
Title: "Time Point"
Description: "The point of the session or the course at which something was measured, as planned; the time itself is in the resource."
Context: Observation, QuestionnaireResponse
* insert Metadata
* insert Value(code)
* value[x] from KapTimepointValues (required)

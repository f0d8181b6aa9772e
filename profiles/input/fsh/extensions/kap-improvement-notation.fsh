Extension: KapImprovementNotation
Id: kap-improvement-notation
Title: "Improvement Notation"
Description: "Whether a higher or a lower score is better. Scores that sound alike point different ways: a lower AAQ-II is more flexible."
Context: Observation
* insert Metadata
* insert Value(code)
* value[x] from http://hl7.org/fhir/ValueSet/measure-improvement-notation|4.0.1 (required)

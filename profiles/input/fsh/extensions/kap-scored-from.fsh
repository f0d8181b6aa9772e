Extension: KapScoredFrom
Id: kap-scored-from
Title: "Scored From"
Description: "How a score came about: how many items were answered, and, where it is known, of how many and whether missing ones were made up for."
Context: Observation
* insert Metadata
* extension contains
    answered 1..1 and
    items 0..1 and
    method 0..1
* extension[answered] ^short = "Number of items answered"
* insert Part(answered, unsignedInt)
* extension[items] ^short = "Number of items scored"
* insert Part(items, unsignedInt)
* extension[method] ^short = "Complete or prorated"
* insert Part(method, code)
* extension[method].value[x] from KapScoringMethodValues (required)

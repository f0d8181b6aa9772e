CodeSystem: KapLozengeRestCodes
Id: kap-lozenge-rest
Title: "KAP Lozenge Rest"
Description: "What was done with what was left of a lozenge."
* insert CodeList(kap-lozenge-rest)
* #spit "Spat out" "What was left was spat out."
* #swallow "Swallowed" "What was left was swallowed."

ValueSet: KapLozengeRestValues
Id: kap-lozenge-rest
Title: "KAP Lozenge Rest"
Description: "All codes of the code system of the same name."
* insert Metadata
* include codes from system KapLozengeRestCodes

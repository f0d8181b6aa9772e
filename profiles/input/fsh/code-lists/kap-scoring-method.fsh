CodeSystem: KapScoringMethodCodes
Id: kap-scoring-method
Title: "KAP Scoring Method"
Description: "How missing items were dealt with."
* insert CodeList(kap-scoring-method)
* #complete "Complete" "All items were answered."
* #prorated "Prorated" "Missing items were made up for by the mean of the others."

ValueSet: KapScoringMethodValues
Id: kap-scoring-method
Title: "KAP Scoring Method"
Description: "All codes of the code system of the same name."
* insert Metadata
* include codes from system KapScoringMethodCodes

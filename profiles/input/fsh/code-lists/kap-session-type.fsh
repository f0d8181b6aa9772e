CodeSystem: KapSessionTypeCodes
Id: kap-session-type
Title: "KAP Session Type"
Description: "Kinds of contact in a KAP course."
* insert CodeList(kap-session-type)
* #preparation "Preparation" "Psychotherapy before the medication: consent, expectations, safety."
* #dosing "Dosing" "Medication with psychotherapy. A booster session carries this code too."
* #integration "Integration" "Psychotherapy after the medication, which turns what was experienced into change."
* #booster "Booster" "Medication with psychotherapy after the induction, to keep or restore the benefit."

ValueSet: KapSessionTypeValues
Id: kap-session-type
Title: "KAP Session Type"
Description: "All codes of the code system of the same name."
* insert Metadata
* include codes from system KapSessionTypeCodes

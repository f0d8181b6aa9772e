CodeSystem: KapSessionTypeCodes
Id: kap-session-type
Title: "KAP Session Type"
Description: "Kinds of contact in a KAP course."
* insert CodeList(kap-session-type)
* #preparation "Preparation" "Psychotherapy before the first dose or between doses: consent, expectations, intention, safety."
* #dosing "Dosing" "A session in which ketamine or esketamine is given with psychotherapeutic support."
* #integration "Integration" "Psychotherapy after a dose that turns what was experienced into change."
* #booster "Booster" "A dosing session after induction that keeps or restores the benefit; carried beside dosing."

ValueSet: KapSessionTypeValues
Id: kap-session-type
Title: "KAP Session Type"
Description: "All codes of the code system of the same name."
* insert Metadata
* include codes from system KapSessionTypeCodes

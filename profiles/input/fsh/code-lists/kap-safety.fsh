CodeSystem: KapSafetyCodes
Id: kap-safety
Title: "KAP Safety Check"
Description: "Safety checks that are recorded as done, without their contents."
* insert CodeList(kap-safety)
* #pdmp-reviewed "PDMP reviewed" "The prescription drug monitoring programme was queried; the result is not recorded here."

ValueSet: KapSafetyValues
Id: kap-safety
Title: "KAP Safety Check"
Description: "All codes of the code system of the same name."
* insert Metadata
* include codes from system KapSafetyCodes

CodeSystem: KapSafetyCodes
Id: kap-safety
Title: "KAP Safety Check"
Description: "Safety checks that are recorded as done, without their contents."
* insert CodeList(kap-safety)
* #pdmp-reviewed "PDMP reviewed" "The prescription drug monitoring programme was queried; the result is not recorded here."
* #rems-enrollment-checked "REMS enrollment checked" "Enrollment in the esketamine risk evaluation and mitigation strategy was checked."
* #safety-plan-reviewed "Safety plan reviewed" "A safety plan was made or reviewed."
* #transport-arranged "Transport arranged" "Transport home was arranged."
* #chaperone-briefed "Chaperone briefed" "The chaperone was told what to watch for."
* #home-supply-counted "Home supply counted" "Supplies at home were counted."

ValueSet: KapSafetyValues
Id: kap-safety
Title: "KAP Safety Check"
Description: "All codes of the code system of the same name."
* insert Metadata
* include codes from system KapSafetyCodes

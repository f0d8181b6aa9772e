CodeSystem: KapSessionStatusCodes
Id: kap-session-status
Title: "KAP Session Status"
Description: "What became of a session, in finer steps than those of R4."
* insert CodeList(kap-session-status)
* #planned "Planned" "Agreed upon."
* #in-progress "In progress" "Under way."
* #completed "Completed" "Held to the end."
* #ended-early "Ended early" "Broken off."
* #cancelled "Cancelled" "Called off."
* #no-show "No show" "The patient did not come."

ValueSet: KapSessionStatusValues
Id: kap-session-status
Title: "KAP Session Status"
Description: "All codes of the code system of the same name."
* insert Metadata
* include codes from system KapSessionStatusCodes

CodeSystem: KapBoosterTriggerCodes
Id: kap-booster-trigger
Title: "KAP Booster Trigger"
Description: "What calls for a booster session."
* insert CodeList(kap-booster-trigger)
* #score-rise "Score rise" "A score rose by so much from its best value."
* #loss-of-response "Loss of response" "The response was lost."
* #fixed-interval "Fixed interval" "So much time has passed."

ValueSet: KapBoosterTriggerValues
Id: kap-booster-trigger
Title: "KAP Booster Trigger"
Description: "All codes of the code system of the same name."
* insert Metadata
* include codes from system KapBoosterTriggerCodes

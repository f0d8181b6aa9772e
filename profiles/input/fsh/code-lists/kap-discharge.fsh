CodeSystem: KapDischargeCodes
Id: kap-discharge
Title: "KAP Discharge Criterion"
Description: "What must hold before a person leaves a dosing session."
* insert CodeList(kap-discharge)
* #oriented "Oriented" "Oriented to person, place and time."
* #gait-steady "Gait steady" "Walks steadily."
* #vitals-near-baseline "Vital signs near baseline" "Vital signs within 20 % of those before the dose."
* #fully-alert "Fully alert" "MOAA/S of 5."
* #dissociation-resolved "Dissociation resolved" "No dissociation is left."
* #no-acute-suicidality "No acute suicidality" "No acute suicidal ideation."
* #escort-present "Escort present" "Somebody takes the person home; who it is, is not told."
* #no-driving-until-next-day "No driving until next day" "Agreed not to drive before the next day after a restful sleep."
* #instructions-given "Instructions given" "Instructions for after the session were given."

ValueSet: KapDischargeValues
Id: kap-discharge
Title: "KAP Discharge Criterion"
Description: "All codes of the code system of the same name."
* insert Metadata
* include codes from system KapDischargeCodes

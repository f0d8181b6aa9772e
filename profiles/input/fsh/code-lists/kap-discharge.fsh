CodeSystem: KapDischargeCodes
Id: kap-discharge
Title: "KAP Discharge Criterion"
Description: "What must hold before a person leaves a dosing session."
* insert CodeList(kap-discharge)
* #oriented "Oriented" "Oriented to person, place and time."
* #steady-gait "Steady gait" "Walks steadily."
* #vitals-near-baseline "Vital signs near baseline" "Vital signs within 20 % of those before the dose."
* #alert "Alert" "Responds readily to the name spoken in normal tone (MOAA/S of 5)."
* #dissociation-resolved "Dissociation resolved" "No dissociation is left."
* #no-acute-suicidality "No acute suicidality" "No acute suicidal ideation."
* #escort-present "Escort present" "Somebody takes the person home; who it is, is not told."
* #no-driving "No driving" "Will not drive until the next day, after restful sleep."
* #instructions-given "Instructions given" "Instructions for after the session were given."

ValueSet: KapDischargeValues
Id: kap-discharge
Title: "KAP Discharge Criterion"
Description: "All codes of the code system of the same name."
* insert Metadata
* include codes from system KapDischargeCodes

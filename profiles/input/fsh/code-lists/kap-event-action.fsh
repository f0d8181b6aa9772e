CodeSystem: KapEventActionCodes
Id: kap-event-action
Title: "KAP Event Action"
Description: "What was done about an adverse event."
* insert CodeList(kap-event-action)
* #observed "Observed" "Nothing but watching."
* #infusion-slowed "Infusion slowed" "The infusion was slowed or paused."
* #administration-stopped "Administration stopped" "The administration was stopped."
* #medication-given "Medication given" "Medication was given."
* #oxygen-given "Oxygen given" "Oxygen was given."
* #dose-reduced "Dose reduced" "The next dose was reduced."
* #course-ended "Course ended" "The course was ended."
* #hospitalized "Hospitalized" "The patient was sent to a hospital."

ValueSet: KapEventActionValues
Id: kap-event-action
Title: "KAP Event Action"
Description: "All codes of the code system of the same name."
* insert Metadata
* include codes from system KapEventActionCodes

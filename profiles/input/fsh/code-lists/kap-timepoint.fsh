CodeSystem: KapTimepointCodes
Id: kap-timepoint
Title: "KAP Time Point"
Description: "Points of a session and of a course at which something is measured."
* insert CodeList(kap-timepoint)
* #pre-dose "Before the dose" "Before the first dose of the session."
* #onset "Onset" "When the effect begins."
* #peak "Peak" "When the effect is strongest."
* #return "Return" "When the effect wears off."
* #pre-discharge "Before discharge" "Before the person leaves."
* #plus-24-hours "24 hours after" "One day after the dose."
* #plus-72-hours "72 hours after" "Three days after the dose."
* #plus-1-week "1 week after" "One week after the dose or the end of induction."
* #plus-1-month "1 month after" "One month after the end of induction."
* #plus-3-months "3 months after" "Three months after the end of induction."
* #plus-6-months "6 months after" "Six months after the end of induction."
* #plus-12-months "12 months after" "Twelve months after the end of induction."

ValueSet: KapTimepointValues
Id: kap-timepoint
Title: "KAP Time Point"
Description: "All codes of the code system of the same name."
* insert Metadata
* include codes from system KapTimepointCodes

CodeSystem: KapPlanTypeCodes
Id: kap-plan-type
Title: "KAP Plan Type"
Description: "The plans of a course, each part of the one before."
* insert CodeList(kap-plan-type)
* #treatment "Treatment" "The larger treatment plan, of which KAP is a part."
* #kap "Kap" "The plan of the KAP course: a catalyst within the treatment plan, never the root."
* #integration "Integration" "The plan that turns insights into changes of daily life."

ValueSet: KapPlanTypeValues
Id: kap-plan-type
Title: "KAP Plan Type"
Description: "All codes of the code system of the same name."
* insert Metadata
* include codes from system KapPlanTypeCodes

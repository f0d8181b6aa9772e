CodeSystem: KapListCodes
Id: kap-list
Title: "KAP List"
Description: "What a list or an assessment of a course is about."
* insert CodeList(kap-list)
* #prognostic-factors "Prognostic factors" "The eight factors that long-term outcomes depend on."
* #eligibility "Eligibility" "Whether KAP may begin, judged by the contraindication screen."

ValueSet: KapListValues
Id: kap-list
Title: "KAP List"
Description: "All codes of the code system of the same name."
* insert Metadata
* include codes from system KapListCodes

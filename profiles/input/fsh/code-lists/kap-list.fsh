CodeSystem: KapListCodes
Id: kap-list
Title: "KAP List"
Description: "Lists that gather resources of a course."
* insert CodeList(kap-list)
* #prognostic-factors "Prognostic factors" "The eight factors that long-term outcomes depend on."

ValueSet: KapListValues
Id: kap-list
Title: "KAP List"
Description: "All codes of the code system of the same name."
* insert Metadata
* include codes from system KapListCodes

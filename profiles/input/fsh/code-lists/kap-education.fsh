CodeSystem: KapEducationCodes
Id: kap-education
Title: "KAP Education"
Description: "What a person is taught before KAP."
* insert CodeList(kap-education)
* #expectation-setting "Expectation setting" "What KAP can and cannot do, and that benefit depends on what follows."

ValueSet: KapEducationValues
Id: kap-education
Title: "KAP Education"
Description: "All codes of the code system of the same name."
* insert Metadata
* include codes from system KapEducationCodes

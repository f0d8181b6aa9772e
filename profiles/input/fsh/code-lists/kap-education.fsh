CodeSystem: KapEducationCodes
Id: kap-education
Title: "KAP Education"
Description: "What a person is taught before KAP."
* insert CodeList(kap-education)
* #expectation-setting "Expectation setting" "What KAP can and cannot do, and that benefit depends on what follows."
* #altered-state "Altered state" "What an altered state is like and how to meet it."
* #day-of-dosing "Day of dosing" "How to prepare for the day of a dose."
* #home-safety "Safety at home" "How to store and use the medication at home safely."
* #integration-practice "Integration practice" "Why integration matters and how it is practised."
* #risks-of-frequent-use "Risks of frequent use" "Risks of frequent use, to the bladder and of dependence."
* #chaperone-duties "Duties of the chaperone" "What the chaperone has to do."

ValueSet: KapEducationValues
Id: kap-education
Title: "KAP Education"
Description: "All codes of the code system of the same name."
* insert Metadata
* include codes from system KapEducationCodes

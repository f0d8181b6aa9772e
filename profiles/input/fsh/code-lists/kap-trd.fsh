CodeSystem: KapTrdCodes
Id: kap-trd
Title: "KAP Treatment Resistance"
Description: "Resistance to treatment, for which no verified standard code may be shipped."
* insert CodeList(kap-trd)
* #treatment-resistant "Treatment-resistant" "The present episode did not respond to an adequate number of trials."

ValueSet: KapTrdValues
Id: kap-trd
Title: "KAP Treatment Resistance"
Description: "All codes of the code system of the same name."
* insert Metadata
* include codes from system KapTrdCodes

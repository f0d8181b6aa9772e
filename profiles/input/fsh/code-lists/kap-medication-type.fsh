CodeSystem: KapMedicationTypeCodes
Id: kap-medication-type
Title: "KAP Medication Type"
Description: "Kinds of product that are given in KAP."
* insert CodeList(kap-medication-type)
* #racemic "Racemic ketamine" "A manufactured product of racemic ketamine."
* #esketamine "Esketamine" "A manufactured product of esketamine."
* #compounded "Compounded ketamine" "A product made up by a pharmacy for one patient."

ValueSet: KapMedicationTypeValues
Id: kap-medication-type
Title: "KAP Medication Type"
Description: "All codes of the code system of the same name."
* insert Metadata
* include codes from system KapMedicationTypeCodes

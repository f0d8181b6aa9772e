Extension: KapMedicationType
Id: kap-medication-type
Title: "Medication Type"
Description: "Whether a product is racemic ketamine, esketamine or compounded: they differ in approval, monitoring and billing."
Context: Medication
* insert Metadata
* insert Value(code)
* value[x] from KapMedicationTypeValues (required)

CodeSystem: KapDoseBasisCodes
Id: kap-dose-basis
Title: "KAP Dose Basis"
Description: "What the milligrams of a dose count."
* insert CodeList(kap-dose-basis)
* #base "Base" "The milligrams count the free base."
* #salt "Salt" "The milligrams count the salt."

ValueSet: KapDoseBasisValues
Id: kap-dose-basis
Title: "KAP Dose Basis"
Description: "All codes of the code system of the same name."
* insert Metadata
* include codes from system KapDoseBasisCodes

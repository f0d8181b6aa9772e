Extension: KapDoseBasis
Id: kap-dose-basis
Title: "Dose Basis"
Description: "Whether the milligrams of a dose count the base or the salt: 28 mg of esketamine are 32.3 mg of its hydrochloride."
Context: Quantity
* insert Metadata
* insert Value(code)
* value[x] from KapDoseBasisValues (required)

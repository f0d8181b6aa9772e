Extension: KapSublingualTechnique
Id: kap-sl-technique
Title: "Sublingual Technique"
Description: "How a lozenge was taken: how long it was held in the mouth, in minutes, and whether what was left was swallowed or spat out. It decides how much is absorbed."
Context: MedicationAdministration.dosage
* insert Metadata
* extension contains
    hold 0..1 and
    then 0..1
* extension[hold] ^short = "Time held in the mouth"
* insert Part(hold, Quantity)
* insert MeasuredIn(extension[hold].valueQuantity, min)
* extension[then] ^short = "What was done with the rest"
* insert Part(then, code)
* extension[then].value[x] from KapLozengeRestValues (required)

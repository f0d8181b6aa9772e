Extension: KapWeightBasedDose
Id: kap-weight-based-dose
Title: "Weight-Based Dose"
Description: "The dose per body weight, in mg/kg, that the amount given was reckoned from."
Context: MedicationAdministration.dosage
* insert Metadata
* insert Value(Quantity)
* insert MeasuredIn(valueQuantity, mg/kg)

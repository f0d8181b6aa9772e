Extension: KapPacing
Id: kap-pacing
Title: "Pacing"
Description: "Trauma-informed limits to how fast doses follow each other and grow."
Context: CarePlan.activity.detail
* insert Metadata
* extension contains
    minimum-days-between-doses 0..1 and
    dose-step-cap 0..1
* extension[minimum-days-between-doses] ^short = "Days that must lie between two doses"
* insert Part(minimum-days-between-doses, unsignedInt)
* extension[dose-step-cap] ^short = "By how much a dose may exceed the one before, in percent"
* insert Part(dose-step-cap, Quantity)
* insert MeasuredIn(extension[dose-step-cap].valueQuantity, %)

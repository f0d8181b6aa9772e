CodeSystem: KapMedicationClassCodes
Id: kap-medication-class
Title: "KAP Medication Class"
Description: "Classes of medication taken at the same time that matter to KAP."
* insert CodeList(kap-medication-class)
* #benzodiazepine "Benzodiazepine" "Benzodiazepine."
* #sedative-hypnotic "Sedative or hypnotic" "A sedative or hypnotic that is not a benzodiazepine."
* #stimulant "Stimulant" "A psychostimulant."
* #mao-inhibitor "MAO inhibitor" "A monoamine oxidase inhibitor."
* #opioid "Opioid" "Opioid."
* #lamotrigine "Lamotrigine" "Lamotrigine."
* #theophylline "Theophylline" "Theophylline."
* #antidepressant "Antidepressant" "Antidepressant."
* #antipsychotic "Antipsychotic" "Antipsychotic."
* #antihypertensive "Antihypertensive" "Antihypertensive."
* #alcohol-use-medication "Alcohol use medication" "Medication for alcohol use."

ValueSet: KapMedicationClassValues
Id: kap-medication-class
Title: "KAP Medication Class"
Description: "All codes of the code system of the same name."
* insert Metadata
* include codes from system KapMedicationClassCodes

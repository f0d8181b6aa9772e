CodeSystem: KapModalityCodes
Id: kap-modality
Title: "KAP Modality"
Description: "Approaches of psychotherapy in KAP."
* insert CodeList(kap-modality)
* #supportive "Supportive" "Supportive and non-directive."
* #cognitive-behavioral "Cognitive behavioral" "Cognitive behavioral therapy."
* #acceptance-commitment "Acceptance commitment" "Acceptance and commitment therapy."
* #internal-family-systems "Internal family systems" "Internal family systems."
* #psychodynamic "Psychodynamic" "Psychodynamic therapy."
* #somatic "Somatic" "Somatic therapy."
* #eye-movement-desensitization "Eye movement desensitization" "Eye movement desensitization and reprocessing."
* #motivational-enhancement "Motivational enhancement" "Motivational enhancement and relapse prevention."

ValueSet: KapModalityValues
Id: kap-modality
Title: "KAP Modality"
Description: "All codes of the code system of the same name."
* insert Metadata
* include codes from system KapModalityCodes

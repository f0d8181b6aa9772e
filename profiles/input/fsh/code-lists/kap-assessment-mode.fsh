CodeSystem: KapAssessmentModeCodes
Id: kap-assessment-mode
Title: "KAP Assessment Mode"
Description: "How an instrument was filled in."
* insert CodeList(kap-assessment-mode)
* #self-report "Self-report" "By the patient alone."
* #interview "Interview" "By the patient, asked by somebody."
* #clinician-rated "Clinician-rated" "By a clinician, from what was seen and told."
* #proxy "Proxy" "By somebody who knows the patient."

ValueSet: KapAssessmentModeValues
Id: kap-assessment-mode
Title: "KAP Assessment Mode"
Description: "All codes of the code system of the same name."
* insert Metadata
* include codes from system KapAssessmentModeCodes

CodeSystem: KapDerivedCodes
Id: kap-derived
Title: "KAP Derived Value"
Description: "Values reckoned from a record rather than observed."
* insert CodeList(kap-derived)
* #phq9-days-band "Frequent PHQ-9 symptoms" "Number of PHQ-9 items answered with at least 2, that is on more than half of the days."
* #attendance-ratio "Attendance ratio" "Share of the planned sessions that were attended."
* #integration-adherence "Integration adherence" "Share of the planned integration tasks that were done."
* #insight-unsupported "Insight without support" "An insight was recorded and no goal or task followed within two weeks."
* #experience-unresolved "Experience unresolved" "An experience is still confusing because no integration followed it."

ValueSet: KapDerivedValues
Id: kap-derived
Title: "KAP Derived Value"
Description: "All codes of the code system of the same name."
* insert Metadata
* include codes from system KapDerivedCodes

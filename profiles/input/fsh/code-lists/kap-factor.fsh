CodeSystem: KapFactorCodes
Id: kap-factor
Title: "KAP Prognostic Factor"
Description: "The eight factors that long-term outcomes depend on."
* insert CodeList(kap-factor)
* #condition-treated "Condition treated" "The condition that is being treated."
* #trauma-history "Trauma history" "How much trauma lies in the person's history."
* #nervous-system-sensitivity "Nervous-system sensitivity" "How easily the nervous system is stirred up; a judgement, never a diagnosis."
* #therapeutic-support "Therapeutic support" "Level of therapeutic support."
* #readiness "Readiness" "Readiness for emotional change."
* #integration-consistency "Integration consistency" "How consistently integration is worked at."
* #life-stress "Life stress" "Overall stress of life."
* #support-systems "Support systems" "Support by family, friends and community."

ValueSet: KapFactorValues
Id: kap-factor
Title: "KAP Prognostic Factor"
Description: "All codes of the code system of the same name."
* insert Metadata
* include codes from system KapFactorCodes

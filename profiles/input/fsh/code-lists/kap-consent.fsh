CodeSystem: KapConsentCodes
Id: kap-consent
Title: "KAP Consent"
Description: "What a person consents to in KAP."
* insert CodeList(kap-consent)
* #off-label-use "Off-label use" "Ketamine is used outside its approved indications."
* #supportive-touch "Supportive touch" "Touch that supports, agreed for each session and revocable at any time."
* #recording "Recording" "Sound or pictures of a session may be recorded."

ValueSet: KapConsentValues
Id: kap-consent
Title: "KAP Consent"
Description: "All codes of the code system of the same name."
* insert Metadata
* include codes from system KapConsentCodes

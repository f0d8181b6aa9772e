CodeSystem: KapTouchConsentCodes
Id: kap-touch-consent
Title: "KAP Touch Consent"
Description: "Whether supportive touch was agreed to in a session."
* insert CodeList(kap-touch-consent)
* #given "Given" "Supportive touch was agreed to."
* #limited "Limited" "Supportive touch was agreed to within limits."
* #declined "Declined" "Supportive touch was not agreed to."
* #withdrawn "Withdrawn" "The agreement was taken back during the session."

ValueSet: KapTouchConsentValues
Id: kap-touch-consent
Title: "KAP Touch Consent"
Description: "All codes of the code system of the same name."
* insert Metadata
* include codes from system KapTouchConsentCodes

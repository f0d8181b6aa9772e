CodeSystem: KapConsentCodes
Id: kap-consent
Title: "KAP Consent"
Description: "What a person consents to in KAP."
* insert CodeList(kap-consent)
* #off-label-use "Off-label use" "Ketamine is used outside its approved indications."
* #compounded-product "Compounded product" "The product is compounded; nobody approved it."
* #psychotherapy-in-altered-state "Psychotherapy in an altered state" "Psychotherapy takes place during an altered state."
* #home-use "Home use" "The medication is taken at home."
* #remote-session "Remote sessions" "Sessions take place over video."
* #supportive-touch "Supportive touch" "Touch that supports, within agreed limits and revocable at any time."
* #rems-enrollment "REMS enrollment" "Enrollment and monitoring that a risk evaluation and mitigation strategy demands."
* #record-disclosure "Disclosure of records" "Records are disclosed."
* #research-use "Research use" "Records are used for research."

ValueSet: KapConsentValues
Id: kap-consent
Title: "KAP Consent"
Description: "All codes of the code system of the same name."
* insert Metadata
* include codes from system KapConsentCodes

CodeSystem: KapEligibilityCodes
Id: kap-eligibility
Title: "KAP Eligibility"
Description: "The result of screening for KAP."
* insert CodeList(kap-eligibility)
* #eligible "Eligible" "KAP may begin."
* #eligible-with-conditions "Eligible with conditions" "KAP may begin when named conditions are met."
* #deferred "Deferred" "KAP may not begin now."
* #excluded "Excluded" "KAP may not begin."

ValueSet: KapEligibilityValues
Id: kap-eligibility
Title: "KAP Eligibility"
Description: "All codes of the code system of the same name."
* insert Metadata
* include codes from system KapEligibilityCodes

CodeSystem: KapStatusReasonCodes
Id: kap-status-reason
Title: "KAP Status Reason"
Description: "Why an object of a record was changed, withdrawn or did not take place."
* insert CodeList(kap-status-reason)
* #data-entry-error "Data entry error" "Something was entered wrongly."
* #wrong-patient "Wrong patient" "It belongs to somebody else."
* #duplicate "Duplicate" "It was entered twice."
* #late-entry "Late entry" "It was entered long after the fact."
* #patient-cancelled "Cancelled by the patient" "The patient called it off."
* #clinic-cancelled "Cancelled by the clinic" "The clinic called it off."
* #no-show "No show" "The patient did not come."
* #safety "Safety" "It was not safe."
* #consent-revoked "Consent revoked" "The patient withdrew consent."

ValueSet: KapStatusReasonValues
Id: kap-status-reason
Title: "KAP Status Reason"
Description: "All codes of the code system of the same name."
* insert Metadata
* include codes from system KapStatusReasonCodes

CodeSystem: KapStatusReasonCodes
Id: kap-status-reason
Title: "KAP Status Reason"
Description: "Why an object of a record was changed, withdrawn or did not take place."
* insert CodeList(kap-status-reason)
* #data-entry-error "Data entry error" "Something was entered wrongly."
* #wrong-patient "Wrong patient" "It belongs to somebody else."
* #duplicate "Duplicate" "It was entered twice."
* #recalculated "Recalculated" "It was calculated again."
* #late-arrival "Late arrival" "It came in long after the fact."
* #patient-request "Patient request" "The patient asked for it."
* #consent-revoked "Consent revoked" "A consent behind it was revoked."
* #plan-changed "Plan changed" "The plan changed."
* #clinical-change "Clinical change" "The course of the illness changed."
* #illness "Illness" "Illness or an adverse event stood in the way."
* #not-available "Not available" "Staff, room or supply was not available."

ValueSet: KapStatusReasonValues
Id: kap-status-reason
Title: "KAP Status Reason"
Description: "All codes of the code system of the same name."
* insert Metadata
* include codes from system KapStatusReasonCodes

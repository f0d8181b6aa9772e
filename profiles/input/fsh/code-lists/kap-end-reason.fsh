CodeSystem: KapEndReasonCodes
Id: kap-end-reason
Title: "KAP End Reason"
Description: "Why a course of KAP ended."
* insert CodeList(kap-end-reason)
* #completed "Completed" "Completed as planned."
* #adverse-event "Adverse event" "An adverse event."
* #patient-choice "Patient choice" "The patient wished to stop."
* #non-response "Non response" "It did not help enough."
* #contraindicated "Contraindicated" "Contraindicated."
* #lost-to-follow-up "Lost to follow up" "The patient was not heard of again."

ValueSet: KapEndReasonValues
Id: kap-end-reason
Title: "KAP End Reason"
Description: "All codes of the code system of the same name."
* insert Metadata
* include codes from system KapEndReasonCodes

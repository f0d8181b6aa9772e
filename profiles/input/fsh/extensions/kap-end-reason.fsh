Extension: KapEndReason
Id: kap-end-reason
Title: "End Reason"
Description: "Why a course of KAP ended."
Context: EpisodeOfCare
* insert Metadata
* insert Value(code)
* value[x] from KapEndReasonValues (required)

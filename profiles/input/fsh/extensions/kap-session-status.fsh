Extension: KapSessionStatus
Id: kap-session-status
Title: "Session Status"
Description: "What became of a session, and why: R4 knows neither a session that was broken off nor one to which nobody came, and no reason."
Context: Encounter
* insert Metadata
* extension contains
    status 1..1 and
    reason 0..1
* extension[status] ^short = "What became of the session"
* insert Part(status, code)
* extension[status].value[x] from KapSessionStatusValues (required)
* extension[reason] ^short = "Why it was called off or broken off"
* insert Part(reason, code)
* extension[reason].value[x] from KapStatusReasonValues (required)

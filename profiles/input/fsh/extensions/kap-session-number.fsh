Extension: KapSessionNumber
Id: kap-session-number
Title: "Session Number"
Description: "The number of a session among those of its type in the course, counted from 1."
Context: Encounter
* insert Metadata
* insert Value(unsignedInt)

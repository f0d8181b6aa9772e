Extension: KapTimeZone
Id: kap-time-zone
Title: "Time Zone"
Description: "IANA name of the time zone in which a session took place, for example America/New_York. An offset alone does not tell the local day before and after a change of clocks."
Context: Encounter
* insert Metadata
* insert Value(code)

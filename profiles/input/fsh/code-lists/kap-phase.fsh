CodeSystem: KapPhaseCodes
Id: kap-phase
Title: "KAP Phase"
Description: "Phases of a KAP course."
* insert CodeList(kap-phase)
* #screening "Screening" "Eligibility is being judged; nothing has been given."
* #preparation "Preparation" "Preparatory psychotherapy before the first dose."
* #induction "Induction" "The short series of doses that the course begins with."
* #maintenance "Maintenance" "Boosters and continuing psychotherapy after induction."
* #follow-up "Follow-Up" "No more doses are planned; outcomes are followed."

ValueSet: KapPhaseValues
Id: kap-phase
Title: "KAP Phase"
Description: "All codes of the code system of the same name."
* insert Metadata
* include codes from system KapPhaseCodes

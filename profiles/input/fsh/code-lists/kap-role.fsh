CodeSystem: KapRoleCodes
Id: kap-role
Title: "KAP Role"
Description: "Parts that people play in a course of KAP."
* insert CodeList(kap-role)
* #prescriber "Prescriber" "Prescribes the drug."
* #administering-nurse "Administering nurse" "Gives the drug."
* #monitoring-clinician "Monitoring clinician" "Watches vital signs and consciousness."
* #lead-therapist "Lead therapist" "Leads the psychotherapy of the session."
* #co-therapist "Co-therapist" "Supports the lead therapist."
* #sitter "Sitter" "Stays with the person during the session."
* #guide "Guide" "Guides the person through the session."
* #chaperone "Chaperone" "An adult who is present at a session at home or takes the person home."
* #integration-therapist "Integration therapist" "Leads integration."
* #primary-care "Primary care" "Cares for the person's general health."
* #pharmacist "Pharmacist" "Prepares or dispenses the drug."

ValueSet: KapRoleValues
Id: kap-role
Title: "KAP Role"
Description: "All codes of the code system of the same name."
* insert Metadata
* include codes from system KapRoleCodes

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
* #integration-therapist "Integration therapist" "Leads integration."
* #sitter "Sitter" "Stays with the person during the session."
* #guide "Guide" "Guides the person through the session."
* #chaperone "Chaperone" "An adult who watches over a session at home."
* #escort "Escort" "Takes the patient home."
* #primary-care "Primary care" "Cares for the person's general health."
* #pharmacy "Pharmacy" "Prepares and supplies the drug."
* #care-coordinator "Care coordinator" "Coordinates the care."
* #patient "Patient" "The person who is treated."

ValueSet: KapRoleValues
Id: kap-role
Title: "KAP Role"
Description: "All codes of the code system of the same name."
* insert Metadata
* include codes from system KapRoleCodes

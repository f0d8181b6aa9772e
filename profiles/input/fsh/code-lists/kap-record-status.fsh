CodeSystem: KapRecordStatusCodes
Id: kap-record-status
Title: "KAP Record Status"
Description: "Life of an object of a record."
* insert CodeList(kap-record-status)
* #active "Active" "In force."
* #corrected "Corrected" "In force after a correction."
* #entered-in-error "Entered in error" "Never true; it stays as a tombstone."

ValueSet: KapRecordStatusValues
Id: kap-record-status
Title: "KAP Record Status"
Description: "All codes of the code system of the same name."
* insert Metadata
* include codes from system KapRecordStatusCodes

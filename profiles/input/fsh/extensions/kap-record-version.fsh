Extension: KapRecordVersion
Id: kap-record-version
Title: "Record Version"
Description: "Which version of the source's object a resource shows, who recorded it and when, and whether the object is active, corrected or entered in error. The object's identifier stays the same through all of its versions."
Context: DomainResource, Provenance.entity
* insert Metadata
* extension contains
    version 1..1 and
    recordedAt 1..1 and
    recordedBy 0..1 and
    status 1..1 and
    reason 0..1
* extension[version] ^short = "Rises with every change in the source"
* insert Part(version, unsignedInt)
* extension[recordedAt] ^short = "When this version was recorded"
* insert Part(recordedAt, instant)
* extension[recordedBy] ^short = "Who recorded it"
* insert Part(recordedBy, Reference(Practitioner\))
* extension[status] ^short = "Active, corrected or entered in error"
* insert Part(status, code)
* extension[status].value[x] from KapRecordStatusValues (required)
* extension[reason] ^short = "Why it was changed"
* insert Part(reason, code)
* extension[reason].value[x] from KapStatusReasonValues (required)

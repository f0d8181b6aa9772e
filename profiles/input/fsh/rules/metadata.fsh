// What every definition of the guide says about itself. The date is written by hand, at a release: building twice gives the same bytes.

RuleSet: Metadata
* ^experimental = false
* ^date = "2026-11-23"
* ^publisher = "KAP on FHIR"

// The same for a definition that is written as an instance.
RuleSet: InstanceMetadata
* version = "0.1.0"
* status = #draft
* experimental = false
* date = "2026-11-23"
* publisher = "KAP on FHIR"

// A list of our own codes: all of them are in it.
RuleSet: CodeList(id)
* insert Metadata
* ^caseSensitive = true
* ^content = #complete
* ^valueSet = "https://kap-fhir.org/fhir/ValueSet/{id}"

// A value set that names SNOMED CT codes: all of them are in the Global Patient Set.
RuleSet: SnomedNotice
* ^copyright = "This value set includes content of the SNOMED CT Global Patient Set, © SNOMED International, used under the Creative Commons Attribution 4.0 International licence."

// A value set that names LOINC codes, without their names.
RuleSet: LoincNotice
* ^copyright = "This material contains content from LOINC (http://loinc.org). LOINC is copyright © Regenstrief Institute, Inc. and the Logical Observation Identifiers Names and Codes (LOINC) Committee and is available at no cost under the license at http://loinc.org/license. LOINC® is a registered United States trademark of Regenstrief Institute, Inc."

// What every questionnaire says. It names the form that a response answers: without items, as its wording is not ours to give.

RuleSet: Questionnaire(id, name)
* insert InstanceMetadata
* id = "{id}"
* name = "{name}"
* subjectType = #Patient

// LOINC's code of the panel, without its name, and LOINC's notice after what holds for the instrument.
RuleSet: Panel(code, rights)
* code = $LNC#{code}
* copyright = "{rights} This material contains content from LOINC (http://loinc.org). LOINC is copyright © Regenstrief Institute, Inc. and the Logical Observation Identifiers Names and Codes (LOINC) Committee and is available at no cost under the license at http://loinc.org/license. LOINC® is a registered United States trademark of Regenstrief Institute, Inc."

// An instrument whose wording is not ours.
RuleSet: HoldersWording
* copyright = "Its wording belongs to its holder and is not included here."

// A form of this guide.
RuleSet: OwnWording
* copyright = "A form of this guide, under the guide's licence; its wording is not included here."

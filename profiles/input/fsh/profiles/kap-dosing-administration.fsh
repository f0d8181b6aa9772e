Profile: KapDosingAdministration
Parent: MedicationAdministration
Id: kap-dosing-administration
Title: "KAP Dosing Administration"
Description: "One dose of ketamine or esketamine given in a KAP session: how much, by which route, when and by whom. Two doses in one session are two administrations in one encounter. Milligrams are not comparable across routes."
* insert Metadata
* insert Recorded
* insert NoNotes
* obeys kap-dose-given
* status MS
* statusReason MS
* category MS
* medication[x] MS
* subject only Reference(Patient)
* subject MS
* context 1..1 MS
* context only Reference(Encounter)
* context ^short = "The session in which the dose was given"
* supportingInformation MS
* supportingInformation ^short = "Among others the body weight that a weight-based dose was reckoned from"
* effective[x] MS
* performer MS
* performer.function MS
* performer.function from KapRoleValues (preferred)
* performer.actor MS
* reasonReference MS
* request MS
* device MS
* dosage MS
* dosage.extension contains
    KapWeightBasedDose named weightBasedDose 0..1 MS and
    KapSublingualTechnique named sublingualTechnique 0..1 MS and
    KapDeviceCount named deviceCount 0..1 MS
* dosage.route 1..1 MS
* dosage.route from KapRouteValues (extensible)
* dosage.dose 1..1 MS
* dosage.dose ^short = "Amount given, in mg"
* dosage.dose.extension contains KapDoseBasis named doseBasis 0..1 MS
* insert MeasuredIn(dosage.dose, mg)
* dosage.rate[x] MS
* dosage.rate[x] ^short = "Speed of an infusion, e.g. 35 mg : 40 min"

Invariant: kap-dose-given
Description: "A dose that was given, or is being given, says how much and by which route."
Severity: #error
Expression: "(status = 'not-done' or status = 'unknown' or status = 'entered-in-error') or dosage.exists()"

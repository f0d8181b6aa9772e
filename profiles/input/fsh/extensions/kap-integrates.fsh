Extension: KapIntegrates
Id: kap-integrates
Title: "Integrates"
Description: "The dosing session whose experience a session of integration works on."
Context: Encounter
* insert Metadata
* insert Value(Reference(Encounter\))

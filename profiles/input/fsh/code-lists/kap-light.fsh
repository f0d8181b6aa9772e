CodeSystem: KapLightCodes
Id: kap-light
Title: "KAP Light"
Description: "The light in the room of a session."
* insert CodeList(kap-light)
* #dark "Dark" "Dark."
* #dim "Dim" "Dim."
* #daylight "Daylight" "Daylight."
* #bright "Bright" "Bright."

ValueSet: KapLightValues
Id: kap-light
Title: "KAP Light"
Description: "All codes of the code system of the same name."
* insert Metadata
* include codes from system KapLightCodes

CodeSystem: KapMeasurementMethodCodes
Id: kap-measurement-method
Title: "KAP Measurement Method"
Description: "Who or what took a measurement."
* insert CodeList(kap-measurement-method)
* #clinician-measured "Clinician-measured" "Measured by a clinician."
* #self-measured "Self-measured" "Measured by the patient."
* #chaperone-measured "Chaperone-measured" "Measured by a chaperone."
* #device-measured "Device-measured" "Measured by a device that records on its own."

ValueSet: KapMeasurementMethodValues
Id: kap-measurement-method
Title: "KAP Measurement Method"
Description: "All codes of the code system of the same name."
* insert Metadata
* include codes from system KapMeasurementMethodCodes

Extension: KapDeviceCount
Id: kap-device-count
Title: "Device Count"
Description: "How many nasal spray devices a dose took."
Context: MedicationAdministration.dosage
* insert Metadata
* insert Value(unsignedInt)

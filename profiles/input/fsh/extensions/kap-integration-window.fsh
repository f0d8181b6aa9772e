Extension: KapIntegrationWindow
Id: kap-integration-window
Title: "Integration Window"
Description: "The time after a dose in which integration is planned, most often 24 to 72 hours after it."
Context: CarePlan.activity.detail
* insert Metadata
* insert Value(Period)

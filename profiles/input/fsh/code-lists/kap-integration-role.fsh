CodeSystem: KapIntegrationRoleCodes
Id: kap-integration-role
Title: "KAP Integration Role"
Description: "The four roles of integration."
* insert CodeList(kap-integration-role)
* #meaning-making "Meaning-making" "Making meaning of ketamine experiences."
* #pattern-linking "Pattern-linking" "Connecting insights to patterns of everyday life."
* #emotional-processing "Emotional processing" "Processing emotional material that surfaced."
* #action-steps "Action steps" "Creating steps for change that can be taken."

ValueSet: KapIntegrationRoleValues
Id: kap-integration-role
Title: "KAP Integration Role"
Description: "All codes of the code system of the same name."
* insert Metadata
* include codes from system KapIntegrationRoleCodes

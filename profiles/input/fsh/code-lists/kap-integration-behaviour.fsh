CodeSystem: KapIntegrationBehaviourCodes
Id: kap-integration-behaviour
Title: "KAP Integration Behaviour"
Description: "What people do that makes benefit last."
* insert CodeList(kap-integration-behaviour)
* #integrate-insights "Integrate insights" "Actively bringing insights into daily life."
* #continue-therapy "Continue therapy" "Continuing therapy between or after KAP sessions."
* #practise-skills "Practise skills" "Practising new emotional or relational skills."
* #values-aligned-change "Values-aligned change" "Making changes in line with one's values."
* #coping-strategy "Coping strategy" "Using a coping strategy that lasts."

ValueSet: KapIntegrationBehaviourValues
Id: kap-integration-behaviour
Title: "KAP Integration Behaviour"
Description: "All codes of the code system of the same name."
* insert Metadata
* include codes from system KapIntegrationBehaviourCodes

CodeSystem: KapOutcomeDomainCodes
Id: kap-outcome-domain
Title: "KAP Outcome Domain"
Description: "Domains in which the outcome of a course is judged."
* insert CodeList(kap-outcome-domain)
* #depression-severity "Severity of depression" "How severe depressive symptoms are."
* #depression-frequency "Frequency of depression" "How often depressive symptoms occur."
* #emotion-regulation "Emotion regulation" "How well emotions can be regulated."
* #psychological-flexibility "Psychological flexibility" "How flexibly a person acts in the presence of hard thoughts and feelings."
* #trauma-reactivity "Trauma reactivity" "How strongly reminders of trauma act."
* #meaning-connection "Meaning and connection" "Sense of meaning and of connection."
* #therapy-engagement "Engagement in therapy" "How much a person takes part in therapy."
* #growth "Growth" "Growth beyond symptoms."

ValueSet: KapOutcomeDomainValues
Id: kap-outcome-domain
Title: "KAP Outcome Domain"
Description: "All codes of the code system of the same name."
* insert Metadata
* include codes from system KapOutcomeDomainCodes

CodeSystem: KapObservableCodes
Id: kap-observable
Title: "KAP Observable"
Description: "What is observed in KAP and has no code elsewhere."
* insert CodeList(kap-observable)
* #attendance "Attendance" "How a person attended a session."
* #insight "Insight" "An insight, by its theme."
* #pattern-link "Pattern link" "An insight connected to a pattern of everyday life."
* #distress-before "Distress before" "Distress from 0 to 10 at the beginning of a session of integration."
* #distress-after "Distress after" "Distress from 0 to 10 at the end of a session of integration."
* #discharge-assessment "Discharge assessment" "The check before a person leaves a dosing session."
* #left-at "Time of leaving" "When a person left a dosing session."
* #rems-monitoring "REMS monitoring" "Monitoring under the esketamine risk evaluation and mitigation strategy."
* #rems-enrolled "REMS enrolled" "Whether the person is enrolled."
* #rems-first-treatment "REMS first treatment" "Whether this was the first treatment."
* #rems-minutes-monitored "REMS minutes monitored" "Minutes from the first device to the end of monitoring."
* #rems-minutes-until-ready "REMS minutes until ready" "Minutes until the person would have been ready to leave."
* #rems-vitals-acceptable-before "REMS vital signs acceptable before" "Whether vital signs were acceptable before administration."
* #rems-vitals-acceptable-after "REMS vital signs acceptable after" "Whether vital signs were acceptable before monitoring ended."
* #rems-form-submitted "REMS form submitted" "When the monitoring form was submitted."
* #alcohol-use "Alcohol use" "A person's use of alcohol over a period of time."
* #drinking-aim "Drinking aim" "What a person with alcohol use aims at."
* #drinking-days "Drinking days" "Number of days on which the person drank."
* #heavy-drinking-days "Heavy drinking days" "Number of days on which the person drank heavily."
* #abstinent-since "Abstinent since" "The day since which the person has not drunk."

ValueSet: KapObservableValues
Id: kap-observable
Title: "KAP Observable"
Description: "All codes of the code system of the same name."
* insert Metadata
* include codes from system KapObservableCodes

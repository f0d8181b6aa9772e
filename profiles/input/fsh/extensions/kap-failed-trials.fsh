Extension: KapFailedTrials
Id: kap-failed-trials
Title: "Failed Trials"
Description: "Number of adequate treatment trials in the present episode that did not help: what treatment resistance is judged by."
Context: Condition
* insert Metadata
* insert Value(unsignedInt)

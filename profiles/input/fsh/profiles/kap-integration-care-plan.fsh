Profile: KapIntegrationCarePlan
Parent: CarePlan
Id: kap-integration-care-plan
Title: "KAP Integration Care Plan"
Description: "What is to be done between and after KAP sessions: therapy, skills, changes of life, pace of dosing, the window in which integration works best, and the rule for a booster. KAP is part of a larger plan, never its root."
* insert Metadata
* insert Recorded
* insert NoNotes
* extension contains
    KapPhase named phase 0..1 MS and
    KapBoosterRule named boosterRule 0..* MS
* text 1..1 MS
* text ^short = "Built from the coded content"
* text.status MS
* text.div MS
* partOf MS
* partOf ^short = "The larger plan"
* status MS
* intent MS
* category 1..* MS
* insert SlicedByPattern(category, "Always an assessment and plan\, so that any receiver finds it")
* category contains assessPlan 1..1 MS
* category[assessPlan] = $CarePlanCategory#assess-plan
* subject only Reference(Patient)
* subject MS
* period MS
* author MS
* careTeam MS
* addresses MS
* goal MS
* activity MS
* activity.progress 0..0
* activity.progress ^short = "Not used: free text about a session stays where it was written"
* activity.reference MS
* activity.detail MS
* activity.detail.extension contains
    KapIntegrationWindow named integrationWindow 0..1 MS and
    KapPacing named pacing 0..1 MS
* activity.detail.kind MS
* activity.detail.code MS
* activity.detail.goal MS
* activity.detail.status MS
* activity.detail.scheduled[x] MS

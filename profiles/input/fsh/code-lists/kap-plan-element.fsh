CodeSystem: KapPlanElementCodes
Id: kap-plan-element
Title: "KAP Plan Element"
Description: "Elements of the larger treatment plan that KAP is a part of."
* insert CodeList(kap-plan-element)
* #ongoing-psychotherapy "Ongoing psychotherapy" "Psychotherapy that goes on between and after doses."
* #cognitive-behavioral-skills "Cognitive and behavioral skills" "Training in cognitive and behavioral skills."
* #coping-skills "Coping skills" "Training in skills of coping."
* #relaxation-breathing "Relaxation and breathing" "Relaxation and breathing techniques."
* #sleep-hygiene "Sleep hygiene" "Sleep that supports the nervous system's health."
* #exercise "Exercise" "Exercise that supports the nervous system's health."
* #nutrition "Nutrition" "Nutrition that supports the nervous system's health."
* #lifestyle "Lifestyle" "Other changes of life that support the nervous system's health."
* #trauma-informed-pacing "Trauma-informed pacing" "Going at a pace that a person with trauma can bear."
* #kap-as-catalyst "KAP as a catalyst" "KAP as one part of the larger plan that sets other parts going."
* #preparation-sessions "Preparation sessions" "Sessions of preparation."
* #dosing-sessions "Dosing sessions" "Sessions of dosing."
* #integration-sessions "Integration sessions" "Sessions of integration."
* #booster-sessions "Booster sessions" "Booster sessions."
* #action-step "Action step" "A step for change that can be taken."
* #values-aligned-change "Values-aligned change" "A change in line with one's values."

ValueSet: KapPlanElementValues
Id: kap-plan-element
Title: "KAP Plan Element"
Description: "All codes of the code system of the same name."
* insert Metadata
* include codes from system KapPlanElementCodes

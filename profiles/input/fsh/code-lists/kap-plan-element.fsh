CodeSystem: KapPlanElementCodes
Id: kap-plan-element
Title: "KAP Plan Element"
Description: "Elements of the larger treatment plan that KAP is a part of."
* insert CodeList(kap-plan-element)
* #ongoing-psychotherapy "Ongoing psychotherapy" "Psychotherapy that goes on between and after doses."
* #skills-based "Skills-based approach" "Training in skills of coping, regulation or relation."
* #lifestyle "Lifestyle" "Changes of life that support the nervous system's health: sleep, movement, food."
* #trauma-informed-pacing "Trauma-informed pacing" "Going at a pace that a person with trauma can bear."
* #kap-as-catalyst "KAP as a catalyst" "KAP as one part of the larger plan that sets other parts going."

ValueSet: KapPlanElementValues
Id: kap-plan-element
Title: "KAP Plan Element"
Description: "All codes of the code system of the same name."
* insert Metadata
* include codes from system KapPlanElementCodes

Extension: KapBoosterRule
Id: kap-booster-rule
Title: "Booster Rule"
Description: "What calls for a booster session: a score that rises by so much from its best value, the loss of response, or a fixed interval."
Context: CarePlan
* insert Metadata
* extension contains
    trigger 1..1 and
    score 0..1 and
    rise 0..1 and
    interval 0..1
* extension[trigger] ^short = "What calls for a booster"
* insert Part(trigger, code)
* extension[trigger].value[x] from KapBoosterTriggerValues (required)
* extension[score] ^short = "The score that is watched"
* insert Part(score, CodeableConcept)
* extension[score].value[x] from KapScoreCodeValues (preferred)
* extension[rise] ^short = "By how much it rises from its best value"
* insert Part(rise, Quantity)
* insert MeasuredIn(extension[rise].valueQuantity, {score})
* extension[interval] ^short = "After how much time"
* insert Part(interval, Duration)

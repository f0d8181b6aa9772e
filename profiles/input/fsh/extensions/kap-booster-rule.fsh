Extension: KapBoosterRule
Id: kap-booster-rule
Title: "Booster Rule"
Description: "When a booster session is due: a rise of a score from its best value, the loss of response, or a fixed interval."
Context: CarePlan
* insert Metadata
* extension contains
    measure 0..1 and
    rise 0..1 and
    loss-of-response 0..1 and
    every 0..1
* extension[measure] ^short = "The score that is watched"
* insert Part(measure, CodeableConcept)
* extension[measure].value[x] from KapScoreCodeValues (preferred)
* extension[rise] ^short = "Rise from the best value that triggers a booster"
* insert Part(rise, Quantity)
* insert MeasuredIn(extension[rise].valueQuantity, {score})
* extension[loss-of-response] ^short = "Whether the loss of response triggers a booster"
* insert Part(loss-of-response, boolean)
* extension[every] ^short = "Fixed interval between boosters"
* insert Part(every, Duration)

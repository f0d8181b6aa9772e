CodeSystem: KapPatternCodes
Id: kap-pattern
Title: "KAP Pattern"
Description: "Long-standing patterns that KAP sets out to loosen."
* insert CodeList(kap-pattern)
* #emotional-numbness "Emotional numbness" "Feeling little or nothing."
* #rigid-thinking "Rigid thinking" "Thoughts that run in the same tracks."
* #hopelessness "Hopelessness" "Seeing no way forward."
* #self-criticism "Self-criticism" "Harshness towards oneself."

ValueSet: KapPatternValues
Id: kap-pattern
Title: "KAP Pattern"
Description: "All codes of the code system of the same name."
* insert Metadata
* include codes from system KapPatternCodes

CodeSystem: KapDrinkingAimCodes
Id: kap-drinking-aim
Title: "KAP Drinking Aim"
Description: "What a person with alcohol use aims at."
* insert CodeList(kap-drinking-aim)
* #abstinence "Abstinence" "Not to drink."
* #moderation "Moderation" "To drink less."

ValueSet: KapDrinkingAimValues
Id: kap-drinking-aim
Title: "KAP Drinking Aim"
Description: "All codes of the code system of the same name."
* insert Metadata
* include codes from system KapDrinkingAimCodes

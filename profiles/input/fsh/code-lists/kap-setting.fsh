CodeSystem: KapSettingCodes
Id: kap-setting
Title: "KAP Setting"
Description: "Set and setting of a dosing session, as far as it may be told."
* insert CodeList(kap-setting)
* #music "Music" "Music was played."
* #eyeshades "Eyeshades" "Eyeshades were worn."
* #position "Position" "Position of the body."
* #lighting "Lighting" "Light in the room."
* #blanket "Blanket" "A blanket was at hand."
* #touch-consent "Touch consent" "Whether supportive touch was agreed to for this session."
* #support-person "Support person" "A support person was present."
* #support-animal "Support animal" "A support animal was present."

ValueSet: KapSettingValues
Id: kap-setting
Title: "KAP Setting"
Description: "All codes of the code system of the same name."
* insert Metadata
* include codes from system KapSettingCodes

CodeSystem: KapSettingCodes
Id: kap-setting
Title: "KAP Setting"
Description: "Set and setting of a dosing session, as far as it may be told."
* insert CodeList(kap-setting)
* #music-playlist "Music playlist" "The identifier of the playlist that was played."
* #eyeshades "Eyeshades" "Whether eyeshades were worn."
* #position "Position" "The position of the body."
* #light "Light" "The light in the room."
* #blanket "Blanket" "Whether a blanket was used."
* #touch-consent "Touch consent" "Whether supportive touch was agreed to for this session."
* #support-animal "Support animal" "Whether a support animal was there."

ValueSet: KapSettingValues
Id: kap-setting
Title: "KAP Setting"
Description: "All codes of the code system of the same name."
* insert Metadata
* include codes from system KapSettingCodes

CodeSystem: KapPositionCodes
Id: kap-position
Title: "KAP Position"
Description: "Positions of the body in a session."
* insert CodeList(kap-position)
* #reclined "Reclined" "Lying back in a chair."
* #supine "Supine" "Lying on the back."
* #side-lying "Side lying" "Lying on the side."
* #seated "Seated" "Sitting."

ValueSet: KapPositionValues
Id: kap-position
Title: "KAP Position"
Description: "All codes of the code system of the same name."
* insert Metadata
* include codes from system KapPositionCodes

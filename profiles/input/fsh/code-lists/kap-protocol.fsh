CodeSystem: KapProtocolCodes
Id: kap-protocol
Title: "KAP Protocol"
Description: "Shapes of a course: how many doses, by which route, in how much time."
* insert CodeList(kap-protocol)
* #kap-iv-6 "Six infusions" "Six intravenous infusions in two to three weeks, with integration after each."
* #kap-sl-4 "Four sublingual doses" "Four sublingual doses over four weeks."
* #kap-oslo "Four doses with eleven hours of psychotherapy" "Four doses and eleven hours of psychotherapy in eight weeks."
* #kap-6in3 "Six sessions in three weeks" "Two orientation sessions, six dosing sessions in three weeks, and one integration session."
* #spravato "Esketamine nasal spray" "Esketamine nasal spray twice a week for four weeks, weekly for four weeks, then every one or two weeks."
* #booster "Booster" "Single doses after induction, at a relapse or at fixed intervals."
* #individual "Individual" "Shaped for one patient."

ValueSet: KapProtocolValues
Id: kap-protocol
Title: "KAP Protocol"
Description: "All codes of the code system of the same name."
* insert Metadata
* include codes from system KapProtocolCodes

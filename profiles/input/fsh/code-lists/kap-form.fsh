CodeSystem: KapFormCodes
Id: kap-form
Title: "KAP Compounded Form"
Description: "Forms of compounded ketamine, which have neither RxNorm nor NDC codes."
* insert CodeList(kap-form)
* #injection-solution "Solution for injection" "A solution for injection or infusion."
* #nasal-spray "Nasal spray" "Sprayed into the nose."
* #lozenge "Lozenge" "Held in the mouth until it has dissolved."
* #troche "Troche" "A soft lozenge."
* #orally-disintegrating-tablet "Orally disintegrating tablet" "A tablet that dissolves on the tongue."
* #capsule "Capsule" "Swallowed whole."
* #oral-solution "Oral solution" "A solution to be taken by mouth."

ValueSet: KapFormValues
Id: kap-form
Title: "KAP Compounded Form"
Description: "All codes of the code system of the same name."
* insert Metadata
* include codes from system KapFormCodes

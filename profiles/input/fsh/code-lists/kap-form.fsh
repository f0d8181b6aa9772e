CodeSystem: KapFormCodes
Id: kap-form
Title: "KAP Compounded Form"
Description: "Forms of compounded ketamine, which have neither RxNorm nor NDC codes."
* insert CodeList(kap-form)
* #lozenge "Lozenge" "Held in the mouth until it has dissolved."
* #troche "Troche" "A soft lozenge."
* #orally-disintegrating-tablet "Orally disintegrating tablet" "A tablet that dissolves on the tongue."
* #nasal-spray "Compounded nasal spray" "Racemic ketamine as a nasal spray."

ValueSet: KapFormValues
Id: kap-form
Title: "KAP Compounded Form"
Description: "All codes of the code system of the same name."
* insert Metadata
* include codes from system KapFormCodes

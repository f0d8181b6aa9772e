CodeSystem: KapLabCodes
Id: kap-lab
Title: "KAP Laboratory Test"
Description: "Laboratory tests done in a course of KAP."
* insert CodeList(kap-lab)
* #urine-pregnancy "Urine pregnancy test" "Human chorionic gonadotropin in urine."
* #urine-ketamine "Urine ketamine" "Ketamine in urine."
* #urine-drug-screen "Urine drug screen" "Drugs of abuse in urine."
* #urinalysis "Urinalysis" "Urinalysis."
* #alanine-aminotransferase "Alanine aminotransferase" "Alanine aminotransferase."
* #aspartate-aminotransferase "Aspartate aminotransferase" "Aspartate aminotransferase."

ValueSet: KapLabValues
Id: kap-lab
Title: "KAP Laboratory Test"
Description: "All codes of the code system of the same name."
* insert Metadata
* include codes from system KapLabCodes

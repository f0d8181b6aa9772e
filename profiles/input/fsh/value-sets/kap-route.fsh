ValueSet: KapRouteValues
Id: kap-route
Title: "KAP Route"
Description: "Routes by which ketamine and esketamine are given. The sublingual route has its code from HL7, because SNOMED CT's is not in the Global Patient Set."
* insert Metadata
* insert SnomedNotice
* $SCT#47625008 "Intravenous route (qualifier value)"
* $SCT#78421000 "Intramuscular route (qualifier value)"
* $SCT#34206005 "Subcutaneous route (qualifier value)"
* $SCT#46713006 "Nasal route (qualifier value)"
* $SCT#26643006 "Oral route (qualifier value)"
* $RouteV3#SL

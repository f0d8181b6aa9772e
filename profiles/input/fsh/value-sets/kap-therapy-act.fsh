ValueSet: KapTherapyActValues
Id: kap-therapy-act
Title: "KAP Therapy Act"
Description: "Psychotherapy as such, and the roles of integration."
* insert Metadata
* insert SnomedNotice
* $SCT#75516001 "Psychotherapy (regime/therapy)"
* include codes from system KapIntegrationRoleCodes

ValueSet: KapScoreCodeValues
Id: kap-score-code
Title: "KAP Score Code"
Description: "Codes of scores: LOINC's where the instrument has one, ours for all others. Totals only: a panel's code is never that of its score."
* insert Metadata
* insert LoincNotice
// PHQ-9, GAD-7, PCL-5, AUDIT-C, AUDIT, C-SSRS screener
* $LNC#44261-6
* $LNC#70274-6
* $LNC#101698-9
* $LNC#75626-2
* $LNC#75624-7
* $LNC#93374-7
* include codes from system KapScoreCodes
* include codes from system KapDerivedCodes
* include codes from system KapGrowthCodes

// Instruments for which no LOINC panel is known.

Instance: Lec5Questionnaire
InstanceOf: Questionnaire
Title: "LEC-5"
Description: "Life Events Checklist for DSM-5."
Usage: #definition
* insert Questionnaire(lec-5, Lec5Questionnaire)
* copyright = "It was made by the United States Department of Veterans Affairs; its wording is not included here."

Instance: QidsSr16Questionnaire
InstanceOf: Questionnaire
Title: "QIDS-SR16"
Description: "Quick Inventory of Depressive Symptomatology, self-report."
Usage: #definition
* insert Questionnaire(qids-sr16, QidsSr16Questionnaire)
* insert HoldersWording

Instance: MadrsQuestionnaire
InstanceOf: Questionnaire
Title: "MADRS"
Description: "Montgomery-Åsberg Depression Rating Scale."
Usage: #definition
* insert Questionnaire(madrs, MadrsQuestionnaire)
* insert HoldersWording

Instance: Hamd17Questionnaire
InstanceOf: Questionnaire
Title: "HAM-D17"
Description: "Hamilton Depression Rating Scale, 17 items."
Usage: #definition
* insert Questionnaire(ham-d17, Hamd17Questionnaire)
* insert HoldersWording

Instance: Bdi2Questionnaire
InstanceOf: Questionnaire
Title: "BDI-II"
Description: "Beck Depression Inventory II."
Usage: #definition
* insert Questionnaire(bdi-ii, Bdi2Questionnaire)
* insert HoldersWording

Instance: CadssQuestionnaire
InstanceOf: Questionnaire
Title: "CADSS"
Description: "Clinician-Administered Dissociative States Scale."
Usage: #definition
* insert Questionnaire(cadss, CadssQuestionnaire)
* insert HoldersWording

Instance: Meq30Questionnaire
InstanceOf: Questionnaire
Title: "MEQ30"
Description: "Revised Mystical Experience Questionnaire."
Usage: #definition
* insert Questionnaire(meq30, Meq30Questionnaire)
* insert HoldersWording

Instance: EbiQuestionnaire
InstanceOf: Questionnaire
Title: "EBI"
Description: "Emotional Breakthrough Inventory."
Usage: #definition
* insert Questionnaire(ebi, EbiQuestionnaire)
* insert HoldersWording

Instance: CeqQuestionnaire
InstanceOf: Questionnaire
Title: "CEQ"
Description: "Challenging Experience Questionnaire."
Usage: #definition
* insert Questionnaire(ceq, CeqQuestionnaire)
* insert HoldersWording

Instance: PiqQuestionnaire
InstanceOf: Questionnaire
Title: "PIQ"
Description: "Psychological Insight Questionnaire."
Usage: #definition
* insert Questionnaire(piq, PiqQuestionnaire)
* insert HoldersWording

Instance: IesQuestionnaire
InstanceOf: Questionnaire
Title: "IES"
Description: "Integration Engagement Scale."
Usage: #definition
* insert Questionnaire(ies, IesQuestionnaire)
* insert HoldersWording

Instance: EisQuestionnaire
InstanceOf: Questionnaire
Title: "EIS"
Description: "Experienced Integration Scale."
Usage: #definition
* insert Questionnaire(eis, EisQuestionnaire)
* insert HoldersWording

Instance: WcsQuestionnaire
InstanceOf: Questionnaire
Title: "WCS"
Description: "Watts Connectedness Scale."
Usage: #definition
* insert Questionnaire(wcs, WcsQuestionnaire)
* insert HoldersWording

Instance: Aaq2Questionnaire
InstanceOf: Questionnaire
Title: "AAQ-II"
Description: "Acceptance and Action Questionnaire II: psychological inflexibility."
Usage: #definition
* insert Questionnaire(aaq-ii, Aaq2Questionnaire)
* insert HoldersWording

Instance: Ders16Questionnaire
InstanceOf: Questionnaire
Title: "DERS-16"
Description: "Difficulties in Emotion Regulation Scale, 16 items."
Usage: #definition
* insert Questionnaire(ders-16, Ders16Questionnaire)
* insert HoldersWording

Instance: ScsSfQuestionnaire
InstanceOf: Questionnaire
Title: "SCS-SF"
Description: "Self-Compassion Scale, short form."
Usage: #definition
* insert Questionnaire(scs-sf, ScsSfQuestionnaire)
* insert HoldersWording

Instance: MlqQuestionnaire
InstanceOf: Questionnaire
Title: "MLQ"
Description: "Meaning in Life Questionnaire."
Usage: #definition
* insert Questionnaire(mlq, MlqQuestionnaire)
* insert HoldersWording

Instance: WsasQuestionnaire
InstanceOf: Questionnaire
Title: "WSAS"
Description: "Work and Social Adjustment Scale."
Usage: #definition
* insert Questionnaire(wsas, WsasQuestionnaire)
* insert HoldersWording

Instance: Who5Questionnaire
InstanceOf: Questionnaire
Title: "WHO-5"
Description: "WHO-5 Well-Being Index."
Usage: #definition
* insert Questionnaire(who-5, Who5Questionnaire)
* insert HoldersWording

Instance: QlesqSfQuestionnaire
InstanceOf: Questionnaire
Title: "Q-LES-Q-SF"
Description: "Quality of Life Enjoyment and Satisfaction Questionnaire, short form."
Usage: #definition
* insert Questionnaire(q-les-q-sf, QlesqSfQuestionnaire)
* insert HoldersWording

Instance: Pss10Questionnaire
InstanceOf: Questionnaire
Title: "PSS-10"
Description: "Perceived Stress Scale, 10 items."
Usage: #definition
* insert Questionnaire(pss-10, Pss10Questionnaire)
* insert HoldersWording

Instance: Pss4Questionnaire
InstanceOf: Questionnaire
Title: "PSS-4"
Description: "Perceived Stress Scale, 4 items."
Usage: #definition
* insert Questionnaire(pss-4, Pss4Questionnaire)
* insert HoldersWording

Instance: MspssQuestionnaire
InstanceOf: Questionnaire
Title: "MSPSS"
Description: "Multidimensional Scale of Perceived Social Support."
Usage: #definition
* insert Questionnaire(mspss, MspssQuestionnaire)
* insert HoldersWording

Instance: UricaQuestionnaire
InstanceOf: Questionnaire
Title: "URICA"
Description: "University of Rhode Island Change Assessment."
Usage: #definition
* insert Questionnaire(urica, UricaQuestionnaire)
* insert HoldersWording

Instance: WaiSrQuestionnaire
InstanceOf: Questionnaire
Title: "WAI-SR"
Description: "Working Alliance Inventory, short revised form."
Usage: #definition
* insert Questionnaire(wai-sr, WaiSrQuestionnaire)
* insert HoldersWording

Instance: IsiQuestionnaire
InstanceOf: Questionnaire
Title: "ISI"
Description: "Insomnia Severity Index."
Usage: #definition
* insert Questionnaire(isi, IsiQuestionnaire)
* insert HoldersWording

Instance: Bsl23Questionnaire
InstanceOf: Questionnaire
Title: "BSL-23"
Description: "Borderline Symptom List 23."
Usage: #definition
* insert Questionnaire(bsl-23, Bsl23Questionnaire)
* insert HoldersWording

Instance: PromisQuestionnaire
InstanceOf: Questionnaire
Title: "PROMIS"
Description: "Patient-Reported Outcomes Measurement Information System."
Usage: #definition
* insert Questionnaire(promis, PromisQuestionnaire)
* insert HoldersWording

Instance: CredibilityExpectancyQuestionnaire
InstanceOf: Questionnaire
Title: "Credibility/Expectancy Questionnaire"
Description: "Credibility/Expectancy Questionnaire."
Usage: #definition
* insert Questionnaire(credibility-expectancy, CredibilityExpectancyQuestionnaire)
* insert HoldersWording

Instance: MoaasQuestionnaire
InstanceOf: Questionnaire
Title: "MOAA/S"
Description: "Modified Observer's Assessment of Alertness and Sedation."
Usage: #definition
* insert Questionnaire(moaas, MoaasQuestionnaire)
* insert HoldersWording

Instance: RassQuestionnaire
InstanceOf: Questionnaire
Title: "RASS"
Description: "Richmond Agitation-Sedation Scale."
Usage: #definition
* insert Questionnaire(rass, RassQuestionnaire)
* insert HoldersWording

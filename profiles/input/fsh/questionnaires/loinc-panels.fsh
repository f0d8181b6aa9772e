// Instruments that LOINC knows as a panel.

Instance: Phq9Questionnaire
InstanceOf: Questionnaire
Title: "PHQ-9"
Description: "Patient Health Questionnaire-9: depression."
Usage: #definition
* insert Questionnaire(phq-9, Phq9Questionnaire)
* insert Panel(44249-1, [[It may be reproduced, translated, displayed and distributed without permission; its wording is not included here.]])

Instance: Gad7Questionnaire
InstanceOf: Questionnaire
Title: "GAD-7"
Description: "Generalized Anxiety Disorder-7."
Usage: #definition
* insert Questionnaire(gad-7, Gad7Questionnaire)
* insert Panel(69737-5, [[It may be reproduced, translated, displayed and distributed without permission; its wording is not included here.]])

Instance: Pcl5Questionnaire
InstanceOf: Questionnaire
Title: "PCL-5"
Description: "PTSD Checklist for DSM-5. Not to be confused with the PCL-C for DSM-IV."
Usage: #definition
* insert Questionnaire(pcl-5, Pcl5Questionnaire)
* insert Panel(101697-1, [[It was made by the United States Department of Veterans Affairs and is not copyrighted; its wording is not included here.]])

Instance: CssrsScreenerQuestionnaire
InstanceOf: Questionnaire
Title: "C-SSRS screener"
Description: "Columbia Suicide Severity Rating Scale, screener."
Usage: #definition
* insert Questionnaire(c-ssrs-screener, CssrsScreenerQuestionnaire)
* insert Panel(93373-9, [[Its wording is copyright © Research Foundation for Mental Hygiene and is not included here; it is used after registration, unaltered and with its notice.]])

Instance: AuditCQuestionnaire
InstanceOf: Questionnaire
Title: "AUDIT-C"
Description: "Alcohol Use Disorders Identification Test, consumption questions."
Usage: #definition
* insert Questionnaire(audit-c, AuditCQuestionnaire)
* insert Panel(72109-2, [[It is in the public domain; its wording is not included here.]])

Instance: AuditQuestionnaire
InstanceOf: Questionnaire
Title: "AUDIT"
Description: "Alcohol Use Disorders Identification Test."
Usage: #definition
* insert Questionnaire(audit, AuditQuestionnaire)
* insert Panel(72110-0, [[It is in the public domain; its wording is not included here.]])

Instance: AceQuestionnaire
InstanceOf: Questionnaire
Title: "ACE"
Description: "Adverse Childhood Experiences questionnaire."
Usage: #definition
* insert Questionnaire(ace, AceQuestionnaire)
* insert Panel(82813-7, [[Its wording belongs to its holder and is not included here.]])

Instance: BrfssAceQuestionnaire
InstanceOf: Questionnaire
Title: "BRFSS ACE"
Description: "Adverse Childhood Experiences module of the Behavioral Risk Factor Surveillance System."
Usage: #definition
* insert Questionnaire(brfss-ace, BrfssAceQuestionnaire)
* insert Panel(82152-0, [[It is not copyrighted and free to use; its wording is not included here.]])

// The forms of this guide.

Instance: KapIntegrationCheckinQuestionnaire
InstanceOf: Questionnaire
Title: "KAP integration check-in"
Description: "Integration check-in of the KAP guide."
Usage: #definition
* insert Questionnaire(kap-integration-checkin, KapIntegrationCheckinQuestionnaire)
* insert OwnWording

Instance: KapReadinessRulerQuestionnaire
InstanceOf: Questionnaire
Title: "KAP readiness ruler"
Description: "Readiness ruler of the KAP guide."
Usage: #definition
* insert Questionnaire(kap-readiness-ruler, KapReadinessRulerQuestionnaire)
* insert OwnWording

Instance: KapSessionRatingQuestionnaire
InstanceOf: Questionnaire
Title: "KAP session rating"
Description: "Single ratings from 0 to 10 during a session."
Usage: #definition
* insert Questionnaire(kap-session-rating, KapSessionRatingQuestionnaire)
* insert OwnWording

Instance: KapScreenQuestionnaire
InstanceOf: Questionnaire
Title: "KAP contraindication screen"
Description: "The contraindication screen. A response knows its questions by the codes of the code system of the same name."
Usage: #definition
* insert Questionnaire(kap-screen, KapScreenQuestionnaire)
* insert OwnWording

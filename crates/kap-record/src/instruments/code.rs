//! The codes of instruments and scores.

use crate::define::codes;

codes! {
    /// Instruments.
    pub enum InstrumentCode in "kap-instrument" {
        /// Patient Health Questionnaire-9: depression.
        Phq9 = "phq-9",
        /// Generalized Anxiety Disorder-7.
        Gad7 = "gad-7",
        /// PTSD Checklist for DSM-5. Not to be confused with the PCL-C for DSM-IV.
        Pcl5 = "pcl-5",
        /// Life Events Checklist for DSM-5.
        Lec5 = "lec-5",
        /// Columbia Suicide Severity Rating Scale, screener.
        CssrsScreener = "c-ssrs-screener",
        /// Alcohol Use Disorders Identification Test, consumption questions.
        AuditC = "audit-c",
        /// Alcohol Use Disorders Identification Test.
        Audit = "audit",
        /// Adverse Childhood Experiences questionnaire.
        Ace = "ace",
        /// Adverse Childhood Experiences module of the Behavioral Risk Factor Surveillance System.
        BrfssAce = "brfss-ace",
        /// Quick Inventory of Depressive Symptomatology, self-report.
        QidsSr16 = "qids-sr16",
        /// Montgomery-Åsberg Depression Rating Scale.
        Madrs = "madrs",
        /// Hamilton Depression Rating Scale, 17 items.
        Hamd17 = "ham-d17",
        /// Beck Depression Inventory II.
        Bdi2 = "bdi-ii",
        /// Clinician-Administered Dissociative States Scale.
        Cadss = "cadss",
        /// Revised Mystical Experience Questionnaire.
        Meq30 = "meq30",
        /// Emotional Breakthrough Inventory.
        Ebi = "ebi",
        /// Challenging Experience Questionnaire.
        Ceq = "ceq",
        /// Psychological Insight Questionnaire.
        Piq = "piq",
        /// Integration Engagement Scale.
        Ies = "ies",
        /// Experienced Integration Scale.
        Eis = "eis",
        /// Watts Connectedness Scale.
        Wcs = "wcs",
        /// Acceptance and Action Questionnaire II: psychological inflexibility.
        Aaq2 = "aaq-ii",
        /// Difficulties in Emotion Regulation Scale, 16 items.
        Ders16 = "ders-16",
        /// Self-Compassion Scale, short form.
        ScsSf = "scs-sf",
        /// Meaning in Life Questionnaire.
        Mlq = "mlq",
        /// Work and Social Adjustment Scale.
        Wsas = "wsas",
        /// WHO-5 Well-Being Index.
        Who5 = "who-5",
        /// Quality of Life Enjoyment and Satisfaction Questionnaire, short form.
        QlesqSf = "q-les-q-sf",
        /// Perceived Stress Scale, 10 items.
        Pss10 = "pss-10",
        /// Perceived Stress Scale, 4 items.
        Pss4 = "pss-4",
        /// Multidimensional Scale of Perceived Social Support.
        Mspss = "mspss",
        /// University of Rhode Island Change Assessment.
        Urica = "urica",
        /// Working Alliance Inventory, short revised form.
        WaiSr = "wai-sr",
        /// Insomnia Severity Index.
        Isi = "isi",
        /// Borderline Symptom List 23.
        Bsl23 = "bsl-23",
        /// Patient-Reported Outcomes Measurement Information System.
        Promis = "promis",
        /// Credibility/Expectancy Questionnaire.
        CredibilityExpectancy = "credibility-expectancy",
        /// Modified Observer's Assessment of Alertness and Sedation.
        Moaas = "moaas",
        /// Richmond Agitation-Sedation Scale.
        Rass = "rass",
        /// Integration check-in of the KAP guide.
        IntegrationCheckin = "kap-integration-checkin",
        /// Readiness ruler of the KAP guide.
        ReadinessRuler = "kap-readiness-ruler",
        /// Single ratings from 0 to 10 during a session.
        SessionRating = "kap-session-rating",
    }
}

codes! {
    /// Scores. A score that has a LOINC code is sent under it, all others under the code given here.
    pub enum ScoreCode in "kap-score" {
        /// PHQ-9: sum of the nine items.
        Phq9Total = "phq9-total",
        /// GAD-7: sum of the seven items.
        Gad7Total = "gad7-total",
        /// PCL-5: sum of the twenty items.
        Pcl5Total = "pcl5-total",
        /// PCL-5, cluster B, intrusion: items 1 to 5.
        Pcl5ClusterB = "pcl5-cluster-b",
        /// PCL-5, cluster C, avoidance: items 6 and 7.
        Pcl5ClusterC = "pcl5-cluster-c",
        /// PCL-5, cluster D, cognition and mood: items 8 to 14.
        Pcl5ClusterD = "pcl5-cluster-d",
        /// PCL-5, cluster E, arousal and reactivity: items 15 to 20.
        Pcl5ClusterE = "pcl5-cluster-e",
        /// LEC-5: number of events that happened to the patient.
        Lec5Happened = "lec5-happened",
        /// C-SSRS screener: 0 no risk, 1 low, 2 moderate, 3 high.
        CssrsScreenerRisk = "cssrs-screener-risk",
        /// AUDIT-C: sum of the three items.
        AuditCTotal = "audit-c-total",
        /// AUDIT: sum of the ten items.
        AuditTotal = "audit-total",
        /// ACE: number of experiences.
        AceTotal = "ace-total",
        /// BRFSS ACE: number of items.
        BrfssAceItems = "brfss-ace-items",
        /// BRFSS ACE: number of categories.
        BrfssAceCategories = "brfss-ace-categories",
        /// QIDS-SR16: total.
        QidsSr16Total = "qids-sr16-total",
        /// MADRS: total.
        MadrsTotal = "madrs-total",
        /// HAM-D17: total.
        Hamd17Total = "hamd17-total",
        /// BDI-II: total.
        Bdi2Total = "bdi2-total",
        /// CADSS: total of the 28-item version.
        Cadss28 = "cadss-28",
        /// CADSS: total of the 23-item version.
        Cadss23 = "cadss-23",
        /// CADSS: total of the 6-item version.
        Cadss6 = "cadss-6",
        /// CADSS: total of the 3-item adaptation.
        Cadss3 = "cadss-3",
        /// MEQ30: mystical quality, percent of the most possible.
        Meq30Mystical = "meq30-mystical",
        /// MEQ30: positive mood, percent of the most possible.
        Meq30PositiveMood = "meq30-positive-mood",
        /// MEQ30: transcendence of time and space, percent of the most possible.
        Meq30Transcendence = "meq30-transcendence",
        /// MEQ30: ineffability, percent of the most possible.
        Meq30Ineffability = "meq30-ineffability",
        /// EBI: mean.
        EbiMean = "ebi-mean",
        /// CEQ: total, percent of the most possible.
        CeqTotal = "ceq-total",
        /// CEQ: fear, percent of the most possible.
        CeqFear = "ceq-fear",
        /// CEQ: grief, percent of the most possible.
        CeqGrief = "ceq-grief",
        /// CEQ: physical distress, percent of the most possible.
        CeqPhysical = "ceq-physical",
        /// CEQ: fear of insanity, percent of the most possible.
        CeqInsanity = "ceq-insanity",
        /// CEQ: isolation, percent of the most possible.
        CeqIsolation = "ceq-isolation",
        /// CEQ: death, percent of the most possible.
        CeqDeath = "ceq-death",
        /// CEQ: paranoia, percent of the most possible.
        CeqParanoia = "ceq-paranoia",
        /// PIQ: total.
        PiqTotal = "piq-total",
        /// IES: total.
        IesTotal = "ies-total",
        /// EIS: total.
        EisTotal = "eis-total",
        /// WCS: connectedness to oneself.
        WcsSelf = "wcs-self",
        /// WCS: connectedness to others.
        WcsOthers = "wcs-others",
        /// WCS: connectedness to the world.
        WcsWorld = "wcs-world",
        /// AAQ-II: total; higher means less flexible.
        Aaq2Total = "aaq2-total",
        /// DERS-16: total.
        Ders16Total = "ders16-total",
        /// DERS-16: lack of clarity.
        Ders16Clarity = "ders16-clarity",
        /// DERS-16: difficulties with goals.
        Ders16Goals = "ders16-goals",
        /// DERS-16: difficulties with impulses.
        Ders16Impulse = "ders16-impulse",
        /// DERS-16: lack of strategies.
        Ders16Strategies = "ders16-strategies",
        /// DERS-16: non-acceptance of emotions.
        Ders16NonAcceptance = "ders16-non-acceptance",
        /// SCS-SF: mean.
        ScsSfMean = "scs-sf-mean",
        /// MLQ: presence of meaning.
        MlqPresence = "mlq-presence",
        /// MLQ: search for meaning.
        MlqSearch = "mlq-search",
        /// WSAS: total.
        WsasTotal = "wsas-total",
        /// WHO-5: raw score times four.
        Who5Index = "who5-index",
        /// Q-LES-Q-SF: percent of the most possible.
        QlesqSfPercent = "q-les-q-sf-percent",
        /// PSS-10: total.
        Pss10Total = "pss10-total",
        /// PSS-4: total.
        Pss4Total = "pss4-total",
        /// MSPSS: mean.
        MspssMean = "mspss-mean",
        /// URICA: readiness to change.
        UricaReadiness = "urica-readiness",
        /// WAI-SR: total.
        WaiSrTotal = "wai-sr-total",
        /// WAI-SR: agreement on goals.
        WaiSrGoal = "wai-sr-goal",
        /// WAI-SR: agreement on tasks.
        WaiSrTask = "wai-sr-task",
        /// WAI-SR: bond.
        WaiSrBond = "wai-sr-bond",
        /// ISI: total.
        IsiTotal = "isi-total",
        /// BSL-23: mean.
        Bsl23Mean = "bsl23-mean",
        /// PROMIS depression: T score.
        PromisDepression = "promis-depression",
        /// PROMIS anxiety: T score.
        PromisAnxiety = "promis-anxiety",
        /// PROMIS sleep disturbance: T score.
        PromisSleep = "promis-sleep",
        /// Credibility/Expectancy Questionnaire: credibility.
        Credibility = "credibility",
        /// Credibility/Expectancy Questionnaire: expectancy.
        Expectancy = "expectancy",
        /// MOAA/S: 5 alert, 0 no response.
        Moaas = "moaas",
        /// RASS: −5 unarousable, 0 alert and calm, 4 combative.
        Rass = "rass",
        /// Integration check-in: sum of the ten items.
        IntegrationCheckinTotal = "integration-checkin-total",
        /// Readiness ruler: 0 to 10.
        Readiness = "readiness-ruler",
        /// Pain, 0 to 10.
        Pain = "pain",
        /// Nausea, 0 to 10.
        Nausea = "nausea",
        /// Anxiety at present, 0 to 10.
        AnxietyNow = "anxiety-now",
        /// Distress at present, 0 to 10.
        DistressNow = "distress-now",
    }
}

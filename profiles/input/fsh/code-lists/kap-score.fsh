CodeSystem: KapScoreCodes
Id: kap-score
Title: "KAP Score"
Description: "Scores of instruments that have no LOINC code. The version of an instrument is part of the code where its versions are not comparable. A code names a score; the words of the instrument are not in it."
* insert CodeList(kap-score)
* ^property.code = #improvement
* ^property.description = "Whether improvement is a decrease or an increase of the score; absent where a score has no better end."
* ^property.type = #code
* #madrs-total "MADRS total" "Total of the Montgomery-Åsberg Depression Rating Scale, 0 to 60."
* insert LowerIsBetter(madrs-total)
* #hamd17-total "HAM-D17 total" "Total of the 17-item Hamilton Depression Rating Scale, 0 to 52."
* insert LowerIsBetter(hamd17-total)
* #qids-sr16-total "QIDS-SR16 total" "Total of the 16-item Quick Inventory of Depressive Symptomatology, self-report, 0 to 27."
* insert LowerIsBetter(qids-sr16-total)
* #bdi2-total "BDI-II total" "Total of the Beck Depression Inventory II, 0 to 63."
* insert LowerIsBetter(bdi2-total)
* #ders16-total "DERS-16 total" "Total of the 16-item Difficulties in Emotion Regulation Scale, 16 to 80."
* insert LowerIsBetter(ders16-total)
* #ders16-clarity "DERS-16 clarity" "Subscale on lack of emotional clarity."
* insert LowerIsBetter(ders16-clarity)
* #ders16-goals "DERS-16 goals" "Subscale on difficulty with goal-directed behaviour."
* insert LowerIsBetter(ders16-goals)
* #ders16-impulse "DERS-16 impulse" "Subscale on difficulty with control of impulses."
* insert LowerIsBetter(ders16-impulse)
* #ders16-strategies "DERS-16 strategies" "Subscale on limited access to strategies."
* insert LowerIsBetter(ders16-strategies)
* #ders16-nonacceptance "DERS-16 nonacceptance" "Subscale on nonacceptance of emotional responses."
* insert LowerIsBetter(ders16-nonacceptance)
* #aaq2-total "AAQ-II total" "Total of the Acceptance and Action Questionnaire II, 7 to 49; it measures inflexibility."
* insert LowerIsBetter(aaq2-total)
* #pcl5-cluster-b "PCL-5 cluster B" "Items 1 to 5 of the PCL-5, intrusion."
* insert LowerIsBetter(pcl5-cluster-b)
* #pcl5-cluster-c "PCL-5 cluster C" "Items 6 and 7 of the PCL-5, avoidance."
* insert LowerIsBetter(pcl5-cluster-c)
* #pcl5-cluster-d "PCL-5 cluster D" "Items 8 to 14 of the PCL-5, cognition and mood."
* insert LowerIsBetter(pcl5-cluster-d)
* #pcl5-cluster-e "PCL-5 cluster E" "Items 15 to 20 of the PCL-5, arousal and reactivity."
* insert LowerIsBetter(pcl5-cluster-e)
* #lec5-direct-count "LEC-5 count" "Number of events of the Life Events Checklist for DSM-5 that happened to the person."
* #brfss-ace-items "BRFSS ACE items" "Number of items of the BRFSS module on adverse childhood experiences that apply, 0 to 11."
* insert LowerIsBetter(brfss-ace-items)
* #brfss-ace-categories "BRFSS ACE categories" "Number of categories of the BRFSS module on adverse childhood experiences that apply, 0 to 8."
* insert LowerIsBetter(brfss-ace-categories)
* #mlq-presence "MLQ presence" "Presence subscale of the Meaning in Life Questionnaire."
* insert HigherIsBetter(mlq-presence)
* #mlq-search "MLQ search" "Search subscale of the Meaning in Life Questionnaire."
* #wcs-total "WCS total" "Total of the Watts Connectedness Scale."
* insert HigherIsBetter(wcs-total)
* #wcs-self "WCS self" "Connectedness to self, Watts Connectedness Scale."
* insert HigherIsBetter(wcs-self)
* #wcs-others "WCS others" "Connectedness to others, Watts Connectedness Scale."
* insert HigherIsBetter(wcs-others)
* #wcs-world "WCS world" "Connectedness to world, Watts Connectedness Scale."
* insert HigherIsBetter(wcs-world)
* #scs-sf-total "SCS-SF total" "Mean of the 12-item Self-Compassion Scale, short form, 1 to 5."
* insert HigherIsBetter(scs-sf-total)
* #wai-sr-total "WAI-SR total" "Total of the Working Alliance Inventory, short revised."
* insert HigherIsBetter(wai-sr-total)
* #wai-sr-goal "WAI-SR goal" "Goal subscale of the Working Alliance Inventory, short revised."
* insert HigherIsBetter(wai-sr-goal)
* #wai-sr-task "WAI-SR task" "Task subscale of the Working Alliance Inventory, short revised."
* insert HigherIsBetter(wai-sr-task)
* #wai-sr-bond "WAI-SR bond" "Bond subscale of the Working Alliance Inventory, short revised."
* insert HigherIsBetter(wai-sr-bond)
* #ies-total "IES total" "Total of the Integration Engagement Scale."
* insert HigherIsBetter(ies-total)
* #eis-total "EIS total" "Total of the Experienced Integration Scale."
* insert HigherIsBetter(eis-total)
* #meq30-total "MEQ30 total" "Mean of the 30-item Mystical Experience Questionnaire, in percent of the maximum."
* #meq30-mystical "MEQ30 mystical" "Mystical subscale of the MEQ30, in percent of the maximum."
* #meq30-positive-mood "MEQ30 positive mood" "Positive mood subscale of the MEQ30, in percent of the maximum."
* #meq30-transcendence "MEQ30 transcendence" "Subscale on transcendence of time and space of the MEQ30, in percent of the maximum."
* #meq30-ineffability "MEQ30 ineffability" "Ineffability subscale of the MEQ30, in percent of the maximum."
* #ebi-total "EBI total" "Mean of the Emotional Breakthrough Inventory, 0 to 100."
* #ceq-total "CEQ total" "Score of the Challenging Experience Questionnaire, in percent of the maximum."
* #ceq-fear "CEQ fear" "Fear subscale of the CEQ, in percent of the maximum."
* #ceq-grief "CEQ grief" "Grief subscale of the CEQ, in percent of the maximum."
* #ceq-physical "CEQ physical distress" "Physical distress subscale of the CEQ, in percent of the maximum."
* #ceq-insanity "CEQ insanity" "Insanity subscale of the CEQ, in percent of the maximum."
* #ceq-isolation "CEQ isolation" "Isolation subscale of the CEQ, in percent of the maximum."
* #ceq-death "CEQ death" "Death subscale of the CEQ, in percent of the maximum."
* #ceq-paranoia "CEQ paranoia" "Paranoia subscale of the CEQ, in percent of the maximum."
* #piq-total "PIQ total" "Total of the Psychological Insight Questionnaire."
* insert HigherIsBetter(piq-total)
* #cadss-3 "CADSS, 3 items" "Three-item adaptation of the Clinician-Administered Dissociative States Scale."
* #cadss-6 "CADSS, 6 items" "Six-item form of the Clinician-Administered Dissociative States Scale, 0 to 24."
* #cadss-23 "CADSS, 23 items" "23-item form of the Clinician-Administered Dissociative States Scale, 0 to 92."
* #cadss-28 "CADSS, 28 items" "28-item form of the Clinician-Administered Dissociative States Scale."
* #moaas "MOAA/S" "Modified Observer's Assessment of Alertness and Sedation, 0 (no response) to 5 (alert)."
* insert HigherIsBetter(moaas)
* #pain-0-10 "Pain" "Pain from 0 to 10 as the person rates it."
* insert LowerIsBetter(pain-0-10)
* #nausea-0-10 "Nausea" "Nausea from 0 to 10 as the person rates it."
* insert LowerIsBetter(nausea-0-10)
* #anxiety-0-10 "Anxiety" "Anxiety from 0 to 10 as the person rates it."
* insert LowerIsBetter(anxiety-0-10)
* #distress-0-10 "Distress" "Distress from 0 to 10 as the person rates it."
* insert LowerIsBetter(distress-0-10)
* #ceq-credibility "Credibility" "Credibility factor of the Credibility/Expectancy Questionnaire."
* #wsas-total "WSAS total" "Total of the Work and Social Adjustment Scale, 0 to 40."
* insert LowerIsBetter(wsas-total)
* #who5-raw "WHO-5 raw score" "Raw score of the WHO-5 Well-Being Index, 0 to 25."
* insert HigherIsBetter(who5-raw)
* #who5-index "WHO-5 index" "WHO-5 Well-Being Index, 0 to 100."
* insert HigherIsBetter(who5-index)
* #qlesq-sf-total "Q-LES-Q-SF total" "Quality of Life Enjoyment and Satisfaction Questionnaire, short form, in percent of the maximum."
* insert HigherIsBetter(qlesq-sf-total)
* #pss4-total "PSS-4 total" "Total of the 4-item Perceived Stress Scale, 0 to 16."
* insert LowerIsBetter(pss4-total)
* #pss10-total "PSS-10 total" "Total of the 10-item Perceived Stress Scale, 0 to 40."
* insert LowerIsBetter(pss10-total)
* #mspss-total "MSPSS total" "Mean of the Multidimensional Scale of Perceived Social Support, 1 to 7."
* insert HigherIsBetter(mspss-total)
* #mspss-family "MSPSS family" "Family subscale of the MSPSS, 1 to 7."
* insert HigherIsBetter(mspss-family)
* #mspss-friends "MSPSS friends" "Friends subscale of the MSPSS, 1 to 7."
* insert HigherIsBetter(mspss-friends)
* #mspss-significant-other "MSPSS significant other" "Significant other subscale of the MSPSS, 1 to 7."
* insert HigherIsBetter(mspss-significant-other)
* #urica-readiness "URICA readiness" "Readiness score of the University of Rhode Island Change Assessment."
* insert HigherIsBetter(urica-readiness)
* #readiness-ruler "Readiness ruler" "Readiness for change from 0 to 10 as the person rates it."
* insert HigherIsBetter(readiness-ruler)
* #isi-total "ISI total" "Total of the Insomnia Severity Index, 0 to 28."
* insert LowerIsBetter(isi-total)
* #bsl23-mean "BSL-23 mean" "Mean of the 23-item Borderline Symptom List, 0 to 4."
* insert LowerIsBetter(bsl23-mean)

RuleSet: LowerIsBetter(code)
* #{code} ^property.code = #improvement
* #{code} ^property.valueCode = #decrease

RuleSet: HigherIsBetter(code)
* #{code} ^property.code = #improvement
* #{code} ^property.valueCode = #increase

ValueSet: KapScoreValues
Id: kap-score
Title: "KAP Score"
Description: "All codes of the code system of the same name."
* insert Metadata
* include codes from system KapScoreCodes

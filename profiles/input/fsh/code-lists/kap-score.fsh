CodeSystem: KapScoreCodes
Id: kap-score
Title: "KAP Score"
Description: "Scores of instruments. Where LOINC has a code for a score, that one comes first. The version of an instrument is part of the code where its versions are not comparable. A code names a score; the words of the instrument are not here."
* insert CodeList(kap-score)
* ^property.code = #improvement
* ^property.description = "Whether improvement is a decrease or an increase of the score; absent where neither end is better."
* ^property.type = #code
* #phq9-total "PHQ-9 total" "Total of the Patient Health Questionnaire-9, 0 to 27; LOINC 44261-6."
* #gad7-total "GAD-7 total" "Total of the Generalized Anxiety Disorder-7, 0 to 21; LOINC 70274-6."
* #pcl5-total "PCL-5 total" "Total of the PTSD Checklist for DSM-5, 0 to 80; LOINC 101698-9."
* #pcl5-cluster-b "PCL-5 cluster B" "Items 1 to 5 of the PCL-5, intrusion."
* #pcl5-cluster-c "PCL-5 cluster C" "Items 6 and 7 of the PCL-5, avoidance."
* #pcl5-cluster-d "PCL-5 cluster D" "Items 8 to 14 of the PCL-5, cognition and mood."
* #pcl5-cluster-e "PCL-5 cluster E" "Items 15 to 20 of the PCL-5, arousal and reactivity."
* #lec5-happened "LEC-5 count" "Number of events of the Life Events Checklist for DSM-5 that happened to the person."
* #cssrs-screener-risk "C-SSRS screener risk" "Risk by the screener of the Columbia Suicide Severity Rating Scale: 0 none, 1 low, 2 moderate, 3 high."
* #audit-c-total "AUDIT-C total" "Total of the AUDIT's consumption questions, 0 to 12; LOINC 75626-2."
* #audit-total "AUDIT total" "Total of the Alcohol Use Disorders Identification Test, 0 to 40; LOINC 75624-7."
* #ace-total "ACE total" "Number of adverse childhood experiences, 0 to 10."
* #brfss-ace-items "BRFSS ACE items" "Number of items of the BRFSS module on adverse childhood experiences that apply, 0 to 11."
* #brfss-ace-categories "BRFSS ACE categories" "Number of categories of the BRFSS module on adverse childhood experiences that apply, 0 to 8."
* #qids-sr16-total "QIDS-SR16 total" "Total of the 16-item Quick Inventory of Depressive Symptomatology, self-report, 0 to 27."
* #madrs-total "MADRS total" "Total of the Montgomery-Åsberg Depression Rating Scale, 0 to 60."
* #hamd17-total "HAM-D17 total" "Total of the 17-item Hamilton Depression Rating Scale, 0 to 52."
* #bdi2-total "BDI-II total" "Total of the Beck Depression Inventory II, 0 to 63."
* #cadss-28 "CADSS, 28 items" "28-item form of the Clinician-Administered Dissociative States Scale."
* #cadss-23 "CADSS, 23 items" "23-item form of the Clinician-Administered Dissociative States Scale, 0 to 92."
* #cadss-6 "CADSS, 6 items" "Six-item form of the Clinician-Administered Dissociative States Scale, 0 to 24."
* #cadss-3 "CADSS, 3 items" "Three-item adaptation of the Clinician-Administered Dissociative States Scale."
* #meq30-mystical "MEQ30 mystical" "Mystical subscale of the MEQ30, in percent of the maximum."
* #meq30-positive-mood "MEQ30 positive mood" "Positive mood subscale of the MEQ30, in percent of the maximum."
* #meq30-transcendence "MEQ30 transcendence" "Subscale on transcendence of time and space of the MEQ30, in percent of the maximum."
* #meq30-ineffability "MEQ30 ineffability" "Ineffability subscale of the MEQ30, in percent of the maximum."
* #ebi-mean "EBI mean" "Mean of the Emotional Breakthrough Inventory, 0 to 100."
* #ceq-total "CEQ total" "Score of the Challenging Experience Questionnaire, in percent of the maximum."
* #ceq-fear "CEQ fear" "Fear subscale of the CEQ, in percent of the maximum."
* #ceq-grief "CEQ grief" "Grief subscale of the CEQ, in percent of the maximum."
* #ceq-physical "CEQ physical distress" "Physical distress subscale of the CEQ, in percent of the maximum."
* #ceq-insanity "CEQ insanity" "Insanity subscale of the CEQ, in percent of the maximum."
* #ceq-isolation "CEQ isolation" "Isolation subscale of the CEQ, in percent of the maximum."
* #ceq-death "CEQ death" "Death subscale of the CEQ, in percent of the maximum."
* #ceq-paranoia "CEQ paranoia" "Paranoia subscale of the CEQ, in percent of the maximum."
* #piq-total "PIQ total" "Total of the Psychological Insight Questionnaire."
* #ies-total "IES total" "Total of the Integration Engagement Scale."
* #eis-total "EIS total" "Total of the Experienced Integration Scale."
* #wcs-self "WCS self" "Connectedness to self, Watts Connectedness Scale."
* #wcs-others "WCS others" "Connectedness to others, Watts Connectedness Scale."
* #wcs-world "WCS world" "Connectedness to world, Watts Connectedness Scale."
* #aaq2-total "AAQ-II total" "Total of the Acceptance and Action Questionnaire II, 7 to 49; it measures inflexibility."
* #ders16-total "DERS-16 total" "Total of the 16-item Difficulties in Emotion Regulation Scale, 16 to 80."
* #ders16-clarity "DERS-16 clarity" "Subscale on lack of emotional clarity."
* #ders16-goals "DERS-16 goals" "Subscale on difficulty with goal-directed behaviour."
* #ders16-impulse "DERS-16 impulse" "Subscale on difficulty with control of impulses."
* #ders16-strategies "DERS-16 strategies" "Subscale on limited access to strategies."
* #ders16-non-acceptance "DERS-16 nonacceptance" "Subscale on nonacceptance of emotional responses."
* #scs-sf-mean "SCS-SF mean" "Mean of the 12-item Self-Compassion Scale, short form, 1 to 5."
* #mlq-presence "MLQ presence" "Presence subscale of the Meaning in Life Questionnaire."
* #mlq-search "MLQ search" "Search subscale of the Meaning in Life Questionnaire."
* #wsas-total "WSAS total" "Total of the Work and Social Adjustment Scale, 0 to 40."
* #who5-index "WHO-5 index" "Raw score of the WHO-5 Well-Being Index times four, 0 to 100."
* #q-les-q-sf-percent "Q-LES-Q-SF percent" "Quality of Life Enjoyment and Satisfaction Questionnaire, short form, in percent of the maximum."
* #pss10-total "PSS-10 total" "Total of the 10-item Perceived Stress Scale, 0 to 40."
* #pss4-total "PSS-4 total" "Total of the 4-item Perceived Stress Scale, 0 to 16."
* #mspss-mean "MSPSS mean" "Mean of the Multidimensional Scale of Perceived Social Support, 1 to 7."
* #urica-readiness "URICA readiness" "Readiness score of the University of Rhode Island Change Assessment."
* #wai-sr-total "WAI-SR total" "Total of the Working Alliance Inventory, short revised."
* #wai-sr-goal "WAI-SR goal" "Goal subscale of the Working Alliance Inventory, short revised."
* #wai-sr-task "WAI-SR task" "Task subscale of the Working Alliance Inventory, short revised."
* #wai-sr-bond "WAI-SR bond" "Bond subscale of the Working Alliance Inventory, short revised."
* #isi-total "ISI total" "Total of the Insomnia Severity Index, 0 to 28."
* #bsl23-mean "BSL-23 mean" "Mean of the 23-item Borderline Symptom List, 0 to 4."
* #promis-depression "PROMIS depression" "PROMIS depression, T score."
* #promis-anxiety "PROMIS anxiety" "PROMIS anxiety, T score."
* #promis-sleep "PROMIS sleep disturbance" "PROMIS sleep disturbance, T score."
* #credibility "Credibility" "Credibility factor of the Credibility/Expectancy Questionnaire."
* #expectancy "Expectancy" "Expectancy factor of the Credibility/Expectancy Questionnaire."
* #moaas "MOAA/S" "Modified Observer's Assessment of Alertness and Sedation, 0 (no response) to 5 (alert)."
* #rass "RASS" "Richmond Agitation-Sedation Scale, -5 (unarousable) over 0 (alert and calm) to 4 (combative)."
* #integration-checkin-total "Integration check-in total" "Sum of the ten items of the guide's own integration check-in."
* #readiness-ruler "Readiness ruler" "Readiness for change from 0 to 10 as the person rates it."
* #pain "Pain" "Pain from 0 to 10 as the person rates it."
* #nausea "Nausea" "Nausea from 0 to 10 as the person rates it."
* #anxiety-now "Anxiety" "Anxiety from 0 to 10 as the person rates it."
* #distress-now "Distress" "Distress from 0 to 10 as the person rates it."

* insert LowerIsBetter(phq9-total)
* insert LowerIsBetter(gad7-total)
* insert LowerIsBetter(pcl5-total)
* insert LowerIsBetter(pcl5-cluster-b)
* insert LowerIsBetter(pcl5-cluster-c)
* insert LowerIsBetter(pcl5-cluster-d)
* insert LowerIsBetter(pcl5-cluster-e)
* insert LowerIsBetter(cssrs-screener-risk)
* insert LowerIsBetter(audit-c-total)
* insert LowerIsBetter(audit-total)
* insert LowerIsBetter(ace-total)
* insert LowerIsBetter(brfss-ace-items)
* insert LowerIsBetter(brfss-ace-categories)
* insert LowerIsBetter(qids-sr16-total)
* insert LowerIsBetter(madrs-total)
* insert LowerIsBetter(hamd17-total)
* insert LowerIsBetter(bdi2-total)
* insert LowerIsBetter(aaq2-total)
* insert LowerIsBetter(ders16-total)
* insert LowerIsBetter(ders16-clarity)
* insert LowerIsBetter(ders16-goals)
* insert LowerIsBetter(ders16-impulse)
* insert LowerIsBetter(ders16-strategies)
* insert LowerIsBetter(ders16-non-acceptance)
* insert LowerIsBetter(wsas-total)
* insert LowerIsBetter(pss10-total)
* insert LowerIsBetter(pss4-total)
* insert LowerIsBetter(isi-total)
* insert LowerIsBetter(bsl23-mean)
* insert LowerIsBetter(promis-depression)
* insert LowerIsBetter(promis-anxiety)
* insert LowerIsBetter(promis-sleep)
* insert LowerIsBetter(pain)
* insert LowerIsBetter(nausea)
* insert LowerIsBetter(anxiety-now)
* insert LowerIsBetter(distress-now)

* insert HigherIsBetter(piq-total)
* insert HigherIsBetter(ies-total)
* insert HigherIsBetter(eis-total)
* insert HigherIsBetter(wcs-self)
* insert HigherIsBetter(wcs-others)
* insert HigherIsBetter(wcs-world)
* insert HigherIsBetter(scs-sf-mean)
* insert HigherIsBetter(mlq-presence)
* insert HigherIsBetter(who5-index)
* insert HigherIsBetter(q-les-q-sf-percent)
* insert HigherIsBetter(mspss-mean)
* insert HigherIsBetter(urica-readiness)
* insert HigherIsBetter(wai-sr-total)
* insert HigherIsBetter(wai-sr-goal)
* insert HigherIsBetter(wai-sr-task)
* insert HigherIsBetter(wai-sr-bond)
* insert HigherIsBetter(moaas)
* insert HigherIsBetter(integration-checkin-total)
* insert HigherIsBetter(readiness-ruler)

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

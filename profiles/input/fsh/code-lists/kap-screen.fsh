CodeSystem: KapScreenCodes
Id: kap-screen
Title: "KAP Screening Question"
Description: "Questions of the contraindication screen; a yes is an answer, never a diagnosis."
* insert CodeList(kap-screen)
* #uncontrolled-hypertension "Uncontrolled hypertension" "Blood pressure that treatment does not hold."
* #aneurysmal-vascular-disease "Aneurysmal vascular disease" "Aneurysm of any vessel, in the head above all."
* #arteriovenous-malformation "Arteriovenous malformation" "A malformation joining arteries and veins."
* #intracerebral-hemorrhage "Intracerebral hemorrhage" "Bleeding in the brain at any time."
* #ketamine-hypersensitivity "Ketamine hypersensitivity" "Hypersensitivity to ketamine, esketamine or an excipient."
* #active-psychosis "Active psychosis" "Psychosis at present."
* #active-mania "Active mania" "Mania at present."
* #pregnancy "Pregnancy" "Pregnant or planning to be."
* #breastfeeding "Breastfeeding" "Breastfeeding at present."
* #unstable-cardiac-disease "Unstable cardiac disease" "Heart disease that is not stable."
* #raised-intracranial-pressure "Raised intracranial pressure" "Raised pressure within the skull."
* #substance-use-disorder "Substance use disorder" "A substance use disorder at present."
* #interstitial-cystitis "Interstitial cystitis" "Interstitial cystitis or other bladder disease."
* #hepatic-disease "Hepatic disease" "Disease of the liver."
* #hyperthyroidism "Hyperthyroidism" "Overactive thyroid."
* #untreated-sleep-apnea "Untreated sleep apnea" "Obstructive sleep apnea that is not treated."
* #bipolar-disorder "Bipolar disorder" "Bipolar disorder."
* #family-history-of-psychosis "Family history of psychosis" "Psychosis in the family."
* #benzodiazepine "Benzodiazepine" "A benzodiazepine is taken at present."
* #lamotrigine "Lamotrigine" "Lamotrigine is taken at present."
* #mao-inhibitor "Monoamine oxidase inhibitor" "A monoamine oxidase inhibitor is taken at present."
* #stimulant "Stimulant" "A stimulant is taken at present."
* #theophylline "Theophylline" "Theophylline is taken at present; it lowers the threshold for seizures."
* #opioid "Opioid" "An opioid is taken at present."

ValueSet: KapScreenValues
Id: kap-screen
Title: "KAP Screening Question"
Description: "All codes of the code system of the same name."
* insert Metadata
* include codes from system KapScreenCodes

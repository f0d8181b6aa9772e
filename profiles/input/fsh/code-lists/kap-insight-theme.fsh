CodeSystem: KapInsightThemeCodes
Id: kap-insight-theme
Title: "KAP Insight Theme"
Description: "What an insight is about; its words stay where they were written."
* insert CodeList(kap-insight-theme)
* #self "Self" "About oneself."
* #relational "Relational" "About relationships."
* #emotional "Emotional" "About emotions."
* #value "Value" "About what matters."
* #trauma "Trauma" "About trauma."
* #somatic "Somatic" "About the body."
* #spiritual "Spiritual" "About the spiritual or transcendent."
* #other "Other" "About something else."

ValueSet: KapInsightThemeValues
Id: kap-insight-theme
Title: "KAP Insight Theme"
Description: "All codes of the code system of the same name."
* insert Metadata
* include codes from system KapInsightThemeCodes

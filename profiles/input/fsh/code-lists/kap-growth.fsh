CodeSystem: KapGrowthCodes
Id: kap-growth
Title: "KAP Growth"
Description: "Growth beyond symptoms, judged by the person or a clinician."
* insert CodeList(kap-growth)
* #connection-self "Connection to self" "Feeling more connected to oneself."
* #connection-others "Connection to others" "Feeling more connected to others."
* #connection-life "Connection to life" "Feeling more connected to life."
* #self-compassion "Self-compassion" "Greater kindness towards oneself."
* #less-fear-of-emotions "Less fear of emotions" "Less fear around emotions."
* #relationships "Relationships" "Improved relationships."
* #curiosity-over-avoidance "Curiosity over avoidance" "More curiosity in place of avoidance."
* #hope "Hope" "A renewed sense of hope."
* #narrative-coherence "Narrative coherence" "A coherent narrative of one's healing."

ValueSet: KapGrowthValues
Id: kap-growth
Title: "KAP Growth"
Description: "All codes of the code system of the same name."
* insert Metadata
* include codes from system KapGrowthCodes

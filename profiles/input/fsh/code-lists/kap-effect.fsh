CodeSystem: KapEffectCodes
Id: kap-effect
Title: "KAP Expected Effect"
Description: "Effects that ketamine is expected to have and that are no adverse events in themselves."
* insert CodeList(kap-effect)
* #dissociation "Dissociation" "Feeling detached from oneself while the drug acts; not a dissociative disorder."
* #derealization "Derealization" "The surroundings seem unreal while the drug acts."
* #depersonalization "Depersonalization" "One's own person seems unreal while the drug acts."
* #euphoria "Euphoria" "Elation while the drug acts."
* #altered-perception "Altered perception" "Colours, sounds or shapes are perceived differently."
* #altered-time "Altered sense of time" "Time seems to pass faster or slower, or to stand still."
* #sedation "Sedation" "Sleepiness as far as it is expected."
* #emotional-release "Emotional release" "Strong emotions are let out."
* #vivid-memories "Vivid memories" "Memories come up."
* #mystical-experience "Mystical experience" "An experience of unity or of the sacred."
* #floating "Floating" "A feeling of floating."

ValueSet: KapEffectValues
Id: kap-effect
Title: "KAP Expected Effect"
Description: "All codes of the code system of the same name."
* insert Metadata
* include codes from system KapEffectCodes

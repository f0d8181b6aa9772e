CodeSystem: KapProgramCodes
Id: kap-program
Title: "KAP Program"
Description: "Programmes under which courses of KAP are given."
* insert CodeList(kap-program)
* #kap "Ketamine-assisted psychotherapy" "Ketamine or esketamine together with psychotherapy before, during and after it."
* #kap-alcohol-use "KAP for alcohol use" "Ketamine-assisted psychotherapy in a programme for alcohol use disorder."
* #kap-trauma "KAP for trauma" "Ketamine-assisted psychotherapy for the consequences of trauma."
* #kap-esketamine "KAP with esketamine" "Esketamine under its risk evaluation and mitigation strategy, with psychotherapy."

ValueSet: KapProgramValues
Id: kap-program
Title: "KAP Program"
Description: "All codes of the code system of the same name."
* insert Metadata
* include codes from system KapProgramCodes

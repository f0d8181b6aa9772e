CodeSystem: KapProgramCodes
Id: kap-program
Title: "KAP Program"
Description: "Programmes under which courses of KAP are given."
* insert CodeList(kap-program)
* #kap "Ketamine-assisted psychotherapy" "Ketamine or esketamine together with psychotherapy before, during and after it."
* #kap-alcohol-use "KAP for alcohol use" "Ketamine-assisted psychotherapy in a programme for alcohol use disorder."

ValueSet: KapProgramValues
Id: kap-program
Title: "KAP Program"
Description: "All codes of the code system of the same name."
* insert Metadata
* include codes from system KapProgramCodes

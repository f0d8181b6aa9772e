Alias: $UCUM = http://unitsofmeasure.org
Alias: $SCT = http://snomed.info/sct
Alias: $LNC = http://loinc.org
Alias: $RouteV3 = http://terminology.hl7.org/CodeSystem/v3-RouteOfAdministration
Alias: $ObservationCategory = http://terminology.hl7.org/CodeSystem/observation-category
Alias: $CarePlanCategory = http://hl7.org/fhir/us/core/CodeSystem/careplan-category

Extension: KapAdverseEventGrade
Id: kap-adverse-event-grade
Title: "Adverse Event Grade"
Description: "Grade of an adverse event on the scale of 1 to 5 that trials use. R4's own severity is mild, moderate or severe."
Context: AdverseEvent
* insert Metadata
* insert Value(integer)
* valueInteger ^minValueInteger = 1
* valueInteger ^maxValueInteger = 5

Extension: KapTherapyDuration
Id: kap-therapy-duration
Title: "Therapy Duration"
Description: "How long psychotherapy lasted within a session, in minutes; the session itself may be longer."
Context: Procedure
* insert Metadata
* insert Value(Duration)
* insert MeasuredIn(valueDuration, min)

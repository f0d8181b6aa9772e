CodeSystem: KapAttendanceCodes
Id: kap-attendance
Title: "KAP Attendance"
Description: "How a person attended a session."
* insert CodeList(kap-attendance)
* #full "Full" "Attended from beginning to end."
* #late "Late" "Came late."
* #left-early "Left early" "Left early."
* #absent "Absent" "Did not attend."

ValueSet: KapAttendanceValues
Id: kap-attendance
Title: "KAP Attendance"
Description: "All codes of the code system of the same name."
* insert Metadata
* include codes from system KapAttendanceCodes

//! The codes of findings about a record.

kap_json::issue_codes! {
    // The structure, judged by the schema.
    SCHEMA_VERSION = "schema-version", Error, "invalid", "The version of the record's structure is not known",
        "`schema` names the version of the structure that the document follows; this reader knows `kap-record/1`.", "write \"schema\": \"kap-record/1\"";
    UNKNOWN_MEMBER = "structure-unknown-member", Error, "structure", "A member is not part of the record",
        "Members that the schema does not name are refused: a misspelt name would otherwise lose what it holds.", "remove it or correct its name; the schema lists all members";
    MISSING_MEMBER = "structure-missing-member", Error, "required", "A required member is missing",
        "The schema requires it.", "add the member";
    WRONG_TYPE = "structure-wrong-type", Error, "value", "A value has the wrong JSON type",
        "Numbers stand without quotes, texts in quotes, lists in brackets. `null` is never accepted: leave out what is not known.", "write the value in the type that the schema names";
    UNKNOWN_CODE = "structure-unknown-code", Error, "code-invalid", "A code is not in its list",
        "Lists of codes are closed, so that every code has one meaning and one place in the EHR.", "use a code of the list";
    BAD_FORMAT = "structure-bad-format", Error, "value", "A text does not follow its grammar",
        "Dates are YYYY-MM-DD and exist in the calendar, times carry seconds and an offset, ids have no spaces, URIs are absolute.", "write it as the schema's pattern and example show";
    OUT_OF_BOUNDS = "structure-out-of-bounds", Error, "value", "A number is out of bounds",
        "The schema gives the least and the greatest value that make sense at all.", "check the number and its unit";
    UNIT_MISSING = "unit-missing", Error, "required", "A quantity has no unit",
        "A number without a unit cannot be told from one in another unit.", "write {\"value\": …, \"unit\": \"…\"} with the unit that the schema names";
    UNIT_WRONG = "unit-wrong", Error, "code-invalid", "A quantity has a unit that does not belong here",
        "Each place of the record has one unit, as a UCUM code.", "convert the value to the unit that the schema names";
    DOSE_WITHOUT_ROUTE = "dose-without-route", Error, "required", "A dose has no route",
        "Milligrams mean little without the route: bioavailability differs fivefold between routes.", "add `route`";

    // Identity, links and life cycle.
    ID_DUPLICATE = "id-duplicate", Error, "duplicate", "Two objects of a kind have the same id",
        "Every identifier in the EHR derives from the source's own id, so it must be unique among the objects of its kind.", "give each object the id it has in the source system";
    ID_REMOVED_PRESENT = "id-removed-present", Error, "conflict", "An object is present and removed at once",
        "A tombstone says that the source system removed the object; its id is never used again.", "leave out the object or its tombstone";
    LINK_DANGLING = "link-dangling", Error, "not-found", "A link leads to no object of this record",
        "Objects refer to each other by the source's own id.", "add the object or correct the id";
    LINK_REMOVED = "link-removed", Error, "not-found", "A link leads to an object that was removed",
        "What refers to a removed object has to change with it.", "remove the link, or the object that holds it";
    VERSION_TOO_LOW = "version-too-low", Error, "business-rule", "A version is too low for what it says",
        "The first version of an entry is 1; what was corrected or removed has a version of at least 2.", "send the version that the source system counts";
    REASON_MISSING = "reason-missing", Warning, "required", "An entry was withdrawn without a reason",
        "Receivers ask why an entry was entered in error.", "add `reason` to the entry";
    PART_OUTLIVES_WHOLE = "part-outlives-whole", Error, "business-rule", "A part holds although its whole was entered in error",
        "What was given or found in a session, and the activities of a plan, are withdrawn with it: an EHR would otherwise go on showing the dose of a session that never was.", "mark the part as entered in error too, or move it to where it belongs";
    RECORDED_BEFORE_EVENT = "recorded-before-event", Warning, "business-rule", "A session was recorded as held before it ended",
        "`recordedAt` is the time of the entry's present version.", "check `recordedAt` and the end of the session";

    // Time.
    TIME_END_BEFORE_START = "time-end-before-start", Error, "business-rule", "Something ends before it starts",
        "Both times are compared as points in time, offsets included.", "check both times and their offsets";
    TIME_ZONE_UNKNOWN = "time-zone-unknown", Error, "code-invalid", "The time zone is not in the IANA database",
        "Names are those of the IANA time zone database, such as America/Denver; abbreviations such as MST are ambiguous.", "use the name of a city's zone";
    TIME_OFFSET_CONTRADICTS_ZONE = "time-offset-contradicts-zone", Error, "business-rule", "The offset of a time is not that of the time zone then",
        "The zone says which offset its clocks had at that moment, daylight saving time included.", "check the offset, the zone and daylight saving time";
    TIME_OUTSIDE_SESSION = "time-outside-session", Warning, "business-rule", "An administration began outside its session",
        "An administration belongs to the session in which it was given.", "check the times of session and administration";
    TIME_MINUTES_FROM_DOSE = "time-minutes-from-dose", Warning, "business-rule", "Minutes from the dose contradict the clock",
        "`minutesFromDose` counts from the start of the session's first administration; a difference of up to two minutes is let pass.", "check the time and the minutes";

    // People and organizations.
    NPI_CHECK_DIGIT = "npi-check-digit", Error, "value", "The check digit of an NPI is wrong",
        "The last digit of an NPI is a Luhn check digit over the prefix 80840 and the first nine digits (45 CFR 162.406).", "correct the number; one digit is probably mistyped";
    PERSON_WITHOUT_IDENTIFIER = "person-without-identifier", Error, "required", "Somebody has no business identifier",
        "Patients, practitioners, organizations and locations are found in the EHR by a business identifier (or NPI) and never created twice.", "add an identifier";
    ACTOR_NOT_A_PERSON = "actor-not-a-person", Error, "business-rule", "An organization stands where FHIR asks for a person",
        "Who takes part in a session, who gives a dose and who expresses a goal are people.", "name the practitioner, the support person or the patient";
    NAME_EMPTY = "name-empty", Error, "required", "A name has no text, family or given name",
        "A name says at least one of them.", "add a part of the name";

    // Course, consent and eligibility.
    COURSE_END = "course-end", Error, "business-rule", "The end of the course contradicts its state",
        "A finished course has an end and a reason for it; a planned or active one has neither.", "align `status`, `period.end` and `endReason`";
    CONSENT_REVOCATION = "consent-revocation", Error, "business-rule", "State and revocation of a consent contradict each other",
        "A revoked consent says when it was revoked, and no other does.", "align `status` and `revokedAt`";
    CONSENT_PERIOD = "consent-period", Error, "business-rule", "A consent runs out before it was given",
        "Its period cannot end before the day on which it was given.", "check `givenAt` and `period`";
    CONSENT_MISSING = "consent-missing", Warning, "business-rule", "Medication was given without a consent to treatment",
        "No consent to treatment that was in force on that day is in the record.", "add the consent";
    CONSENT_OFF_LABEL = "consent-off-label", Warning, "business-rule", "Racemic ketamine was given without a consent to off-label use",
        "Racemic ketamine is not approved for psychiatric use; the consent to treatment should say so.", "add the topic `off-label-use` to the consent, or the consent to the record";
    CONSENT_PART2 = "consent-part2", Warning, "business-rule", "A Part 2 program has no consent under 42 CFR Part 2",
        "Records of substance use disorder treatment leave only with a consent under 42 CFR Part 2.", "add a privacy consent with `law` `part-2`";
    ELIGIBILITY_CONTRADICTED = "eligibility-contradicted", Warning, "business-rule", "Eligible in spite of a contraindication",
        "A yes to a question of the first rank usually defers or excludes.", "check the answer and the decision";
    ELIGIBILITY_DOSED = "eligibility-dosed", Error, "business-rule", "Medication was given to somebody deferred or excluded",
        "The last screen before the dose decided against treatment.", "add the later screen, or correct the decision";
    SCREEN_QUESTION_TWICE = "screen-question-twice", Error, "duplicate", "A question was answered twice in one screen",
        "A screen holds one answer to each question.", "keep one answer";

    // Sessions.
    SESSION_DOSING_MISPLACED = "session-dosing-misplaced", Error, "business-rule", "Medication in a session of another type",
        "Medication belongs to dosing and booster sessions.", "correct `sessionType` or move the dosing";
    SESSION_DOSING_MISSING = "session-dosing-missing", Error, "business-rule", "A dosing session was held without an administration",
        "A dosing or booster session that was completed has at least one administration, even one not done.", "add the administration or correct the session";
    SESSION_NOT_HELD = "session-not-held", Error, "business-rule", "Medication was given in a session that was not held",
        "A planned or cancelled session, and one to which the patient did not come, has no completed administration.", "correct `status` of session or administration";
    SESSION_END_MISSING = "session-end-missing", Error, "required", "A session that was held has no end",
        "A session that was completed or ended early has an end.", "add `end`";
    SESSION_BOOSTER_EARLY = "session-booster-early", Warning, "business-rule", "A booster session during the induction",
        "A booster is a dosing session after the induction.", "check `sessionType` and `phase`";
    SESSION_CHAPERONE_MISSING = "session-chaperone-missing", Warning, "business-rule", "Medication at home without a chaperone",
        "Somebody has to be there when medication is taken at home.", "add the chaperone or sitter to the participants";
    KAP_PAIR = "kap-pair", Warning, "business-rule", "Medication without psychotherapy in the course",
        "Ketamine alone is not ketamine-assisted psychotherapy: a course with a dosing session has at least one psychotherapy contact.", "record the psychotherapy, or use another program";
    KAP_INT_1 = "kap-int-1", Warning, "business-rule", "Action steps were a role of the session, but it left none",
        "An integration session with the role `action-steps` leaves at least one activity.", "link the activity that the session created";
    KAP_INT_2 = "kap-int-2", Warning, "business-rule", "No integration session within seven days of the dose",
        "Without integration the experience tends to stay confusing or to fade.", "record the integration session, or plan one";

    // Medication.
    DOSE_MISSING = "dose-missing", Error, "required", "An order has neither a dose nor a dose by weight",
        "At least one of them is there.", "add `dose` or `dosePerWeight`";
    DOSE_NOT_POSITIVE = "dose-not-positive", Error, "value", "A dose that was given is not more than zero",
        "An administration that did not happen has the status `not-done`.", "correct the dose or the status";
    DOSE_WEIGHT_MISSING = "dose-weight-missing", Error, "required", "A dose by weight without the weight",
        "The weight with which it was calculated makes mg and mg/kg comparable.", "add `weightUsed`";
    DOSE_WEIGHT_MISMATCH = "dose-weight-mismatch", Error, "business-rule", "The dose contradicts dose by weight and weight",
        "mg and mg/kg times kg may differ by five percent or 1 mg, for rounding.", "check the three numbers and their units";
    DOSE_RANGE = "dose-range", Warning, "value", "A dose outside the range that is usual for its route",
        "The ranges are those of published practice. They warn of slips of the pen and advise nobody.", "check the number, the unit and the route";
    DOSE_DURATION = "dose-duration", Error, "business-rule", "The duration contradicts start and end",
        "Start, end and duration of an infusion may differ by one minute.", "check the three";
    DOSE_TECHNIQUE = "dose-technique", Error, "business-rule", "A technique of holding in the mouth on another route",
        "Only what is given sublingually is held.", "correct `route` or remove `technique`";
    DOSE_PACING = "dose-pacing", Warning, "business-rule", "Two doses nearer to each other than the plan allows",
        "The plan's pacing names the least number of days between two doses.", "check the dates, or the plan";
    ROUTE_PRODUCT = "route-product", Error, "business-rule", "The product is not made for this route",
        "Esketamine is given into the nose only; solutions, lozenges, tablets and capsules each have their routes.", "correct the product or the route";
    DEVICE_DOSE = "device-dose", Error, "business-rule", "The dose contradicts the number of devices",
        "Each device holds 28 mg of esketamine base, which is 32.3 mg of the hydrochloride.", "check the dose, `doseBasis` and `deviceCount`";
    PRODUCT_CODE = "product-code", Error, "code-invalid", "A code that cannot belong to the product",
        "Esketamine is not ketamine (RxNorm 6130, SNOMED 373464007), and a compounded product has no NDC.", "remove or correct the code";
    REMS_OBSERVATION_SHORT = "rems-observation-short", Warning, "business-rule", "Monitored for less than two hours after esketamine",
        "The label asks for at least two hours.", "check `minutesMonitored`";
    REMS_FORM_LATE = "rems-form-late", Warning, "business-rule", "The monitoring form was submitted after more than seven days",
        "The strategy asks for the form within seven days of the session.", "check `submittedAt`";

    // Monitoring and harm.
    VITALS_EMPTY = "vitals-empty", Error, "required", "Vital signs without any value",
        "An object of vital signs holds at least one value.", "add a value or remove the object";
    VITALS_PRESSURE = "vitals-pressure", Error, "business-rule", "Diastolic pressure is not below systolic pressure",
        "The two were probably exchanged.", "check both values";
    VITALS_PRESSURE_PART = "vitals-pressure-part", Warning, "required", "One half of a blood pressure is missing",
        "A blood pressure has two values.", "add the other one";
    VITALS_RANGE = "vitals-range", Warning, "value", "A vital sign outside the range of what people survive or are",
        "Probably a slip of the pen or a wrong unit.", "check the number and the unit";
    EFFECT_COUNTED_TWICE = "effect-counted-twice", Error, "duplicate", "An expected effect is also an adverse event",
        "The same experience at the same time is either expected or harm; counted twice it distorts both counts.", "keep the one that the clinician meant";
    DISCHARGE_UNMET = "discharge-unmet", Warning, "business-rule", "Sent home although a criterion was not met",
        "Patients go home when all criteria are met.", "check the criteria and the disposition";

    // Assessments.
    ASSESSMENT_EMPTY = "assessment-empty", Error, "required", "An assessment without answers and scores",
        "It says nothing.", "add answers or scores";
    ANSWER_TWICE = "answer-twice", Error, "duplicate", "An item was answered twice",
        "An assessment holds one answer to each item.", "keep one answer";
    ANSWER_ITEM = "answer-item", Error, "value", "The instrument has no such item",
        "Items are counted from 1.", "check the item and the instrument";
    ANSWER_RANGE = "answer-range", Error, "value", "An answer outside the points of its item",
        "Each item of the instrument has a least and a most number of points.", "check the answer";
    ANSWER_WITHHELD = "answer-withheld", Error, "security", "Answers that never leave stand among those that may",
        "Answers to LEC-5 and to the ACE questionnaires stay in the clinic; only counts leave.", "move them to `withheldAnswers`";
    ANSWER_COUNT = "answer-count", Error, "business-rule", "The count of answered items contradicts the answers",
        "`answered` counts the items of the score that were answered.", "correct `answered` or leave it out";
    INSTRUMENT_VERSION = "instrument-version", Error, "business-rule", "The version belongs to another instrument",
        "The PCL-C and PCL-M for DSM-IV have 17 items and other scores than the PCL-5.", "record the older checklist as what it is, not as PCL-5";
    SCORE_VALUE = "score-value", Error, "required", "A score has neither a value nor a reason for its absence, or both",
        "A score has exactly one of them.", "add `value` or `absentReason`";
    SCORE_INSTRUMENT = "score-instrument", Error, "business-rule", "The score belongs to another instrument",
        "Each score belongs to one instrument.", "correct the instrument or the score";
    SCORE_TWICE = "score-twice", Error, "duplicate", "A score stands twice in one assessment",
        "An assessment holds each score once.", "keep one";
    SCORE_RANGE = "score-range", Error, "value", "A score outside its range",
        "Each score has a least and a greatest value.", "check the score";
    SCORE_CONTRADICTS_ITEMS = "score-contradicts-items", Error, "business-rule", "The score contradicts its items",
        "The score was calculated again from the answers: the sum, or the mean times the number of items if few enough are missing.", "correct the answers or the score";
    SCORE_CONTRADICTS_SUBSCALES = "score-contradicts-subscales", Error, "business-rule", "The total contradicts its subscales",
        "The total of the PCL-5 is the sum of its four clusters.", "correct the total or the clusters";
    SCORE_TOO_MANY_MISSING = "score-too-many-missing", Error, "business-rule", "A score in spite of too many missing answers",
        "PHQ-9 allows two missing answers, GAD-7 one, PCL-5 and AUDIT-C none.", "replace `value` by `absentReason` `unknown`";

    // The rest.
    FACTOR_EMPTY = "factor-empty", Error, "required", "A factor without a rating, an assessment or a condition",
        "It says nothing.", "add one of them";
    LAB_EMPTY = "lab-empty", Error, "required", "A laboratory result without value and finding",
        "It says nothing.", "add one of them";
    DRINKING_DAYS = "drinking-days", Error, "value", "Days of drinking that do not fit into 28",
        "Days of heavy drinking are among the days of drinking, and both among 28.", "check both counts";
    GOAL_GROWTH = "goal-growth", Error, "business-rule", "Domain and growth of a goal contradict each other",
        "A goal of the domain `growth` says which growth, and no other does.", "align `domain` and `growth`";
    GOAL_TARGET = "goal-target", Error, "business-rule", "A target measures nothing, or two things",
        "A target names a score or a growth.", "name one of them";
    PLAN_PART_OF = "plan-part-of", Error, "business-rule", "A plan is a part of itself",
        "The larger treatment plan holds the KAP plan, and that holds the integration plan.", "correct `partOfId`";
    PLAN_STANDALONE = "plan-standalone", Warning, "business-rule", "The KAP plan stands alone",
        "KAP is a catalyst within a larger treatment plan, never the whole of it.", "add the treatment plan and link to it";
    BOOSTER_RULE = "booster-rule", Error, "business-rule", "A rule for boosters lacks what its trigger needs",
        "A rise needs the score and by how much, a fixed interval needs the interval.", "add the missing member";
}

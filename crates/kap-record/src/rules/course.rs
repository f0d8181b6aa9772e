//! The course's state and its end.

use super::{Facts, Findings};
use crate::codes;
use crate::model::course::CourseStatus;

pub(super) fn judge(facts: &Facts<'_>, findings: &mut Findings<'_>) {
    let course = &facts.record.course;
    let ended = matches!(course.status, CourseStatus::Finished | CourseStatus::Cancelled);
    if course.status == CourseStatus::Finished && course.period.end.is_none() && facts.kept.is_whole("/course") {
        findings.report(
            &codes::COURSE_END,
            "/course/period",
            "the course is finished, but its period has no `end`",
        );
    }
    if course.status == CourseStatus::Finished && course.end_reason.is_none() && facts.kept.is_whole("/course") {
        findings.report(
            &codes::COURSE_END,
            "/course",
            "the course is finished, but `endReason` is missing",
        );
    }
    if !ended && course.period.end.is_some() {
        findings.report(
            &codes::COURSE_END,
            "/course/period/end",
            "the course has an end, but its state is not `finished` or `cancelled`",
        );
    }
    if !ended && course.end_reason.is_some() {
        findings.report(
            &codes::COURSE_END,
            "/course/endReason",
            "the course has a reason for its end, but has not ended",
        );
    }
}

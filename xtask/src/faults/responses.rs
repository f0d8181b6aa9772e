//! Faults of QuestionnaireResponses against the Questionnaire that they answer.

use serde_json::{Value, json};

use super::{Draw, Fault};

const QUESTIONNAIRE: &str = "http://faults.test/Questionnaire/made";

/// A kind of question with a right answer and a wrong one.
struct Question {
    kind: &'static str,
    right: (&'static str, &'static str),
    wrong: (&'static str, &'static str),
}

const QUESTIONS: &[Question] = &[
    Question {
        kind: "boolean",
        right: ("valueBoolean", "true"),
        wrong: ("valueString", "\"yes\""),
    },
    Question {
        kind: "decimal",
        right: ("valueDecimal", "1.5"),
        wrong: ("valueString", "\"1.5\""),
    },
    Question {
        kind: "integer",
        right: ("valueInteger", "3"),
        wrong: ("valueDecimal", "3.0"),
    },
    Question {
        kind: "date",
        right: ("valueDate", "\"2020-01-01\""),
        wrong: ("valueDateTime", "\"2020-01-01\""),
    },
    Question {
        kind: "dateTime",
        right: ("valueDateTime", "\"2020-01-01T10:00:00Z\""),
        wrong: ("valueTime", "\"10:00:00\""),
    },
    Question {
        kind: "time",
        right: ("valueTime", "\"10:00:00\""),
        wrong: ("valueDateTime", "\"2020-01-01\""),
    },
    Question {
        kind: "string",
        right: ("valueString", "\"x\""),
        wrong: ("valueInteger", "1"),
    },
    Question {
        kind: "text",
        right: ("valueString", "\"x\""),
        wrong: ("valueBoolean", "true"),
    },
    Question {
        kind: "url",
        right: ("valueUri", "\"http://a.test\""),
        wrong: ("valueInteger", "1"),
    },
    Question {
        kind: "quantity",
        right: ("valueQuantity", "{\"value\": 1}"),
        wrong: ("valueInteger", "1"),
    },
    Question {
        kind: "attachment",
        right: (
            "valueAttachment",
            "{\"url\": \"http://a.test\", \"contentType\": \"image/png\"}",
        ),
        wrong: ("valueUri", "\"http://a.test\""),
    },
    Question {
        kind: "reference",
        right: ("valueReference", "{\"reference\": \"Patient/p1\"}"),
        wrong: ("valueString", "\"Patient/p1\""),
    },
    Question {
        kind: "choice",
        right: ("valueCoding", "{\"system\": \"http://codes.test\", \"code\": \"a\"}"),
        wrong: ("valueString", "\"a\""),
    },
];

/// Up to `each` faults of every kind.
pub(crate) fn faults(draw: &mut Draw, each: usize) -> Vec<Fault> {
    let mut faults = Vec::new();
    for _ in 0..each {
        let Some(question) = draw.pick(QUESTIONS) else { break };
        faults.extend(of_question(question, draw));
    }
    faults
}

fn answer((member, value): (&str, &str)) -> Value {
    json!({member: serde_json::from_str::<Value>(value).unwrap_or_default()})
}

fn questionnaire(question: &Question) -> Value {
    let mut asked = json!({"linkId": "asked", "text": "Asked", "type": question.kind, "required": true});
    if question.kind == "choice" {
        asked["answerOption"] = json!([
            {"valueCoding": {"system": "http://codes.test", "code": "a"}},
            {"valueCoding": {"system": "http://codes.test", "code": "b"}},
        ]);
    }
    json!({
        "resourceType": "Questionnaire",
        "url": QUESTIONNAIRE,
        "status": "active",
        "item": [
            {"linkId": "note", "text": "Note", "type": "display"},
            {"linkId": "group", "text": "Group", "type": "group", "item": [
                asked,
                {"linkId": "short", "text": "Short", "type": "string", "maxLength": 5},
                {"linkId": "gate", "text": "Gate", "type": "boolean"},
                {"linkId": "behind", "text": "Behind", "type": "string",
                 "enableWhen": [{"question": "gate", "operator": "=", "answerBoolean": true}]},
                {"linkId": "often", "text": "Often", "type": "integer", "repeats": true},
            ]},
        ],
    })
}

fn response(question: &Question) -> Value {
    json!({
        "resourceType": "QuestionnaireResponse",
        "questionnaire": QUESTIONNAIRE,
        "status": "completed",
        "item": [{"linkId": "group", "text": "Group", "item": [
            {"linkId": "asked", "text": "Asked", "answer": [answer(question.right)]},
            {"linkId": "short", "text": "Short", "answer": [{"valueString": "abcde"}]},
            {"linkId": "gate", "text": "Gate", "answer": [{"valueBoolean": true}]},
            {"linkId": "behind", "text": "Behind", "answer": [{"valueString": "x"}]},
            {"linkId": "often", "text": "Often", "answer": [{"valueInteger": 1}, {"valueInteger": 2}]},
        ]}],
    })
}

fn of_question(question: &Question, draw: &mut Draw) -> Vec<Fault> {
    let right = response(question);
    let items = "QuestionnaireResponse.item[0].item";
    let change = |kind: &str, expected: String, change: &dyn Fn(&mut Value)| {
        let mut response = right.clone();
        change(&mut response);
        Fault::new(kind, response, expected)
    };
    let mut faults = vec![
        change("response-unknown-link", format!("{items}[1]"), &|response| {
            response["item"][0]["item"][1]["linkId"] = json!("nowhere");
        }),
        change(
            &format!("response-type:{}", question.kind),
            format!("{items}[0].answer[0]"),
            &|response| {
                response["item"][0]["item"][0]["answer"][0] = answer(question.wrong);
            },
        ),
        change("response-missing-required", items.to_owned(), &|response| {
            if let Some(items) = response["item"][0]["item"].as_array_mut() {
                items.remove(0);
            }
        }),
        change("response-too-many", format!("{items}[0].answer"), &|response| {
            response["item"][0]["item"][0]["answer"] = json!([answer(question.right), answer(question.right)]);
        }),
        change("response-too-long", format!("{items}[1].answer[0]"), &|response| {
            response["item"][0]["item"][1]["answer"][0]["valueString"] = json!("abcdef");
        }),
        change("response-not-enabled", format!("{items}[3]"), &|response| {
            response["item"][0]["item"][2]["answer"][0]["valueBoolean"] = json!(false);
        }),
        change(
            "response-answered-display",
            "QuestionnaireResponse.item[0]".to_owned(),
            &|response| {
                let note = json!({"linkId": "note", "text": "Note", "answer": [{"valueString": "x"}]});
                if let Some(items) = response["item"].as_array_mut() {
                    items.insert(0, note);
                }
            },
        ),
        change(
            "response-answered-group",
            "QuestionnaireResponse.item[0]".to_owned(),
            &|response| {
                response["item"][0]["answer"] = json!([{"valueString": "x"}]);
                if let Some(group) = response["item"][0].as_object_mut() {
                    group.shift_remove("item");
                }
            },
        ),
        change("response-order", format!("{items}[1]"), &|response| {
            if let Some(items) = response["item"][0]["item"].as_array_mut() {
                items.swap(0, 1);
            }
        }),
        change(
            "response-repeated-group",
            "QuestionnaireResponse.item[1]".to_owned(),
            &|response| {
                let group = response["item"][0].clone();
                if let Some(items) = response["item"].as_array_mut() {
                    items.push(group);
                }
            },
        ),
        change("response-twice", format!("{items}[1]"), &|response| {
            let asked = response["item"][0]["item"][0].clone();
            if let Some(items) = response["item"][0]["item"].as_array_mut() {
                items.insert(1, asked);
            }
        }),
    ];
    if question.kind == "choice" {
        let code = *draw.pick(&["c", "A", "aa"]).unwrap_or(&"c");
        faults.push(change(
            "response-not-an-option",
            format!("{items}[0].answer[0]"),
            &|response| {
                response["item"][0]["item"][0]["answer"][0]["valueCoding"]["code"] = json!(code);
            },
        ));
    }
    faults.push(Fault {
        expected: None,
        ..Fault::new("response", right, "")
    });
    for fault in &mut faults {
        fault.definitions = vec![questionnaire(question)];
    }
    faults
}

//! Published invariants whose text does not say what their words say, with the text that does.
//!
//! An entry applies to exactly that text, so a package that publishes a better one is taken at its word.

/// One wrong text.
#[derive(Debug)]
struct Erratum {
    key: &'static str,
    published: &'static str,
    corrected: &'static str,
    /// Why the published text is wrong.
    #[cfg_attr(not(test), expect(dead_code, reason = "for those who read the table"))]
    reason: &'static str,
}

const UNANCHORED: &str =
    "`matches` finds its pattern anywhere in the text, so the pattern has to be anchored to say anything";

const ERRATA: &[Erratum] = &[
    Erratum {
        key: "que-12",
        published: "enableWhen.count() > 2 implies enableBehavior.exists()",
        corrected: "enableWhen.count() > 1 implies enableBehavior.exists()",
        reason: "\"if there are more than one enableWhen, enableBehavior must be specified\": two are more than one",
    },
    Erratum {
        key: "que-13",
        published: "repeats=true or initial.count() <= 1",
        corrected: "(repeats.exists() and repeats) or initial.count() <= 1",
        reason: "\"can only have multiple initial values for repeating items\": an item that does not say so does not repeat",
    },
    Erratum {
        key: "que-7",
        published: "operator = 'exists' implies (answer is Boolean)",
        corrected: "operator = 'exists' implies (answer is boolean)",
        reason: "the answer is FHIR's `boolean`; `Boolean` is the type of FHIRPath itself, which no element has",
    },
    Erratum {
        key: "ref-1",
        published: "reference.startsWith('#').not() or (reference.substring(1).trace('url') in %rootResource.contained.id.trace('ids'))",
        corrected: "reference.startsWith('#').not() or (reference = '#') or (reference.substring(1).trace('url') in %rootResource.contained.id.trace('ids'))",
        reason: "a contained resource refers to its container as `#` (https://hl7.org/fhir/R4/references.html#contained)",
    },
    Erratum {
        key: "ras-2",
        published: "probability is decimal implies (probability as decimal) <= 100",
        corrected: "probability.empty() or ((probability is decimal) implies ((probability as decimal) <= 100))",
        reason: "an absent probability is not at fault",
    },
    Erratum {
        key: "bdl-8",
        published: "fullUrl.contains('/_history/').not()",
        corrected: "fullUrl.exists() implies fullUrl.contains('/_history/').not()",
        reason: "an entry without a `fullUrl` is not at fault",
    },
    Erratum {
        key: "txt-2",
        published: "htmlChecks()",
        corrected: "htmlChecks2()",
        reason: "\"the narrative SHALL have some non-whitespace content\" is a check of its own, not that of txt-1 again",
    },
    Erratum {
        key: "dom-3",
        published: "contained.where((('#'+id in (%resource.descendants().reference | %resource.descendants().as(canonical) | %resource.descendants().as(uri) | %resource.descendants().as(url))) or descendants().where(reference = '#').exists() or descendants().where(as(canonical) = '#').exists() or descendants().where(as(canonical) = '#').exists()).not()).trace('unmatched', id).empty()",
        corrected: "contained.where(((id.exists() and ('#'+id in (%resource.descendants().reference | %resource.descendants().ofType(canonical) | %resource.descendants().ofType(uri) | %resource.descendants().ofType(url)))) or descendants().where(reference = '#').exists() or descendants().ofType(canonical).where($this = '#').exists() or descendants().ofType(uri).where($this = '#').exists()).not()).trace('unmatched', id).empty()",
        reason: "`as` is not defined for several items, a contained resource without an id cannot be referred to, and the last clause repeats the one before it instead of looking at uris",
    },
    Erratum {
        key: "eld-19",
        published: r#"path.matches('[^\\s\\.,:;\\\'"\\/|?!@#$%&*()\\[\\]{}]{1,64}(\\.[^\\s\\.,:;\\\'"\\/|?!@#$%&*()\\[\\]{}]{1,64}(\\[x\\])?(\\:[^\\s\\.]+)?)*')"#,
        corrected: r#"path.matches('^[^\\s\\.,:;\\\'"\\/|?!@#$%&*()\\[\\]{}]{1,64}(\\.[^\\s\\.,:;\\\'"\\/|?!@#$%&*()\\[\\]{}]{1,64}(\\[x\\])?(\\:[^\\s\\.]+)?)*$')"#,
        reason: UNANCHORED,
    },
    Erratum {
        key: "eld-20",
        published: r"path.matches('[A-Za-z][A-Za-z0-9]*(\\.[a-z][A-Za-z0-9]*(\\[x])?)*')",
        corrected: r"path.matches('^[A-Za-z][A-Za-z0-9]*(\\.[a-z][A-Za-z0-9]*(\\[x])?)*$')",
        reason: UNANCHORED,
    },
    Erratum {
        key: "que-7",
        published: "operator = 'exists' implies (answer is Boolean)",
        corrected: "operator = 'exists' implies (answer is boolean)",
        reason: "`Boolean` is FHIRPath's own type; the answer is FHIR's `boolean` (corrected in later versions of FHIR)",
    },
    Erratum {
        key: "con-3",
        published: "clinicalStatus.exists() or verificationStatus.coding.where(system='http://terminology.hl7.org/CodeSystem/condition-ver-status' and code = 'entered-in-error').exists() or category.select($this='problem-list-item').empty()",
        corrected: "clinicalStatus.exists() or verificationStatus.coding.where(system='http://terminology.hl7.org/CodeSystem/condition-ver-status' and code = 'entered-in-error').exists() or category.coding.where(system='http://terminology.hl7.org/CodeSystem/condition-category' and code='problem-list-item').empty()",
        reason: "a CodeableConcept never equals a string, and `select` of a comparison is never empty, so that every category would ask for a status",
    },
    Erratum {
        key: "inv-1",
        published: "substanceExposureRisk.exists() and code.empty()",
        corrected: "%resource.code.empty()",
        reason: "the expression stands on the extension, which has neither element: it could never hold",
    },
];

/// The same for packages beyond R4 itself.
const BEYOND: &[Erratum] = &[
    Erratum {
        key: "us-core-1",
        published: "$this is DateTime implies $this.toString().length() >= 10",
        corrected: "$this is dateTime implies $this.toString().length() >= 10",
        reason: "`DateTime` is FHIRPath's own type; the element is FHIR's `dateTime` (corrected in US Core 7.0.0)",
    },
    Erratum {
        key: "us-core-13",
        published: "practitioner or organization or healthcareService or location",
        corrected: "practitioner.exists() or organization.exists() or healthcareService.exists() or location.exists()",
        reason: "several items are no condition (corrected in US Core 7.0.0)",
    },
    Erratum {
        key: "pd-1",
        published: "telecom or endpoint",
        corrected: "telecom.exists() or endpoint.exists()",
        reason: "several items are no condition (corrected in US Core 7.0.0)",
    },
];

/// The same for profiles that others publish.
const ERRATA_OF_PROFILES: &[Erratum] = &[Erratum {
    key: "pd-1",
    published: "telecom or endpoint",
    corrected: "telecom.exists() or endpoint.exists()",
    reason: "`or` takes single items (http://hl7.org/fhirpath/N1/#singleton-evaluation-of-collections), and US Core's practitioner roles may have several of each",
}];

/// R4 gives each of its definitional resources the same rule for its name, under a key of its own (`sdf-0`, `que-0`, …).
const NAME: &str = "name.matches('[A-Z]([A-Za-z0-9_]){0,254}')";
const ANCHORED_NAME: &str = "name.exists() implies name.matches('^[A-Z]([A-Za-z0-9_]){0,254}$')";

/// The text to evaluate instead of a published one that is wrong.
pub(crate) fn corrected(key: &str, published: &str) -> Option<&'static str> {
    if published == NAME && key.ends_with("-0") {
        return Some(ANCHORED_NAME);
    }
    let known = ERRATA
        .iter()
        .chain(ERRATA_OF_PROFILES)
        .chain(BEYOND)
        .find(|erratum| erratum.key == key && erratum.published == published);
    known.map(|erratum| erratum.corrected)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Plan;

    #[test]
    fn every_erratum_is_about_a_text_that_is_published() {
        let tables = Plan::r4().tables();
        for erratum in ERRATA {
            let is_published = tables
                .constraints
                .iter()
                .any(|row| tables.text(row.key) == erratum.key && tables.text(row.expression) == erratum.published);
            assert!(is_published, "{}: {}", erratum.key, erratum.published);
            assert!(!erratum.reason.is_empty() && erratum.corrected != erratum.published);
        }
        assert!(
            tables
                .constraints
                .iter()
                .any(|row| corrected(tables.text(row.key), NAME) == Some(ANCHORED_NAME))
        );
    }
}

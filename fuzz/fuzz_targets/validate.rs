//! Any text, and changed resources: checking survives it, says the same each time, and the quick verdict is the long one.

#![no_main]

use kap_fhir::Verdict;
use kap_fuzz::plans::PLANS;
use kap_validate::{Options, Report, UnknownExtensions, check, check_bundle, check_bytes, is_valid, parse};
use libfuzzer_sys::fuzz_target;

/// So few issues that texts of this size have more.
const FEW_ISSUES: usize = 3;

fuzz_target!(|text: &[u8]| {
    let strict = Options {
        unknown_extensions: UnknownExtensions::Error,
        max_issues: FEW_ISSUES,
        ..Options::default()
    };
    for options in [Options::default(), strict] {
        let report = check_bytes(&PLANS, text, &options);
        assert_eq!(
            facts(&report),
            facts(&check_bytes(&PLANS, text, &options)),
            "two checks differ"
        );
        assert_eq!(report.verdict() == Verdict::Invalid, report.errors > 0);
        for issue in &report.issues {
            assert!(issue.location.offset.is_none_or(|offset| offset as usize <= text.len()));
        }
        quick_verdict(text, &options);
        let (checked, report) = check_bundle(&PLANS, text.to_vec(), &options);
        assert_eq!(
            checked.is_some(),
            report.errors == 0,
            "only what has no errors is checked"
        );
    }
});

kap_fuzz::json_mutations!();

fn facts(report: &Report) -> String {
    format!("{report:?}")
}

fn quick_verdict(text: &[u8], options: &Options) {
    let Some(document) = parse(&PLANS, text, options).document else {
        return;
    };
    let report = check(&PLANS, &document, options);
    let quick = is_valid(&PLANS, &document, options);
    assert_eq!(quick, report.errors == 0, "{:?}", report.issues);
    let kept = report.issues.len();
    assert!(kept <= options.max_issues && (report.omitted == 0 || kept == options.max_issues));
}

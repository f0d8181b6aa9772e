//! Whether a code belongs to a value set, as far as the loaded plans can tell.
//!
//! Nothing is enumerated: a question is followed through the parts of the value set, each of which includes the code,
//! does not, or cannot tell. So a value set of any size costs what one code costs.

use std::fmt;

use kap_fhir::Membership;
use zerocopy::little_endian::U32;

use super::code_system::ConceptView;
use super::flags::{self, part};
use super::rows::{self, NONE, Range};
use super::set::{LoadedPlan, PlanSet};
use super::{grammar, implicit, version};

/// How deep value sets may include each other.
const MAX_DEPTH: u32 = 16;
/// How many parts of value sets are looked at for one code.
const MAX_PARTS: u32 = 10_000;

/// A code as a document gives it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Coded<'c> {
    /// `None` where the element has no place for one (`code`, `uri`, `string`): the value set says which is meant.
    pub(crate) system: Option<&'c str>,
    /// The version of the code system, or the empty text.
    pub(crate) version: &'c str,
    pub(crate) code: &'c str,
}

/// [`Membership`] without an allocation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answer<'p> {
    Member,
    NotMember,
    Unknown(Reason<'p>),
}

/// Why membership cannot be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Reason<'p> {
    /// The code system is not loaded.
    CodeSystem(&'p str),
    /// This version of the code system is loaded, but another one is meant.
    Version(&'p str, &'p str),
    /// Only a part of the code system is loaded, and the code is not in it.
    Fragment(&'p str),
    /// The value set, and its version, is not loaded.
    ValueSet(&'p str, &'p str),
    /// The value set stands for codes of a system that is not loaded.
    Implicit(&'p str, &'p str),
    /// The value set has an expansion only, and that was cut short.
    Expansion(&'p str),
    /// A filter, by operator and property, that the code system does not support.
    Filter(&'p str, &'p str),
    /// The value set includes others too often or too deeply.
    TooLarge(&'p str),
    /// What the compiler found wrong with the value set.
    Stated(&'p str),
    /// The binding leads nowhere.
    NoValueSet,
}

impl fmt::Display for Reason<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reason::CodeSystem(url) => write!(formatter, "code system `{url}` is not loaded"),
            Reason::Version(url, version) => {
                write!(formatter, "of code system `{url}` only version {version} is loaded")
            }
            Reason::Fragment(url) => write!(formatter, "only a part of code system `{url}` is loaded"),
            Reason::ValueSet(url, "") => write!(formatter, "value set `{url}` is not loaded"),
            Reason::ValueSet(url, version) => write!(formatter, "value set `{url}|{version}` is not loaded"),
            Reason::Implicit(url, system) => {
                write!(
                    formatter,
                    "value set `{url}` selects codes of `{system}`, which is not loaded"
                )
            }
            Reason::Expansion(url) => write!(formatter, "the expansion of value set `{url}` was cut short"),
            Reason::Filter(operator, property) => {
                write!(formatter, "filter `{operator}` on `{property}` cannot be worked out")
            }
            Reason::TooLarge(url) => write!(formatter, "value set `{url}` includes others too often or too deeply"),
            Reason::Stated(reason) => formatter.write_str(reason),
            Reason::NoValueSet => formatter.write_str("the value set is not loaded"),
        }
    }
}

impl<'p> Answer<'p> {
    pub(crate) fn to_membership(self) -> Membership {
        match self {
            Answer::Member => Membership::Member,
            Answer::NotMember => Membership::NotMember,
            Answer::Unknown(reason) => Membership::Unknown(reason.to_string()),
        }
    }

    fn decided(contained: bool) -> Answer<'p> {
        if contained { Answer::Member } else { Answer::NotMember }
    }

    /// Both must hold.
    fn and(self, other: impl FnOnce() -> Answer<'p>) -> Answer<'p> {
        match self {
            Answer::NotMember => self,
            Answer::Member => other(),
            Answer::Unknown(_) => match other() {
                Answer::NotMember => Answer::NotMember,
                _ => self,
            },
        }
    }

    fn not(self) -> Answer<'p> {
        match self {
            Answer::Member => Answer::NotMember,
            Answer::NotMember => Answer::Member,
            unknown @ Answer::Unknown(_) => unknown,
        }
    }
}

/// One question on its way through value sets.
struct Question<'s, 'c> {
    set: &'s PlanSet<'s>,
    code: Coded<'c>,
    /// Parts that may still be looked at.
    left: u32,
    /// A substitute that took part in the answer.
    substitute: Option<&'s str>,
}

impl<'s> PlanSet<'s> {
    /// Whether a value set contains a code. Without a system, the code alone decides.
    pub(crate) fn membership(
        &'s self,
        plan: &'s LoadedPlan<'s>,
        value_set: &'s rows::ValueSet,
        system: Option<&str>,
        code: &str,
    ) -> Membership {
        let code = Coded {
            system,
            version: "",
            code,
        };
        self.contains(plan, value_set, code).to_membership()
    }

    /// Whether a value set contains a code. Allocates nothing.
    pub(crate) fn contains<'c>(
        &'s self,
        plan: &'s LoadedPlan<'s>,
        value_set: &'s rows::ValueSet,
        code: Coded<'c>,
    ) -> Answer<'s> {
        Question::new(self, code).value_set(plan, value_set, 0)
    }

    /// Whether the value set that a link of `plan` names contains a code.
    pub(crate) fn linked_contains(&'s self, plan: &'s LoadedPlan<'s>, link: U32, code: Coded<'_>) -> Answer<'s> {
        self.linked_contains_by(plan, link, code).0
    }

    /// The same, with the URL of a value set that is none of a package but stands in for it, if one took part.
    pub(crate) fn linked_contains_by(
        &'s self,
        plan: &'s LoadedPlan<'s>,
        link: U32,
        code: Coded<'_>,
    ) -> (Answer<'s>, Option<&'s str>) {
        let mut question = Question::new(self, code);
        let answer = question.link(plan, link, 0);
        (answer, question.substitute)
    }

    /// Whether one of the displays that a value set gives a code, itself or through another one, is the wanted one.
    pub(crate) fn names(
        &'s self,
        plan: &'s LoadedPlan<'s>,
        link: U32,
        code: Coded<'_>,
        is_wanted: &impl Fn(&str) -> bool,
    ) -> bool {
        let mut left = MAX_PARTS;
        self.names_within(plan, link, code, is_wanted, (0, &mut left))
    }

    fn names_within(
        &'s self,
        plan: &'s LoadedPlan<'s>,
        link: U32,
        code: Coded<'_>,
        is_wanted: &impl Fn(&str) -> bool,
        (depth, left): (u32, &mut u32),
    ) -> bool {
        let Some((plan, value_set)) = self.linked_value_set(plan, link).filter(|_| depth < 4) else {
            return false;
        };
        let tables = &plan.tables;
        let parts = value_set.parts.of(tables.parts).iter();
        parts.chain(value_set.expansion.of(tables.parts)).any(|part| {
            if *left == 0 {
                return false;
            }
            *left -= 1;
            let codes = part.codes.of(tables.numbers);
            let is_of_system = code
                .system
                .is_none_or(|system| tables.bytes(part.system) == system.as_bytes());
            let at = codes.binary_search_by(|listed| tables.bytes(*listed).cmp(code.code.as_bytes()));
            let display = at.ok().and_then(|at| part.displays.of(tables.numbers).get(at));
            let is_named = is_of_system && display.is_some_and(|display| tables.text(*display).lines().any(is_wanted));
            is_named
                || part
                    .value_sets
                    .of(tables.numbers)
                    .iter()
                    .any(|link| self.names_within(plan, *link, code, is_wanted, (depth + 1, &mut *left)))
        })
    }

    /// Whether a code system has a code, as far as it is loaded.
    pub(crate) fn system_contains<'a>(&'a self, url: &'a str, code: &str) -> Answer<'a> {
        self.filtered_contains(url, code, &[])
    }

    /// Whether a code system has a code that passes all filters, each given as property, operator and value.
    pub(crate) fn filtered_contains<'a>(
        &'a self,
        url: &'a str,
        code: &str,
        filters: &[(&'a str, &'a str, &'a str)],
    ) -> Answer<'a> {
        let mut answer = Answer::Unknown(Reason::CodeSystem(url));
        for system in self.code_systems(url) {
            let Some(concept) = system.concept(code) else {
                if system.is_complete() {
                    answer = Answer::NotMember;
                } else if answer != Answer::NotMember {
                    answer = Answer::Unknown(Reason::Fragment(url));
                }
                continue;
            };
            let mut told = Answer::Member;
            for &(property, name, value) in filters {
                let operator = flags::filter::NAMES.iter().position(|known| *known == name);
                let operator = operator
                    .and_then(|at| u16::try_from(at).ok())
                    .unwrap_or(flags::filter::OTHER);
                let passes = concept.passes(property, operator, value, |text| super::set::matches_once(value, text));
                told = told.and(|| match passes {
                    Some(passes) => Answer::decided(passes),
                    None => Answer::Unknown(Reason::Filter(operator_name(operator), property)),
                });
            }
            return told;
        }
        answer
    }
}

/// A value set that is in no plan: some say by their URL which codes they cannot contain.
fn missing<'p>(url: &'p str, version: &'p str, code: Coded<'_>) -> Answer<'p> {
    match implicit::system(url) {
        Some(system) if code.system.is_some_and(|given| given != system) => Answer::NotMember,
        Some(system) => Answer::Unknown(Reason::Implicit(url, system)),
        None => Answer::Unknown(Reason::ValueSet(url, version)),
    }
}

impl<'s, 'c> Question<'s, 'c> {
    fn new(set: &'s PlanSet<'s>, code: Coded<'c>) -> Question<'s, 'c> {
        Question {
            set,
            code,
            left: MAX_PARTS,
            substitute: None,
        }
    }

    fn value_set(&mut self, plan: &'s LoadedPlan<'s>, value_set: &'s rows::ValueSet, depth: u32) -> Answer<'s> {
        let url = plan.tables.text(value_set.url);
        if depth > MAX_DEPTH || self.left == 0 {
            return Answer::Unknown(Reason::TooLarge(url));
        }
        let has = |flag: u16| value_set.flags.get() & flag != 0;
        if has(flags::value_set::SUBSTITUTE) {
            self.substitute = Some(url);
        }
        let mut answer = if has(flags::value_set::DEFINED) {
            self.any(plan, value_set.parts, url, depth)
        } else {
            Answer::Unknown(Reason::Stated(
                "the value set gives neither a definition nor a complete expansion",
            ))
        };
        if value_set.excluded.length.get() > 0 {
            answer = answer.and(|| self.any(plan, value_set.excluded, url, depth).not());
        }
        if has(flags::value_set::ONLY_ACTIVE) && answer == Answer::Member && self.is_inactive() {
            answer = Answer::NotMember;
        }
        if has(flags::value_set::EXPANDED) && matches!(answer, Answer::Unknown(_)) {
            answer = match self.any(plan, value_set.expansion, url, depth) {
                Answer::NotMember if has(flags::value_set::EXPANSION_OPEN) => Answer::Unknown(Reason::Expansion(url)),
                told => told,
            };
        }
        answer
    }

    fn any(&mut self, plan: &'s LoadedPlan<'s>, parts: Range, url: &'s str, depth: u32) -> Answer<'s> {
        let mut answer = Answer::NotMember;
        for row in parts.of(plan.tables.parts) {
            if self.left == 0 {
                return Answer::Unknown(Reason::TooLarge(url));
            }
            self.left -= 1;
            match self.part(plan, row, depth) {
                Answer::Member => return Answer::Member,
                Answer::NotMember => {}
                unknown @ Answer::Unknown(_) => answer = unknown,
            }
        }
        answer
    }

    fn part(&mut self, plan: &'s LoadedPlan<'s>, row: &'s rows::Part, depth: u32) -> Answer<'s> {
        let tables = &plan.tables;
        let of_system = tables.bytes(row.system);
        if !of_system.is_empty() && self.code.system.is_some_and(|system| system.as_bytes() != of_system) {
            return Answer::NotMember;
        }
        let meant = tables.text(row.version);
        let given = self.code.version;
        let is_both = !meant.is_empty() && !given.is_empty();
        if is_both && !version::accepts(meant, given) && !version::accepts(given, meant) {
            return Answer::NotMember;
        }
        let answer = match row.kind.get() {
            part::CODES => Answer::decided(self.is_listed(plan, row)),
            part::SYSTEM => self.system(plan, row, meant),
            part::VALUE_SETS => Answer::Member,
            part::GRAMMAR => self.grammar(plan, row),
            _ => Answer::Unknown(Reason::Stated(tables.text(row.reason))),
        };
        let mut answer = answer;
        for link in row.value_sets.of(tables.numbers) {
            answer = answer.and(|| self.link(plan, *link, depth + 1));
        }
        answer
    }

    /// Whether a part lists the code; in any case of letters, if its code system does not care.
    fn is_listed(&self, plan: &'s LoadedPlan<'s>, row: &rows::Part) -> bool {
        if plan.contains(row.codes, self.code.code) {
            return true;
        }
        let Some(code_system) = plan.tables.code_systems.get(row.link.get() as usize) else {
            return false;
        };
        code_system.flags.get() & flags::code_system::CASE_SENSITIVE == 0
            && row.codes.of(plan.tables.numbers).iter().any(|listed| {
                let listed = plan.tables.bytes(*listed);
                listed.eq_ignore_ascii_case(self.code.code.as_bytes())
            })
    }

    /// A whole code system, or what filters leave of it. Each version that is loaded is asked.
    fn system(&mut self, plan: &'s LoadedPlan<'s>, row: &'s rows::Part, meant: &'s str) -> Answer<'s> {
        let url = plan.tables.text(row.system);
        let asked = if meant.is_empty() { self.code.version } else { meant };
        let is_at_hand = self.set.code_systems(url).any(|system| system.is_version(asked));
        let mut answer = Answer::Unknown(Reason::CodeSystem(url));
        for system in self.set.code_systems(url) {
            let is_meant = system.is_version(asked);
            if is_at_hand && !is_meant {
                continue;
            }
            let found = match system.concept(self.code.code) {
                Some(concept) => Self::filtered(plan, row, concept),
                None if !system.is_complete() => Answer::Unknown(Reason::Fragment(url)),
                // In the version that is meant the code may exist.
                None if !is_meant => Answer::Unknown(Reason::Version(url, system.version())),
                None => Answer::NotMember,
            };
            match (answer, found) {
                (_, Answer::Member) => return Answer::Member,
                (Answer::Unknown(Reason::CodeSystem(_)), _) => answer = found,
                _ => {}
            }
        }
        answer
    }

    fn filtered(plan: &'s LoadedPlan<'s>, row: &rows::Part, concept: ConceptView<'s>) -> Answer<'s> {
        let tables = &plan.tables;
        let first = row.filters.start.get();
        let mut answer = Answer::Member;
        for (at, filter) in (first..).zip(row.filters.of(tables.filters)) {
            let (property, value) = (tables.text(filter.property), tables.text(filter.value));
            let operator = filter.operator.get();
            let passes = concept.passes(property, operator, value, |text| plan.matches(at, value, text));
            let told = match passes {
                Some(passes) if passes || concept.system.is_complete() => Answer::decided(passes),
                Some(_) => Answer::Unknown(Reason::Fragment(concept.system.url())),
                None => Answer::Unknown(Reason::Filter(operator_name(operator), property)),
            };
            answer = answer.and(|| told);
        }
        answer
    }

    fn grammar(&self, plan: &'s LoadedPlan<'s>, row: &rows::Part) -> Answer<'s> {
        let tables = &plan.tables;
        let Some(fits) = grammar::fits(row.link.get(), self.code.code) else {
            return Answer::Unknown(Reason::CodeSystem(tables.text(row.system)));
        };
        let mut answer = Answer::decided(fits);
        let first = row.filters.start.get();
        for (at, filter) in (first..).zip(row.filters.of(tables.filters)) {
            let (property, value) = (tables.text(filter.property), tables.text(filter.value));
            let operator = filter.operator.get();
            let matches = |text: &str| plan.matches(at, value, text);
            let told = match grammar::passes(row.link.get(), self.code.code, (property, operator, value), matches) {
                Some(passes) => Answer::decided(passes),
                None => Answer::Unknown(Reason::Filter(operator_name(operator), property)),
            };
            answer = answer.and(|| told);
        }
        answer
    }

    fn link(&mut self, plan: &'s LoadedPlan<'s>, link: U32, depth: u32) -> Answer<'s> {
        let set = self.set;
        let Some(row) = plan
            .tables
            .links
            .get(link.get() as usize)
            .filter(|_| link.get() != NONE)
        else {
            return Answer::Unknown(Reason::NoValueSet);
        };
        let (url, asked) = (plan.tables.text(row.url), plan.tables.text(row.version));
        let Some((home, value_set)) = set.linked_value_set(plan, link) else {
            return missing(url, asked, self.code);
        };
        let answer = self.value_set(home, value_set, depth);
        if !matches!(answer, Answer::Unknown(_)) || set.plans.len() < 2 {
            return answer;
        }
        // Another package may have an expansion of the same value set.
        for (home, other) in set.value_sets(url) {
            let is_same = std::ptr::eq(other, value_set) || !version::accepts(asked, home.tables.text(other.version));
            if !is_same {
                let told = self.value_set(home, other, depth);
                if !matches!(told, Answer::Unknown(_)) {
                    return told;
                }
            }
        }
        answer
    }

    fn is_inactive(&self) -> bool {
        let Some(system) = self.code.system else { return false };
        let mut concepts = self
            .set
            .code_systems(system)
            .filter_map(|system| system.concept(self.code.code));
        concepts.next().is_some_and(ConceptView::is_inactive)
    }
}

fn operator_name(operator: u16) -> &'static str {
    flags::filter::NAMES.get(usize::from(operator)).copied().unwrap_or("?")
}

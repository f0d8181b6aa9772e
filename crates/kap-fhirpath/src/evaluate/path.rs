//! Paths: items run through the steps one by one; a step that has to see all of them gathers them first.

use crate::code::{Call, Code, Step, StepKind};
use crate::error::Stop;
use crate::function::Function;
use crate::item::Item;

use super::{BREAK, CONTINUE, Defined, Evaluator, Few, Flow, Scope, Sink};

/// Where a path starts.
#[derive(Clone, Copy)]
pub(super) enum Source<'s, 'd> {
    Code(&'d Code),
    Items(&'s [Item<'d>]),
}

impl<'d> Evaluator<'_, 'd> {
    pub(super) fn path(&self, head: &'d Code, steps: &'d [Step], scope: Scope<'_, 'd>, sink: Sink<'_, 'd>) -> Flow {
        self.run(Source::Code(head), steps, scope, sink)
    }

    /// Hands what `steps` make of `source` to `sink`.
    pub(super) fn run(
        &self,
        source: Source<'_, 'd>,
        steps: &'d [Step],
        scope: Scope<'_, 'd>,
        sink: Sink<'_, 'd>,
    ) -> Flow {
        if let Some(at) = steps.iter().position(|step| step.is_definition) {
            return self.defined(source, steps, at, scope, sink);
        }
        match steps.iter().rposition(|step| step.is_barrier) {
            None => self.start(source, steps, scope, sink),
            Some(at) => {
                let (before, rest) = steps.split_at(at);
                let Some((barrier, after)) = rest.split_first() else {
                    return CONTINUE;
                };
                let items = self.deeper(barrier.at, || self.barrier(source, before, barrier, scope))?;
                if after.is_empty() {
                    return items.give(sink);
                }
                for item in items {
                    if self.feed(after, item, scope, sink)?.is_break() {
                        return BREAK;
                    }
                }
                CONTINUE
            }
        }
    }

    fn start(&self, source: Source<'_, 'd>, steps: &'d [Step], scope: Scope<'_, 'd>, sink: Sink<'_, 'd>) -> Flow {
        match source {
            Source::Code(head) if steps.is_empty() => self.give(head, scope, sink),
            Source::Code(head) => self.give(head, scope, &mut |item| self.feed(steps, item, scope, sink)),
            Source::Items(items) => {
                for item in items {
                    if self.feed(steps, item.clone(), scope, sink)?.is_break() {
                        return BREAK;
                    }
                }
                CONTINUE
            }
        }
    }

    /// `defineVariable` changes what the steps after it see, so the path is taken apart there.
    fn defined(
        &self,
        source: Source<'_, 'd>,
        steps: &'d [Step],
        at: usize,
        scope: Scope<'_, 'd>,
        sink: Sink<'_, 'd>,
    ) -> Flow {
        let (before, rest) = steps.split_at(at);
        let Some((
            Step {
                at,
                kind: StepKind::Call(call),
                ..
            },
            after,
        )) = rest.split_first()
        else {
            return CONTINUE;
        };
        self.deeper(*at, || {
            let items = self.collect(|sink| self.run(source, before, scope, sink))?;
            let name = match call.arguments.first() {
                Some(name) => self.text_of(name, scope)?.map(std::borrow::Cow::into_owned),
                None => None,
            };
            let values = match call.arguments.get(1) {
                Some(code) => {
                    let mut values = Vec::new();
                    for item in items.as_slice() {
                        values.extend(self.few(code, scope.each(item))?);
                    }
                    Few::from(values)
                }
                None => items.clone(),
            };
            let defined = Defined {
                name: name.unwrap_or_default(),
                values: values.as_slice(),
                outer: scope.defined,
            };
            let inside = Scope {
                defined: Some(&defined),
                ..scope
            };
            self.run(Source::Items(items.as_slice()), after, inside, sink)
        })
    }

    /// Lets one item run through steps of which none needs to see all.
    fn feed(&self, steps: &'d [Step], item: Item<'d>, scope: Scope<'_, 'd>, sink: Sink<'_, 'd>) -> Flow {
        let Some((step, rest)) = steps.split_first() else {
            return sink(item);
        };
        self.count(step.at)?;
        match &step.kind {
            StepKind::Member(member) if rest.is_empty() => self.children_named(&item, member, step.at, sink),
            StepKind::Member(member) => self.deeper(step.at, || {
                self.children_named(&item, member, step.at, &mut |child| self.feed(rest, child, scope, sink))
            }),
            StepKind::Guard(wanted) => {
                if self.is_of(&item, wanted) {
                    self.feed(rest, item, scope, sink)
                } else {
                    CONTINUE
                }
            }
            StepKind::Call(call) => self.deeper(step.at, || self.pass(call, step.at, rest, item, scope, sink)),
            // Barriers never come here.
            StepKind::Index(_) => CONTINUE,
        }
    }

    /// Lets one item run through a function that works item by item.
    fn pass(
        &self,
        call: &'d Call,
        at: u32,
        rest: &'d [Step],
        item: Item<'d>,
        scope: Scope<'_, 'd>,
        sink: Sink<'_, 'd>,
    ) -> Flow {
        let passes = match call.function {
            Function::Where => match call.arguments.first() {
                Some(criterion) => self.criterion(criterion, scope.each(&item))?,
                None => false,
            },
            Function::OfType | Function::As => call.type_ref.as_ref().is_some_and(|wanted| self.is_as(&item, wanted)),
            Function::Trace => true,
            Function::Slice => self.in_slice(call, &item, scope)?,
            Function::Select => {
                return match call.arguments.first() {
                    Some(projection) => {
                        let scope_inside = scope.each(&item);
                        self.give(projection, scope_inside, &mut |found| {
                            self.feed(rest, found, scope, sink)
                        })
                    }
                    None => CONTINUE,
                };
            }
            Function::Extension => {
                return self.extension(call, at, &item, scope, &mut |found| self.feed(rest, found, scope, sink));
            }
            Function::Resolve => return self.resolve(&item, &mut |found| self.feed(rest, found, scope, sink)),
            Function::GetValue => match super::value::system(&item) {
                Some(value) => return self.feed(rest, value, scope, sink),
                None => false,
            },
            Function::Children | Function::Descendants => {
                let Item::Element(element) = &item else { return CONTINUE };
                let sink: Sink<'_, 'd> = &mut |found| self.feed(rest, found, scope, sink);
                return match call.function {
                    Function::Children => self.children(element, at, sink),
                    _ => self.descendants(element, at, sink),
                };
            }
            _ => false,
        };
        if passes {
            self.feed(rest, item, scope, sink)
        } else {
            CONTINUE
        }
    }

    /// Whether a criterion holds. Where that is undecided, the item is left open.
    pub(super) fn criterion(&self, criterion: &'d Code, scope: Scope<'_, 'd>) -> Result<bool, Stop> {
        match self.condition(criterion, scope) {
            Ok(holds) => Ok(holds == Some(true)),
            Err(Stop::Undecided(undecided)) => {
                self.leave_open(*undecided);
                Ok(false)
            }
            Err(error) => Err(error),
        }
    }

    /// Applies a step that needs to see all items.
    fn barrier(
        &self,
        source: Source<'_, 'd>,
        before: &'d [Step],
        step: &'d Step,
        scope: Scope<'_, 'd>,
    ) -> Result<Few<'d>, Stop> {
        self.count(step.at)?;
        let call = match &step.kind {
            StepKind::Call(call) => call,
            StepKind::Index(index) => {
                let index = match self.one(index, scope)?.and_then(|item| super::value::system(&item)) {
                    Some(Item::Integer(index)) => index,
                    None => return Ok(Few::None),
                    Some(_) => return Err(Stop::wrong_type(step.at, "an index is an integer")),
                };
                return match usize::try_from(index) {
                    Ok(index) => self.nth(source, before, index, scope),
                    Err(_) => Ok(Few::None),
                };
            }
            StepKind::Member(_) | StepKind::Guard(_) => return Ok(Few::None),
        };
        match call.function {
            Function::First => return self.nth(source, before, 0, scope),
            Function::Count => return self.number_of(source, before, scope),
            _ => {}
        }
        if is_condition(call.function) {
            let holds = self.condition_of(source, before, call, step.at, scope)?;
            return Ok(holds.map(Item::Boolean).into());
        }
        let input = self.collect(|sink| self.run(source, before, scope, sink))?;
        self.function(call, input, step.at, scope)
    }

    /// The item of that number. Those after it are not looked at.
    fn nth(
        &self,
        source: Source<'_, 'd>,
        before: &'d [Step],
        index: usize,
        scope: Scope<'_, 'd>,
    ) -> Result<Few<'d>, Stop> {
        let mut left = index;
        let mut found = Few::None;
        self.settled(true, || {
            self.run(source, before, scope, &mut |item| {
                if left == 0 {
                    found = Few::One(item);
                    return BREAK;
                }
                left -= 1;
                CONTINUE
            })
        })?;
        Ok(found)
    }

    /// How many items there are.
    fn number_of(&self, source: Source<'_, 'd>, before: &'d [Step], scope: Scope<'_, 'd>) -> Result<Few<'d>, Stop> {
        let mut count = 0;
        self.settled(true, || {
            self.run(source, before, scope, &mut |_| {
                count += 1;
                CONTINUE
            })
        })?;
        Ok(Few::One(Item::Integer(count)))
    }

    /// Whether `source` and `steps` give anything that `test` accepts.
    pub(super) fn any(
        &self,
        source: Source<'_, 'd>,
        steps: &'d [Step],
        scope: Scope<'_, 'd>,
        mut test: impl FnMut(&Item<'d>) -> Result<Option<bool>, Stop>,
    ) -> Result<bool, Stop> {
        self.settled(false, || {
            self.run(source, steps, scope, &mut |item| match test(&item) {
                Ok(Some(true)) => BREAK,
                Ok(_) => CONTINUE,
                Err(Stop::Undecided(undecided)) => {
                    self.leave_open(*undecided);
                    CONTINUE
                }
                Err(error) => Err(error),
            })
        })
    }
}

/// Whether a function answers yes or no without needing its input as a collection.
pub(super) fn is_condition(function: Function) -> bool {
    use Function as F;
    matches!(
        function,
        F::Empty
            | F::Exists
            | F::All
            | F::AllTrue
            | F::AnyTrue
            | F::AllFalse
            | F::AnyFalse
            | F::Not
            | F::HasExtension
            | F::HasValue
            | F::Is
            | F::Matches
            | F::MatchesFull
            | F::StartsWith
            | F::EndsWith
            | F::Contains
    )
}

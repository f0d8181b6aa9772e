//! Evaluation. Items are handed on one by one to whoever asks for them, so that most conditions are decided without
//! building a collection.

mod condition;
mod few;
mod function;
mod navigate;
mod operator;
mod path;
mod value;

use std::cell::{Cell, RefCell};
use std::ops::ControlFlow;
use std::rc::Rc;

use crate::ast::{Operator, TypeTest};
use crate::code::{Code, KnownMember, Op, TypeRef, Variable};
use crate::error::{EvaluationErrorKind, Stop, Undecided};
use crate::host::EvaluationContext;
use crate::item::{Element, Item};
use crate::model::Place;
pub(crate) use few::Few;
pub(crate) use value::system;

/// Most levels of evaluation inside of each other, so that the stack suffices whatever the expression and the data.
const MAX_DEPTH: u32 = 400;

/// Whether the giver goes on or the taker has enough.
pub(crate) type Flow = Result<ControlFlow<()>, Stop>;
/// Takes items.
pub(crate) type Sink<'s, 'd> = &'s mut dyn FnMut(Item<'d>) -> Flow;

pub(crate) const CONTINUE: Flow = Ok(ControlFlow::Continue(()));
pub(crate) const BREAK: Flow = Ok(ControlFlow::Break(()));

/// What stands around the expression that is evaluated.
#[derive(Clone, Copy)]
pub(crate) struct Scope<'s, 'd> {
    /// `$this`
    pub(crate) this: Option<&'s Item<'d>>,
    /// `$index`
    pub(crate) index: Option<usize>,
    /// `$total`
    pub(crate) total: Option<&'s [Item<'d>]>,
    /// What `defineVariable` defined, innermost first.
    pub(crate) defined: Option<&'s Defined<'s, 'd>>,
}

/// A variable of `defineVariable`.
pub(crate) struct Defined<'s, 'd> {
    pub(crate) name: String,
    pub(crate) values: &'s [Item<'d>],
    pub(crate) outer: Option<&'s Defined<'s, 'd>>,
}

impl<'s, 'd> Scope<'s, 'd> {
    /// The same, for one item of a function's input.
    pub(crate) fn each<'n>(self, this: &'n Item<'d>) -> Scope<'n, 'd>
    where
        's: 'n,
    {
        Scope {
            this: Some(this),
            ..self
        }
    }
}

/// One evaluation.
pub(crate) struct Evaluator<'e, 'd> {
    pub(crate) context: &'e EvaluationContext<'e, 'd>,
    steps: Cell<u32>,
    max_steps: u32,
    depth: Cell<u32>,
    /// Why some item that was left out might have belonged to the collection that is being given.
    pending: RefCell<Option<Box<Undecided>>>,
    /// Members that the model was asked for during this evaluation.
    asked: RefCell<Vec<Asked>>,
}

/// An answer of the model: name and place that were asked for, and the members.
struct Asked {
    /// Address of the step's name, which stands for the name.
    name: *const u8,
    place: Place,
    members: Rc<[KnownMember]>,
}

impl<'e, 'd> Evaluator<'e, 'd> {
    pub(crate) fn new(context: &'e EvaluationContext<'e, 'd>) -> Evaluator<'e, 'd> {
        let resource = context.resource.node.map_or(0, |node| {
            let span = node.span();
            span.end.saturating_sub(span.start)
        });
        Evaluator {
            context,
            steps: Cell::new(0),
            max_steps: context.limits.max_steps.saturating_add(resource),
            depth: Cell::new(0),
            pending: RefCell::new(None),
            asked: RefCell::new(Vec::new()),
        }
    }

    /// Counts one step.
    pub(crate) fn count(&self, at: u32) -> Result<(), Stop> {
        self.charge(1, at)
    }

    /// Counts several steps.
    pub(crate) fn charge(&self, steps: usize, at: u32) -> Result<(), Stop> {
        let steps = u32::try_from(steps).unwrap_or(u32::MAX);
        let total = self.steps.get().saturating_add(steps);
        if total > self.max_steps {
            return Err(Stop::too_complex(at));
        }
        self.steps.set(total);
        Ok(())
    }

    /// Runs one level deeper.
    pub(crate) fn deeper<T>(&self, at: u32, run: impl FnOnce() -> Result<T, Stop>) -> Result<T, Stop> {
        let depth = self.depth.get();
        if depth >= MAX_DEPTH {
            return Err(Stop::too_complex(at));
        }
        self.depth.set(depth + 1);
        let result = run();
        self.depth.set(depth);
        result
    }

    /// Notes that an item was left out of which it is not known whether it belongs.
    pub(crate) fn leave_open(&self, undecided: Undecided) {
        self.pending.borrow_mut().get_or_insert_with(|| Box::new(undecided));
    }

    /// Runs what gives items to a taker. Ends as undecided where an item was left open and the taker did not stop;
    /// a taker that stopped early has its answer whatever the open item would have been, unless `needs_all`.
    pub(crate) fn settled(&self, needs_all: bool, give: impl FnOnce() -> Flow) -> Result<bool, Stop> {
        let outer = self.pending.take();
        let result = give();
        let own = self.pending.replace(outer);
        let stopped = result?.is_break();
        match own {
            Some(undecided) if needs_all || !stopped => Err(Stop::Undecided(undecided)),
            _ => Ok(stopped),
        }
    }

    /// Hands the values of `code` to `sink`.
    pub(crate) fn give(&self, code: &'d Code, scope: Scope<'_, 'd>, sink: Sink<'_, 'd>) -> Flow {
        match &code.op {
            Op::Path(head, steps) => self.deeper(code.at, || self.path(head, steps, scope, sink)),
            Op::Literal(item) => sink(item.borrowed()),
            Op::This => match scope.this {
                Some(item) => sink(item.clone()),
                None => CONTINUE,
            },
            _ => self.few(code, scope)?.give(sink),
        }
    }

    /// Evaluates `code` to all its values.
    pub(crate) fn few(&self, code: &'d Code, scope: Scope<'_, 'd>) -> Result<Few<'d>, Stop> {
        match &code.op {
            Op::Path(..) | Op::Literal(_) | Op::This => self.collect(|sink| self.give(code, scope, sink)),
            Op::Empty => Ok(Few::None),
            Op::Index => Ok(scope.index.map_or(Few::None, |index| {
                Few::One(Item::Integer(i64::try_from(index).unwrap_or(i64::MAX)))
            })),
            Op::Total => Ok(Few::from(scope.total.unwrap_or_default().to_vec())),
            Op::Variable(variable) => self.variable(code.at, variable, scope),
            Op::Union(operands) => self.deeper(code.at, || {
                let mut items = Vec::new();
                for operand in operands {
                    items.extend(self.few(operand, scope)?);
                }
                Ok(Few::from(self.distinct(items, code.at)?))
            }),
            Op::Negative(operand) => self.deeper(code.at, || {
                let operand = self.few(operand, scope)?;
                self.negative(operand, code.at)
            }),
            Op::Positive(operand) => self.deeper(code.at, || self.few(operand, scope)),
            Op::TypeTest(TypeTest::As, operand, type_ref) => self.deeper(code.at, || {
                let mut items = self.few(operand, scope)?.into_vec();
                items.retain(|item| self.is_as(item, type_ref));
                Ok(Few::from(items))
            }),
            Op::Binary(operator, operands) if is_arithmetic(*operator) => self.deeper(code.at, || {
                let left = self.few(&operands.0, scope)?;
                let right = self.few(&operands.1, scope)?;
                self.arithmetic(*operator, left, right, code.at)
            }),
            Op::TypeTest(TypeTest::Is, ..) | Op::And(_) | Op::Or(_) | Op::Binary(..) => Ok(self
                .condition(code, scope)?
                .map_or(Few::None, |value| Few::One(Item::Boolean(value)))),
        }
    }

    /// Gathers all that `give` gives.
    pub(crate) fn collect(&self, give: impl FnOnce(Sink<'_, 'd>) -> Flow) -> Result<Few<'d>, Stop> {
        let mut few = Few::None;
        self.settled(true, || {
            give(&mut |item| {
                few.push(item);
                CONTINUE
            })
        })?;
        Ok(few)
    }

    fn variable(&self, at: u32, variable: &'d Variable, scope: Scope<'_, 'd>) -> Result<Few<'d>, Stop> {
        let element = match variable {
            Variable::Context => self.context.item,
            Variable::Resource => self.context.resource,
            Variable::RootResource => self.context.root_resource,
            Variable::Constant(url) => return Ok(Few::One(Item::String(url.as_str().into()))),
            Variable::Named(name) => return self.named(at, name, scope),
        };
        Ok(Few::One(Item::Element(self.resolved(element))))
    }

    /// `element`, with the place of its type if that was left for later.
    fn resolved(&self, element: Element<'d>) -> Element<'d> {
        match element.node {
            Some(node) if element.place == Place::UNRESOLVED => {
                let model = self.context.model;
                Element::resource(node, model, model.type_place("Resource").unwrap_or(element.place))
            }
            _ => element,
        }
    }

    fn named(&self, at: u32, name: &str, scope: Scope<'_, 'd>) -> Result<Few<'d>, Stop> {
        let mut defined = scope.defined;
        while let Some(variable) = defined {
            if variable.name == name {
                return Ok(Few::from(variable.values.to_vec()));
            }
            defined = variable.outer;
        }
        if let Some(values) = self.context.variables.and_then(|variables| variables.get(name)) {
            return Ok(Few::from(values.clone()));
        }
        match self.context.host.variable(name) {
            Some(values) => values.map(Few::from),
            None => Err(Stop::error(
                EvaluationErrorKind::UnknownVariable,
                at,
                format!("nobody supplied the variable `%{name}`"),
            )),
        }
    }

    /// The one item there is; none if there is none; an error if there are more.
    pub(crate) fn one(&self, code: &'d Code, scope: Scope<'_, 'd>) -> Result<Option<Item<'d>>, Stop> {
        self.few(code, scope)?.single(code.at)
    }

    /// Whether `item` passes `as` and `ofType`: types derived from the wanted one pass as well, but among primitives
    /// only the very type does, as everybody does it.
    pub(crate) fn is_as(&self, item: &Item<'d>, wanted: &TypeRef) -> bool {
        match item {
            Item::Element(element) if element.primitive().is_some() => {
                wanted.namespace != crate::code::Namespace::System
                    && self.context.model.type_name(element.place) == &*wanted.name
            }
            item => self.is_of(item, wanted),
        }
    }
}

fn is_arithmetic(operator: Operator) -> bool {
    matches!(
        operator,
        Operator::Times
            | Operator::Divide
            | Operator::Div
            | Operator::Mod
            | Operator::Plus
            | Operator::Minus
            | Operator::Concatenate
    )
}

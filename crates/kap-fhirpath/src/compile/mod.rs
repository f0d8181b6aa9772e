//! Syntax tree to compiled form: names become members, functions are looked up, types are followed as far as the model
//! tells.

mod call;
pub(crate) mod kinds;
mod operand;

use crate::ast::{Ast, AstKind, Literal, Operator, Step as AstStep, StepKind as AstStepKind, TypeName, TypeTest};
use crate::code::{Code, KnownMember, MemberStep, Namespace, Op, Route, Step, StepKind, TypeRef, Variable};
use crate::error::{CompileError, CompileErrorKind};
use crate::expression::Mode;
use crate::item::{Item, Quantity, Unit};
use crate::model::{Member, Model, Place, Shape};
use kinds::{Kind, Kinds, System};

/// Compiles `tree` for items at `place`.
pub(crate) fn compile(tree: &Ast, place: Option<Place>, model: &dyn Model, mode: Mode) -> Result<Code, CompileError> {
    let compiler = Compiler { model, mode };
    let this = match place {
        Some(place) => Kinds::one(Kind::Place(place, model.shape(place))),
        None => Kinds::any().single(),
    };
    let scope = Around {
        this: &this,
        total: None,
    };
    compiler.code(tree, scope).map(|(code, _)| code)
}

struct Compiler<'m> {
    model: &'m dyn Model,
    mode: Mode,
}

/// What stands around an expression.
#[derive(Clone, Copy)]
struct Around<'k> {
    this: &'k Kinds,
    total: Option<&'k Kinds>,
}

impl<'k> Around<'k> {
    /// The same, inside of a function's argument that is asked for each item.
    fn each(self, this: &'k Kinds) -> Around<'k> {
        Around { this, ..self }
    }
}

type Compiled = Result<(Code, Kinds), CompileError>;

impl Compiler<'_> {
    fn is_strict(&self) -> bool {
        self.mode == Mode::Strict
    }

    /// Refuses what only strict mode refuses.
    fn refuse(&self, at: usize, message: impl Into<String>) -> Result<(), CompileError> {
        if self.is_strict() {
            return Err(semantic(at, message));
        }
        Ok(())
    }

    fn code(&self, tree: &Ast, around: Around<'_>) -> Compiled {
        let at = offset(tree.at);
        let (op, kinds) = match &tree.kind {
            AstKind::Literal(literal) => literal_op(literal),
            AstKind::Empty => (Op::Empty, Kinds::none()),
            AstKind::Variable(name) => (Op::Variable(variable(name)), variable_kinds(name)),
            AstKind::This => (Op::This, around.this.clone().single()),
            AstKind::Index => (Op::Index, Kinds::system(System::Integer)),
            AstKind::Total => (Op::Total, around.total.cloned().unwrap_or_else(Kinds::any)),
            AstKind::Path(head, steps) => return self.path(tree.at, head.as_deref(), steps, around),
            AstKind::Polarity(negative, operand) => {
                let (code, kinds) = self.code(operand, around)?;
                if !kinds.is_none() && !kinds.may_be(|kind| is_numeric(kind.system(self.model))) {
                    self.refuse(tree.at, "only numbers and quantities have a sign")?;
                }
                let operand = Box::new(code);
                let op = if *negative {
                    Op::Negative(operand)
                } else {
                    Op::Positive(operand)
                };
                (op, kinds)
            }
            AstKind::Binary(operator, left, right) => return self.binary(tree.at, *operator, left, right, around),
            AstKind::Chain(operator, operands) => return self.chain(tree.at, *operator, operands, around),
            AstKind::TypeTest(test, operand, name) => {
                let (code, kinds) = self.code(operand, around)?;
                let type_ref = self.type_ref(tree.at, name)?;
                let kinds = self.tested(*test, &kinds, &type_ref);
                (Op::TypeTest(*test, Box::new(code), type_ref), kinds)
            }
        };
        Ok((Code { at, op }, kinds))
    }

    fn chain(&self, at: usize, operator: Operator, operands: &[Ast], around: Around<'_>) -> Compiled {
        let mut codes = Vec::with_capacity(operands.len());
        let mut kinds = Kinds::none();
        for operand in operands {
            let (code, found) = self.code(operand, around)?;
            codes.push(code);
            kinds = kinds.or(found);
        }
        let codes = codes.into_boxed_slice();
        let (op, kinds) = match operator {
            Operator::And => (Op::And(codes), Kinds::system(System::Boolean)),
            Operator::Or => (Op::Or(codes), Kinds::system(System::Boolean)),
            // The order of a union means nothing by the specification, but is kept here and by everybody else.
            _ => (Op::Union(codes), kinds.several()),
        };
        Ok((Code { at: offset(at), op }, kinds))
    }

    fn path(&self, at: usize, head: Option<&Ast>, steps: &[AstStep], around: Around<'_>) -> Compiled {
        let (head_code, mut kinds) = match head {
            Some(head) => self.code(head, around)?,
            None => (
                Code {
                    at: offset(at),
                    op: Op::This,
                },
                around.this.clone().single(),
            ),
        };
        let mut codes = Vec::with_capacity(steps.len());
        for (number, step) in steps.iter().enumerate() {
            let starts = head.is_none() && number == 0;
            let kind = match &step.kind {
                AstStepKind::Member(name) => self.member(step.at, name, starts, &mut kinds)?,
                AstStepKind::Index(index) => {
                    let (index, index_kinds) = self.code(index, around)?;
                    if !index_kinds.may_be(|kind| kind.system(self.model) == Some(System::Integer)) {
                        self.refuse(step.at, "an index is an integer")?;
                    }
                    self.needs_order(step.at, &kinds)?;
                    kinds = kinds.single();
                    StepKind::Index(index)
                }
                AstStepKind::Call(name, arguments) => {
                    let (call, found) = self.call(step.at, name, arguments, kinds, around)?;
                    kinds = found;
                    StepKind::Call(Box::new(call))
                }
            };
            codes.push(Step::new(offset(step.at), kind));
        }
        let op = Op::Path(Box::new(head_code), codes.into_boxed_slice());
        Ok((Code { at: offset(at), op }, kinds))
    }

    fn needs_order(&self, at: usize, kinds: &Kinds) -> Result<(), CompileError> {
        if kinds.ordered {
            return Ok(());
        }
        self.refuse(at, "the items have no order that this could go by")
    }

    fn member(&self, at: usize, name: &str, starts: bool, kinds: &mut Kinds) -> Result<StepKind, CompileError> {
        let mut routes = Vec::new();
        let mut found = Kinds {
            known: Some(Vec::new()),
            ..kinds.clone()
        };
        for kind in kinds.known.iter().flatten() {
            match kind {
                Kind::Place(place, _) => {
                    let members = self.model.members(*place, name);
                    for member in &members {
                        found.many |= member.repeats;
                        match member.shape {
                            // Which resource it is shows only in the document.
                            Shape::Resource => found.known = None,
                            shape => found.add(Kind::Place(member.place, shape)),
                        }
                    }
                    routes.push(route(*place, &members));
                }
                Kind::System(System::Quantity) if name == "value" => found.add(Kind::System(System::Decimal)),
                Kind::System(System::Quantity) if matches!(name, "unit" | "code" | "system") => {
                    found.add(Kind::System(System::String));
                }
                Kind::TypeInfo if matches!(name, "namespace" | "name") => {
                    found.add(Kind::System(System::String));
                }
                Kind::System(_) | Kind::TypeInfo => {}
            }
        }
        if starts
            && (kinds.known.is_none() || found.is_none())
            && let Some(guard) = self.guard(at, name, kinds)?
        {
            return Ok(StepKind::Guard(guard));
        }
        if kinds.known.is_none() {
            found = Kinds {
                ordered: kinds.ordered,
                ..Kinds::any()
            };
        } else if found.is_none() && !kinds.is_none() {
            self.refuse(at, format!("there is no element `{name}` here"))?;
        }
        *kinds = found;
        Ok(StepKind::Member(MemberStep {
            name: name.into(),
            routes: routes.into_boxed_slice(),
        }))
    }

    /// The name of a type at the start of a path stands for the item itself, if it is of that type.
    fn guard(&self, at: usize, name: &str, kinds: &mut Kinds) -> Result<Option<TypeRef>, CompileError> {
        if !name.starts_with(|first: char| first.is_ascii_uppercase()) {
            return Ok(None);
        }
        let Some(place) = self.model.type_place(name) else {
            return Ok(None);
        };
        let guard = TypeRef {
            namespace: Namespace::Fhir,
            name: name.into(),
        };
        if kinds.known.is_none() {
            // The item may be of a type derived from it, so its own elements stay possible.
            *kinds = if self.is_strict() {
                kinds.clone()
            } else {
                Kinds::one(Kind::Place(place, self.model.shape(place)))
            };
        } else {
            let fitting = kinds.clone().only(|kind| guard.covers(kind, self.model));
            if fitting.is_none() && !kinds.is_none() {
                self.refuse(at, format!("what stands here is no {name}"))?;
            }
            *kinds = fitting;
        }
        Ok(Some(guard))
    }

    fn type_ref(&self, at: usize, name: &TypeName) -> Result<TypeRef, CompileError> {
        let namespace = match name.namespace.as_deref() {
            None => Namespace::Either,
            Some("System") => Namespace::System,
            Some("FHIR") => Namespace::Fhir,
            Some(other) => return Err(semantic(at, format!("there is no namespace `{other}`"))),
        };
        let type_ref = TypeRef {
            namespace,
            name: name.name.as_str().into(),
        };
        if !type_ref.exists(self.model) {
            return Err(semantic(at, format!("there is no type `{}`", name.name)));
        }
        Ok(type_ref)
    }

    /// What is left after `is` or `as`.
    fn tested(&self, test: TypeTest, kinds: &Kinds, type_ref: &TypeRef) -> Kinds {
        if test == TypeTest::Is {
            return Kinds::system(System::Boolean);
        }
        let named = || {
            let place = (type_ref.namespace != Namespace::System)
                .then(|| self.model.type_place(&type_ref.name))
                .flatten();
            match (place, System::from_name(&type_ref.name)) {
                (Some(place), _) => Some(Kind::Place(place, self.model.shape(place))),
                (None, Some(system)) => Some(Kind::System(system)),
                (None, None) => None,
            }
        };
        if kinds.known.is_none() {
            let known = named().map(|kind| vec![kind]);
            return Kinds { known, ..*kinds };
        }
        let left = kinds.clone().only(|kind| type_ref.covers(kind, self.model));
        if left.is_none() {
            // Nothing can be there, but what follows is still checked against the type that was named.
            return Kinds {
                known: named().map(|kind| vec![kind]),
                ..*kinds
            };
        }
        left
    }
}

fn route(from: Place, members: &[Member<'_>]) -> Route {
    let members = members.iter().map(|member| KnownMember {
        name: member.name.into(),
        number: member.number,
        shadow_number: member.shadow_number,
        place: member.place,
        shape: member.shape,
    });
    Route {
        from,
        members: members.collect(),
    }
}

fn literal_op(literal: &Literal) -> (Op, Kinds) {
    let (item, system) = match literal {
        Literal::Boolean(value) => (Item::Boolean(*value), System::Boolean),
        Literal::Integer(value) => (Item::Integer(*value), System::Integer),
        Literal::Decimal(value) => (Item::Decimal(*value), System::Decimal),
        Literal::String(text) => (Item::String(text.clone().into()), System::String),
        Literal::Date(date) => (Item::Date(*date), System::Date),
        Literal::DateTime(date_time) => (Item::DateTime(*date_time), System::DateTime),
        Literal::Time(time) => (Item::Time(*time), System::Time),
        Literal::CalendarQuantity(value, unit) => (quantity(*value, Unit::Calendar(unit.word())), System::Quantity),
        Literal::UcumQuantity(value, unit) => {
            let unit = match crate::temporal::Calendar::from_word(unit) {
                Some(calendar) => Unit::Calendar(calendar.word()),
                None => Unit::Ucum(unit.clone().into()),
            };
            (quantity(*value, unit), System::Quantity)
        }
    };
    (Op::Literal(item), Kinds::system(system))
}

fn quantity(value: kap_fhir::Decimal, unit: Unit<'static>) -> Item<'static> {
    Item::Quantity(Box::new(Quantity { value, unit }))
}

fn variable(name: &str) -> Variable {
    // https://hl7.org/fhir/R4/fhirpath.html#variables
    match name {
        "context" => Variable::Context,
        "resource" => Variable::Resource,
        "rootResource" => Variable::RootResource,
        "sct" => Variable::Constant("http://snomed.info/sct".to_owned()),
        "loinc" => Variable::Constant("http://loinc.org".to_owned()),
        "ucum" => Variable::Constant("http://unitsofmeasure.org".to_owned()),
        _ => {
            if let Some(value_set) = name.strip_prefix("vs-") {
                return Variable::Constant(format!("http://hl7.org/fhir/ValueSet/{value_set}"));
            }
            match name.strip_prefix("ext-") {
                Some(extension) => Variable::Constant(format!("http://hl7.org/fhir/StructureDefinition/{extension}")),
                None => Variable::Named(name.to_owned()),
            }
        }
    }
}

fn variable_kinds(name: &str) -> Kinds {
    match variable(name) {
        Variable::Constant(_) => Kinds::system(System::String),
        Variable::Named(_) => Kinds::any(),
        _ => Kinds::any().single(),
    }
}

fn is_numeric(system: Option<System>) -> bool {
    matches!(
        system,
        None | Some(System::Integer | System::Decimal | System::Quantity)
    )
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

fn semantic(at: usize, message: impl Into<String>) -> CompileError {
    CompileError {
        at,
        message: message.into(),
        kind: CompileErrorKind::Semantic,
    }
}

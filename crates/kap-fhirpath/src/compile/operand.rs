//! Operators with two operands, and which types they take.

use crate::ast::{Ast, Operator};
use crate::code::{Code, Op};
use crate::error::CompileError;

use super::kinds::{Kinds, System};
use super::{Around, Compiled, Compiler, offset};

impl Compiler<'_> {
    pub(super) fn binary(
        &self,
        at: usize,
        operator: Operator,
        left: &Ast,
        right: &Ast,
        around: Around<'_>,
    ) -> Compiled {
        let (left_code, left) = self.code(left, around)?;
        let (right_code, right) = self.code(right, around)?;
        let kinds = match operator {
            Operator::Times | Operator::Divide | Operator::Div | Operator::Mod | Operator::Plus | Operator::Minus => {
                self.arithmetic(at, operator, &left, &right)?
            }
            Operator::Concatenate => Kinds::system(System::String),
            Operator::Less | Operator::LessOrEqual | Operator::Greater | Operator::GreaterOrEqual => {
                self.comparison(at, &left, &right)?;
                Kinds::system(System::Boolean)
            }
            _ => Kinds::system(System::Boolean),
        };
        let op = Op::Binary(operator, Box::new((left_code, right_code)));
        Ok((Code { at: offset(at), op }, kinds))
    }

    fn arithmetic(&self, at: usize, operator: Operator, left: &Kinds, right: &Kinds) -> Result<Kinds, CompileError> {
        if left.is_none() || right.is_none() {
            return Ok(Kinds::none());
        }
        let (Some(lefts), Some(rights)) = (&left.known, &right.known) else {
            return Ok(Kinds::any().single());
        };
        let mut kinds = Kinds::none();
        for left in lefts {
            for right in rights {
                match (left.system(self.model), right.system(self.model)) {
                    (Some(left), Some(right)) => {
                        if let Some(result) = arithmetic_result(operator, left, right) {
                            kinds.add(super::Kind::System(result));
                        }
                    }
                    _ => return Ok(Kinds::any().single()),
                }
            }
        }
        if kinds.is_none() {
            self.refuse(at, "this operator does not take operands of these types")?;
        }
        Ok(kinds)
    }

    fn comparison(&self, at: usize, left: &Kinds, right: &Kinds) -> Result<(), CompileError> {
        let (Some(lefts), Some(rights)) = (&left.known, &right.known) else {
            return Ok(());
        };
        if lefts.is_empty() || rights.is_empty() {
            return Ok(());
        }
        let comparable = lefts.iter().any(|left| {
            rights
                .iter()
                .any(|right| match (left.system(self.model), right.system(self.model)) {
                    (Some(left), Some(right)) => are_comparable(left, right),
                    _ => false,
                })
        });
        if comparable {
            return Ok(());
        }
        self.refuse(at, "these do not compare with each other")
    }
}

fn are_comparable(left: System, right: System) -> bool {
    let class = |system| match system {
        System::Integer | System::Decimal | System::Quantity => 0,
        System::String => 1,
        System::Date | System::DateTime => 2,
        System::Time => 3,
        System::Boolean => 4,
    };
    left != System::Boolean && class(left) == class(right)
}

fn arithmetic_result(operator: Operator, left: System, right: System) -> Option<System> {
    use System::{Date, DateTime, Decimal, Integer, Quantity, String, Time};
    Some(match (operator, left, right) {
        (Operator::Plus, String, String) => String,
        (Operator::Plus | Operator::Minus, moment @ (Date | DateTime | Time), Quantity) => moment,
        (Operator::Divide, Integer | Decimal, Integer | Decimal) => Decimal,
        (Operator::Div, Integer | Decimal, Integer | Decimal) | (_, Integer, Integer) => Integer,
        (_, Integer | Decimal, Integer | Decimal) => Decimal,
        (
            Operator::Plus | Operator::Minus | Operator::Times | Operator::Divide,
            Integer | Decimal | Quantity,
            Quantity,
        )
        | (Operator::Times | Operator::Divide | Operator::Plus | Operator::Minus, Quantity, Integer | Decimal) => {
            Quantity
        }
        _ => return None,
    })
}

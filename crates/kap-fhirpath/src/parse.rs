//! Tokens to a syntax tree (<http://hl7.org/fhirpath/N1/#grammar>).

use std::iter::Peekable;
use std::vec::IntoIter;

use kap_fhir::Decimal;

use crate::ast::{Ast, AstKind, Literal, Operator, Step, StepKind, TypeName, TypeTest};
use crate::error::{CompileError, CompileErrorKind};
use crate::lex::{Token, TokenKind, tokens};
use crate::temporal::Calendar;

/// How deep an expression may be nested, so that no text can exhaust the stack.
const MAX_DEPTH: u32 = 96;
/// Longest text of an expression, in bytes.
const MAX_LENGTH: usize = 64 << 10;
/// Most steps of one path.
const MAX_STEPS: usize = 256;
/// How strongly `is` and `as` bind.
const TYPE_BINDING: u8 = 8;

/// Reads an expression.
pub(crate) fn parse(text: &str) -> Result<Ast, CompileError> {
    if text.len() > MAX_LENGTH {
        return Err(too_complex(0));
    }
    let mut parser = Parser {
        tokens: tokens(text)?.into_iter().peekable(),
        depth: 0,
    };
    let tree = parser.expression(0)?;
    match parser.next() {
        Token {
            kind: TokenKind::End, ..
        } => Ok(tree),
        token => Err(syntax(token.at, "the expression should end here")),
    }
}

struct Parser<'t> {
    tokens: Peekable<IntoIter<Token<'t>>>,
    depth: u32,
}

impl<'t> Parser<'t> {
    fn next(&mut self) -> Token<'t> {
        self.tokens.next().unwrap_or(Token {
            at: 0,
            kind: TokenKind::End,
        })
    }

    fn peek(&mut self) -> &TokenKind<'t> {
        self.tokens.peek().map_or(&TokenKind::End, |token| &token.kind)
    }

    fn at(&mut self) -> usize {
        self.tokens.peek().map_or(0, |token| token.at)
    }

    fn takes(&mut self, symbol: &str) -> bool {
        let found = matches!(self.peek(), TokenKind::Symbol(found) if *found == symbol);
        if found {
            self.next();
        }
        found
    }

    fn expect(&mut self, symbol: &str) -> Result<(), CompileError> {
        if self.takes(symbol) {
            return Ok(());
        }
        let at = self.at();
        Err(syntax(at, &format!("`{symbol}` is expected here")))
    }

    /// Runs one level deeper.
    fn nested<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, CompileError>) -> Result<T, CompileError> {
        if self.depth >= MAX_DEPTH {
            return Err(too_complex(self.at()));
        }
        self.depth += 1;
        let result = read(self);
        self.depth -= 1;
        result
    }

    /// An expression of operators that bind more strongly than `binding`.
    fn expression(&mut self, binding: u8) -> Result<Ast, CompileError> {
        self.nested(|parser| {
            let mut left = parser.unary()?;
            // Each turn wraps what was read so far, which makes the tree deeper.
            let mut turns = 0;
            loop {
                let at = parser.at();
                let Some((word, strength)) = parser.operator() else {
                    break;
                };
                if strength <= binding {
                    break;
                }
                parser.next();
                left = match word {
                    Infix::Type(test) => {
                        let name = parser.type_name()?;
                        turns += 1;
                        Ast {
                            at,
                            kind: AstKind::TypeTest(test, Box::new(left), name),
                        }
                    }
                    Infix::Operator(operator) => {
                        let right = parser.expression(strength)?;
                        combine(at, operator, left, right, &mut turns)
                    }
                };
                if turns > MAX_DEPTH {
                    return Err(too_complex(at));
                }
            }
            Ok(left)
        })
    }

    fn operator(&mut self) -> Option<(Infix, u8)> {
        let text = match self.peek() {
            TokenKind::Word("is") => return Some((Infix::Type(TypeTest::Is), TYPE_BINDING)),
            TokenKind::Word("as") => return Some((Infix::Type(TypeTest::As), TYPE_BINDING)),
            TokenKind::Word(word) => *word,
            TokenKind::Symbol(symbol) => *symbol,
            _ => return None,
        };
        Operator::from_text(text).map(|(operator, strength)| (Infix::Operator(operator), strength))
    }

    fn unary(&mut self) -> Result<Ast, CompileError> {
        let at = self.at();
        let negative = match self.peek() {
            TokenKind::Symbol("-") => true,
            TokenKind::Symbol("+") => false,
            _ => return self.invocations(),
        };
        self.next();
        let operand = self.nested(Self::unary)?;
        Ok(Ast {
            at,
            kind: AstKind::Polarity(negative, Box::new(operand)),
        })
    }

    /// A term and what is invoked on it.
    fn invocations(&mut self) -> Result<Ast, CompileError> {
        let at = self.at();
        let (head, mut steps) = match self.peek() {
            TokenKind::Word("true" | "false") => (Some(self.term()?), Vec::new()),
            TokenKind::Word(_) | TokenKind::Delimited(_) => (None, vec![self.invocation()?]),
            _ => (Some(self.term()?), Vec::new()),
        };
        loop {
            if self.takes(".") {
                match self.peek() {
                    TokenKind::Word(_) | TokenKind::Delimited(_) => steps.push(self.invocation()?),
                    // The grammar allows `x.$this`: it is what is invoked on.
                    TokenKind::Dollar("this") => {
                        self.next();
                    }
                    _ => return Err(syntax(self.at(), "a name or a function must follow the point")),
                }
            } else if let TokenKind::Symbol("[") = self.peek() {
                let at = self.next().at;
                let index = self.expression(0)?;
                self.expect("]")?;
                steps.push(Step {
                    at,
                    kind: StepKind::Index(index),
                });
            } else {
                break;
            }
        }
        if steps.len() > MAX_STEPS {
            return Err(too_complex(at));
        }
        match head {
            Some(head) if steps.is_empty() => Ok(head),
            head => Ok(Ast {
                at,
                kind: AstKind::Path(head.map(Box::new), steps),
            }),
        }
    }

    fn invocation(&mut self) -> Result<Step, CompileError> {
        let token = self.next();
        let name = match token.kind {
            TokenKind::Word(word) => word.to_owned(),
            TokenKind::Delimited(name) => name.into_owned(),
            _ => return Err(syntax(token.at, "a name is expected here")),
        };
        if !self.takes("(") {
            return Ok(Step {
                at: token.at,
                kind: StepKind::Member(name),
            });
        }
        let mut arguments = Vec::new();
        if !self.takes(")") {
            loop {
                let mut argument = self.expression(0)?;
                if name == "sort" {
                    argument = self.direction(argument);
                }
                arguments.push(argument);
                if !self.takes(",") {
                    break;
                }
            }
            self.expect(")")?;
        }
        Ok(Step {
            at: token.at,
            kind: StepKind::Call(name, arguments),
        })
    }

    /// `asc` or `desc` after a key of `sort`; downwards is written like a minus in the tree.
    fn direction(&mut self, key: Ast) -> Ast {
        let TokenKind::Word(word @ ("asc" | "desc")) = *self.peek() else {
            return key;
        };
        let at = self.next().at;
        match word {
            "desc" => Ast {
                at,
                kind: AstKind::Polarity(true, Box::new(key)),
            },
            _ => key,
        }
    }

    fn term(&mut self) -> Result<Ast, CompileError> {
        let Token { at, kind } = self.next();
        let literal = match kind {
            TokenKind::Symbol("(") => {
                let inner = self.expression(0)?;
                self.expect(")")?;
                return Ok(inner);
            }
            TokenKind::Symbol("{") => {
                self.expect("}")?;
                return Ok(Ast {
                    at,
                    kind: AstKind::Empty,
                });
            }
            TokenKind::Variable(name) => {
                let kind = AstKind::Variable(name.into_owned());
                return Ok(Ast { at, kind });
            }
            TokenKind::Dollar(name) => {
                let kind = match name {
                    "this" => AstKind::This,
                    "index" => AstKind::Index,
                    "total" => AstKind::Total,
                    _ => return Err(syntax(at, "`$this`, `$index` and `$total` are all there is with `$`")),
                };
                return Ok(Ast { at, kind });
            }
            TokenKind::Word(word) => Literal::Boolean(word == "true"),
            TokenKind::String(text) => Literal::String(text.into_owned()),
            TokenKind::Number(text) => self.number(at, text)?,
            TokenKind::Date(date) => Literal::Date(date),
            TokenKind::DateTime(date_time) => Literal::DateTime(date_time),
            TokenKind::Time(time) => Literal::Time(time),
            _ => return Err(syntax(at, "an expression is expected here")),
        };
        Ok(Ast {
            at,
            kind: AstKind::Literal(literal),
        })
    }

    /// A number, or a quantity where a unit follows.
    fn number(&mut self, at: usize, text: &str) -> Result<Literal, CompileError> {
        let decimal = Decimal::parse(text).ok_or_else(|| syntax(at, "this number has more digits than can be kept"))?;
        match self.peek() {
            TokenKind::String(unit) => {
                let unit = unit.clone().into_owned();
                self.next();
                return Ok(Literal::UcumQuantity(decimal, unit));
            }
            TokenKind::Word(word) => {
                if let Some(unit) = Calendar::from_word(word) {
                    self.next();
                    return Ok(Literal::CalendarQuantity(decimal, unit));
                }
            }
            _ => {}
        }
        Ok(match text.parse::<i32>() {
            Ok(integer) => Literal::Integer(i64::from(integer)),
            Err(_) => Literal::Decimal(decimal),
        })
    }

    fn type_name(&mut self) -> Result<TypeName, CompileError> {
        let first = self.name()?;
        if self.takes(".") {
            return Ok(TypeName {
                namespace: Some(first),
                name: self.name()?,
            });
        }
        Ok(TypeName {
            namespace: None,
            name: first,
        })
    }

    fn name(&mut self) -> Result<String, CompileError> {
        match self.next() {
            Token {
                kind: TokenKind::Word(word),
                ..
            } => Ok(word.to_owned()),
            Token {
                kind: TokenKind::Delimited(name),
                ..
            } => Ok(name.into_owned()),
            token => Err(syntax(token.at, "the name of a type is expected here")),
        }
    }
}

enum Infix {
    Operator(Operator),
    Type(TypeTest),
}

/// Puts two operands together. Chains of one operator become one node, so that long lists do not nest.
fn combine(at: usize, operator: Operator, left: Ast, right: Ast, turns: &mut u32) -> Ast {
    if !matches!(operator, Operator::And | Operator::Or | Operator::Union) {
        *turns += 1;
        let kind = AstKind::Binary(operator, Box::new(left), Box::new(right));
        return Ast { at, kind };
    }
    *turns += 1;
    if let AstKind::Chain(chained, mut operands) = left.kind {
        if chained == operator {
            operands.push(right);
            *turns = turns.saturating_sub(1);
            return Ast {
                at: left.at,
                kind: AstKind::Chain(operator, operands),
            };
        }
        let left = Ast {
            at: left.at,
            kind: AstKind::Chain(chained, operands),
        };
        let kind = AstKind::Chain(operator, vec![left, right]);
        return Ast { at, kind };
    }
    let kind = AstKind::Chain(operator, vec![left, right]);
    Ast { at, kind }
}

fn syntax(at: usize, message: &str) -> CompileError {
    CompileError {
        at,
        message: message.to_owned(),
        kind: CompileErrorKind::Syntax,
    }
}

fn too_complex(at: usize) -> CompileError {
    CompileError {
        at,
        message: "the expression is longer or nested deeper than allowed".to_owned(),
        kind: CompileErrorKind::TooComplex,
    }
}

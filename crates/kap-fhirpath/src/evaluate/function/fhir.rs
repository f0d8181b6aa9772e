//! FHIR's own functions (<https://hl7.org/fhir/R4/fhirpath.html#functions>). What needs more than the document is asked
//! of the host.

use std::borrow::Cow;

use kap_fhir::Reference;
use kap_fhir::xhtml::{self, Fault};
use kap_json::{Kind, Node};

use crate::code::{Call, Code};
use crate::error::Stop;
use crate::evaluate::{CONTINUE, Evaluator, Few, Flow, Scope, Sink, value};
use crate::function::Function;
use crate::host::Resolved;
use crate::item::{Element, Item};

impl<'d> Evaluator<'_, 'd> {
    /// The extensions of `item` with the URL of the argument.
    pub(in crate::evaluate) fn extension(
        &self,
        call: &'d Call,
        at: u32,
        item: &Item<'d>,
        scope: Scope<'_, 'd>,
        sink: Sink<'_, 'd>,
    ) -> Flow {
        let Item::Element(element) = item else { return CONTINUE };
        self.look_into(element);
        let Some(extensions) = element.object().and_then(|object| object.get("extension")) else {
            return CONTINUE;
        };
        let url = match call.arguments.first() {
            Some(argument) => self.text_of(argument, scope)?,
            None => None,
        };
        let Some((url, member)) = url.zip(self.context.model.member(element.place, "extension", None)) else {
            return CONTINUE;
        };
        for extension in extensions.items() {
            self.count(at)?;
            if extension.get("url").and_then(Node::as_str) == Some(&*url)
                && sink(Item::Element(Element::new(extension, member.place, member.shape)))?.is_break()
            {
                return crate::evaluate::BREAK;
            }
        }
        CONTINUE
    }

    /// The resource that a Reference, or a canonical or uri, names.
    pub(in crate::evaluate) fn resolve(&self, item: &Item<'d>, sink: Sink<'_, 'd>) -> Flow {
        let (reference, from) = match item {
            Item::String(text) => (Some(text.clone()), None),
            Item::Element(element) if element.primitive().is_some() => {
                (element.text().map(Cow::Borrowed), element.node)
            }
            Item::Element(element) => {
                let reference = element
                    .node
                    .and_then(|node| node.get("reference"))
                    .and_then(Node::as_str);
                (reference.map(Cow::Borrowed), element.node)
            }
            _ => (None, None),
        };
        // A reference by identifier alone names nothing that could be looked up.
        let Some(reference) = reference else { return CONTINUE };
        match self.context.host.resolve(&reference, from) {
            Resolved::Found(node) => sink(Item::Element(self.resource(node))),
            Resolved::Missing => CONTINUE,
            Resolved::Undecided(undecided) => {
                // What is not at hand still has the type that its reference names.
                let of_type = Reference::parse(&reference).resource_type();
                let Some(place) = of_type.and_then(|name| self.context.model.type_place(name)) else {
                    self.leave_open(undecided);
                    return CONTINUE;
                };
                sink(Item::Element(Element::elsewhere(place)))
            }
        }
    }

    fn resource(&self, node: Node<'d>) -> Element<'d> {
        let model = self.context.model;
        let fallback = model.type_place("Resource").unwrap_or(self.context.resource.place);
        Element::resource(node, model, fallback)
    }

    pub(in crate::evaluate) fn in_slice(
        &self,
        call: &'d Call,
        item: &Item<'d>,
        scope: Scope<'_, 'd>,
    ) -> Result<bool, Stop> {
        let (Item::Element(element), [structure, name]) = (item, &call.arguments[..]) else {
            return Ok(false);
        };
        let (Some(structure), Some(name)) = (self.text_of(structure, scope)?, self.text_of(name, scope)?) else {
            return Ok(false);
        };
        match Self::answer(self.context.host.in_slice(*element, &structure, &name)) {
            Err(Stop::Undecided(undecided)) => {
                self.leave_open(*undecided);
                Ok(false)
            }
            decided => decided,
        }
    }

    pub(super) fn fhir(&self, call: &'d Call, input: Few<'d>, at: u32, scope: Scope<'_, 'd>) -> Result<Few<'d>, Stop> {
        if call.function == Function::CheckModifiers {
            return self.check_modifiers(call, input, at, scope);
        }
        let Some(item) = input.single(at)? else {
            return Ok(Few::None);
        };
        let host = self.context.host;
        let holds = match call.function {
            Function::ElementDefinition => return self.element_definition(&item),
            Function::HtmlChecks | Function::HtmlChecks1 | Function::HtmlChecks2 => {
                let Some(text) = value::text(&item) else {
                    return Ok(Few::None);
                };
                let fault = xhtml::check(&text).err();
                match call.function {
                    Function::HtmlChecks => fault.is_none(),
                    Function::HtmlChecks1 => matches!(fault, None | Some(Fault::Empty)),
                    _ => fault != Some(Fault::Empty),
                }
            }
            Function::ConformsTo => {
                let Some(profile) = self.url(call.arguments.first(), scope)? else {
                    return Ok(Few::None);
                };
                match &item {
                    Item::Element(element) => Self::answer(host.conforms_to(*element, &profile))?,
                    _ => return Err(Stop::wrong_type(at, "`conformsTo` works on elements")),
                }
            }
            Function::MemberOf => {
                let Some(value_set) = self.url(call.arguments.first(), scope)? else {
                    return Ok(Few::None);
                };
                Self::answer(host.member_of(&item, &value_set))?
            }
            _ => {
                let other = match call.arguments.first() {
                    Some(argument) => self.one(argument, scope)?,
                    None => None,
                };
                let Some(other) = other else { return Ok(Few::None) };
                let answer = match call.function {
                    Function::Subsumes => host.subsumes(&item, &other),
                    _ => host.subsumes(&other, &item),
                };
                Self::answer(answer)?
            }
        };
        Ok(Few::One(Item::Boolean(holds)))
    }

    fn url(&self, argument: Option<&'d Code>, scope: Scope<'_, 'd>) -> Result<Option<Cow<'d, str>>, Stop> {
        match argument {
            Some(argument) => self.text_of(argument, scope),
            None => Ok(None),
        }
    }

    fn element_definition(&self, item: &Item<'d>) -> Result<Few<'d>, Stop> {
        let Item::Element(element) = item else {
            return Ok(Few::None);
        };
        match self.context.host.element_definition(*element) {
            Resolved::Found(node) => {
                let model = self.context.model;
                let place = model.type_place("ElementDefinition").unwrap_or(element.place);
                Ok(Few::One(Item::Element(Element::new(node, place, model.shape(place)))))
            }
            Resolved::Missing => Ok(Few::None),
            Resolved::Undecided(undecided) => Err(undecided.into()),
        }
    }

    /// The input, unless it has a modifier extension that is not among those named.
    fn check_modifiers(&self, call: &'d Call, input: Few<'d>, at: u32, scope: Scope<'_, 'd>) -> Result<Few<'d>, Stop> {
        let mut understood = Vec::with_capacity(call.arguments.len());
        for argument in &call.arguments {
            understood.extend(self.text_of(argument, scope)?);
        }
        for item in input.as_slice() {
            let extensions = item
                .element()
                .and_then(Element::object)
                .filter(|object| object.kind() == Kind::Object)
                .and_then(|object| object.get("modifierExtension"));
            for extension in extensions.into_iter().flat_map(Node::items) {
                let url = extension.get("url").and_then(Node::as_str);
                if !url.is_some_and(|url| understood.iter().any(|known| known == url)) {
                    return Err(Stop::error(
                        crate::EvaluationErrorKind::Other,
                        at,
                        "there is a modifier extension that is not understood",
                    ));
                }
            }
        }
        Ok(input)
    }
}

//! The rows of a plan's tables, as they lie in its bytes: little-endian, without padding, without pointers.
//!
//! Rows point at rows of other tables of the same plan by number. Every reader answers "nothing" for a number that
//! leads nowhere, so even a damaged plan cannot make the walk panic.

use zerocopy::little_endian::{U16, U32};
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout, Unaligned};

/// Stands for "no row" where a number is optional.
pub(crate) const NONE: u32 = u32::MAX;
/// Stands for `*` in [`Element::max`].
pub(crate) const UNBOUNDED: u16 = u16::MAX;

macro_rules! rows {
    ($($(#[$doc:meta])* struct $name:ident { $($(#[$field_doc:meta])* $field:ident: $kind:ty,)* })*) => {
        $($(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
        #[repr(C)]
        pub(crate) struct $name { $($(#[$field_doc])* pub(crate) $field: $kind,)* })*
    };
}

/// A string of the plan: its number in the table of texts.
pub(crate) type Text = U32;

rows! {
    /// A run of rows of another table.
    struct Range {
        start: U32,
        length: U32,
    }

    /// A StructureDefinition.
    struct Definition {
        url: Text,
        version: Text,
        name: Text,
        /// The type it constrains or defines, for example `Patient`.
        type_name: Text,
        /// Link to the definition it derives from, or [`NONE`].
        base: U32,
        /// Its root in the table of elements.
        root: U32,
        flags: U16,
        /// [`ExtensionContext`] rows: where the extension that it defines may stand.
        contexts: Range,
        /// Numbers of texts: FHIRPath that must hold on the element that carries the extension.
        context_invariants: Range,
        /// Links to the profiles that whoever meets this one must meet, too.
        imposes: Range,
    }

    /// A place where an extension may stand.
    struct ExtensionContext {
        /// [`crate::plan::flags::context`].
        kind: U16,
        /// The id of an element, FHIRPath, or the URL of an extension, as the kind says.
        expression: Text,
    }

    /// An ElementDefinition of a snapshot.
    struct Element {
        /// Definition it stands in.
        definition: U32,
        /// Element above it, or [`NONE`].
        parent: U32,
        /// Its name without `[x]`, as number of a name.
        name: U16,
        /// Name of the slice that it is, or the empty text.
        slice_name: Text,
        flags: U16,
        min: U16,
        max: U16,
        /// Elements directly below it, slices excepted. A `contentReference` has those of its target.
        children: Range,
        /// [`Property`] rows: the JSON names under which the children appear, sorted by name.
        properties: Range,
        /// [`Type`] rows.
        types: Range,
        /// [`Binding`] row or [`NONE`].
        binding: U32,
        /// Root of the fixed or pattern value in the table of values, or [`NONE`].
        value: U32,
        /// [`Slicing`] row or [`NONE`].
        slicing: U32,
        /// Runs of numbers of [`Constraint`] rows.
        constraints: Range,
        /// The element whose children and types a `contentReference` borrows, or [`NONE`].
        content_reference: U32,
        /// [`Limit`] row or [`NONE`].
        limit: U32,
    }

    /// How long, large or precise the value of an element may be. Most elements have no such row.
    struct Limit {
        /// `maxLength` in characters, or [`NONE`].
        max_length: U32,
        /// The extension `minLength` in characters, or [`NONE`].
        min_length: U32,
        /// The extension `maxDecimalPlaces`, or [`NONE`].
        max_decimal_places: U32,
        /// Root of `minValue[x]` in the table of values, or [`NONE`]. The root's name says the type: `minValueDate`.
        min_value: U32,
        /// Root of `maxValue[x]` in the table of values, or [`NONE`].
        max_value: U32,
        /// The extension `regex` of the element or of its type: what the whole value must match. Empty without one.
        regex: Text,
        /// The extension `maxSize`: bytes as a decimal number. Empty without one.
        max_size: Text,
        /// The extension `mimeType`: numbers of texts, the media types that an attachment may have.
        mime_types: Range,
    }

    /// A JSON name under which a child of an element appears.
    struct Property {
        name: U16,
        /// Which child, counted from the start of the children.
        child: U16,
        /// Which of the child's types the name stands for.
        kind: U16,
    }

    /// One type of an element.
    struct Type {
        /// Link to the definition of the type.
        definition: U32,
        /// 1 + the number of the primitive in `Primitive::ALL`, or 0.
        primitive: U16,
        /// [`crate::plan::flags::type_kind`].
        kind: U16,
        /// Bits of [`crate::plan::flags::aggregation`]: how a reference may be held; 0 for any way.
        aggregation: U16,
        /// [`crate::plan::flags::versioning`].
        versioning: U16,
        /// Links to the profiles of which one must be met.
        profiles: Range,
        /// Links to the profiles of which a reference's target must meet one.
        targets: Range,
    }

    /// A canonical URL that something points at.
    struct Link {
        url: Text,
        /// Version asked for, or the empty text.
        version: Text,
        /// The definition or value set, if it is in this plan; otherwise [`NONE`].
        local: U32,
    }

    /// A binding to a value set.
    struct Binding {
        /// [`crate::plan::flags::strength`].
        strength: U16,
        /// Link to the value set, or [`NONE`] where the binding names none.
        value_set: U32,
        /// Link to the value set that no code may leave, whatever the strength, or [`NONE`].
        max_value_set: U32,
        /// Link to the value set whose codes must all be supported, or [`NONE`].
        min_value_set: U32,
        /// [`AdditionalBinding`] rows.
        additional: Range,
    }

    /// A binding besides the main one
    /// (<https://build.fhir.org/ig/HL7/fhir-extensions/StructureDefinition-additional-binding.html>).
    struct AdditionalBinding {
        /// Its purpose as written, for example `maximum` or `required`.
        purpose: Text,
        /// Link to the value set, or [`NONE`].
        value_set: U32,
        /// 1 if one of the element's repetitions suffices.
        any: U16,
        /// 1 if it holds only in a usage context.
        conditional: U16,
    }

    /// A value set: the union of its parts, less what is excluded.
    struct ValueSet {
        url: Text,
        version: Text,
        /// [`crate::plan::flags::value_set`].
        flags: U16,
        /// [`Part`] rows: what the definition includes.
        parts: Range,
        /// [`Part`] rows: what the definition excludes.
        excluded: Range,
        /// [`Part`] rows: the codes of the expansion, asked where the definition alone does not tell.
        expansion: Range,
    }

    /// A part of a value set: some codes of one system, codes of other value sets, or both at once.
    struct Part {
        /// [`crate::plan::flags::part`].
        kind: U16,
        /// The code system's URL; empty where the part is not about one system.
        system: Text,
        /// The version of the code system that is meant, or the empty text.
        version: Text,
        /// Numbers of texts, sorted by text: the codes.
        codes: Range,
        /// Numbers of texts: the displays that the value set gives its codes, in their order, each on a line of its own;
        /// empty if it gives none.
        displays: Range,
        /// [`Filter`] rows, all of which hold.
        filters: Range,
        /// Numbers of links: value sets that must contain the code, too.
        value_sets: Range,
        /// The code system in this plan, or [`NONE`]; for grammars their number.
        link: U32,
        /// Why membership cannot be told, for open parts.
        reason: Text,
    }

    /// A resource that instances are checked against as it is, such as a Questionnaire.
    struct Resource {
        /// [`crate::plan::flags::resource`].
        kind: U16,
        url: Text,
        version: Text,
        /// The resource itself.
        json: Text,
    }

    /// A condition on the concepts of a code system.
    struct Filter {
        property: Text,
        /// [`crate::plan::flags::filter`].
        operator: U16,
        value: Text,
    }

    /// A code system, or as much of it as the package holds.
    struct CodeSystem {
        url: Text,
        version: Text,
        /// The language of its displays, or the empty text.
        language: Text,
        /// [`crate::plan::flags::code_system`].
        flags: U16,
        /// The code system that it supplements, as canonical URL; mostly the empty text.
        supplements: Text,
        /// [`Concept`] rows, sorted by code.
        concepts: Range,
        /// [`ConceptProperty`] rows, sorted by concept.
        properties: Range,
        /// [`Designation`] rows, sorted by concept.
        designations: Range,
    }

    /// A concept of a code system.
    struct Concept {
        code: Text,
        /// Its display, or the empty text.
        display: Text,
        /// The [`Concept`] row above it, or [`NONE`]. Further ones are properties named `parent`.
        parent: U32,
        /// [`crate::plan::flags::concept`].
        flags: U16,
    }

    /// A property of a concept.
    struct ConceptProperty {
        concept: U32,
        property: Text,
        /// The value as text.
        value: Text,
    }

    /// Another display of a concept.
    struct Designation {
        concept: U32,
        language: Text,
        value: Text,
    }

    /// An invariant.
    struct Constraint {
        key: Text,
        /// 1 for an error, 0 for a warning.
        error: U16,
        /// 1 if it only says what is best practice.
        best_practice: U16,
        human: Text,
        expression: Text,
        /// The definition that states it.
        source: Text,
        /// Element that it stands on: what names in the expression mean. [`NONE`] where other facets decide it.
        context: U32,
    }

    /// How the items of an element are divided into slices.
    struct Slicing {
        /// [`crate::plan::flags::rules`].
        rules: U16,
        ordered: U16,
        /// Numbers of texts: the paths of the discriminators.
        discriminators: Range,
        /// Numbers of texts: the types of the discriminators, in the same order.
        discriminator_types: Range,
        /// [`Element`] rows.
        slices: Range,
    }

    /// A node of a fixed or pattern value.
    struct Value {
        /// [`crate::plan::flags::value`].
        kind: U16,
        /// Its member name; empty for items. A root that an ElementDefinition gives has the name that it stands under,
        /// which says its type: `fixedUri`, `patternCodeableConcept`.
        name: Text,
        /// The text of a scalar: strings unescaped, numbers as written.
        text: Text,
        /// Members or items, rows of this table.
        children: Range,
    }
}

impl Range {
    /// No rows.
    pub(crate) const EMPTY: Range = Range {
        start: U32::ZERO,
        length: U32::ZERO,
    };

    /// The rows of the range; none if it leads outside of the table.
    pub(crate) fn of<T>(self, table: &[T]) -> &[T] {
        let start = self.start.get() as usize;
        let end = start.saturating_add(self.length.get() as usize);
        table.get(start..end).unwrap_or_default()
    }
}

//! How the tables lie in the bytes of a plan: a header, then one section a table.

use zerocopy::little_endian::{U16, U32, U64};
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout, Unaligned};

use super::rows;

/// First bytes of every plan.
const MAGIC: [u8; 8] = *b"KAP-PLAN";
/// Raised whenever a row changes; a plan of another version is refused.
pub(crate) const FORMAT: u32 = 11;
const SECTIONS: usize = 26;

/// What every plan begins with.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
struct Header {
    magic: [u8; 8],
    format: U32,
    /// Length of the whole plan in bytes.
    length: U32,
    /// FNV-1a of everything after the header.
    checksum: U64,
    /// Offset and length in bytes of each section.
    sections: [[U32; 2]; SECTIONS],
}

/// Why bytes are not a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    Foreign,
    Format(u32),
    Damaged,
}

macro_rules! tables {
    ($($(#[$doc:meta])* $name:ident: $row:ty,)*) => {
        /// The tables of a plan, borrowed from its bytes.
        #[derive(Clone, Copy, Debug, Default)]
        pub(crate) struct Tables<'p> { $($(#[$doc])* pub(crate) $name: &'p [$row],)* }

        /// The tables of a plan while it is compiled.
        #[derive(Debug, Default)]
        pub(crate) struct Builder { $($(#[$doc])* pub(crate) $name: Vec<$row>,)* }

        impl<'p> Tables<'p> {
            fn read(header: &Header, bytes: &'p [u8]) -> Option<Tables<'p>> {
                let mut sections = header.sections.iter();
                Some(Tables { $($name: section(bytes, *sections.next()?)?,)* })
            }
        }

        impl Builder {
            /// The bytes of the plan: the same tables always give the same bytes.
            pub(crate) fn finish(&self) -> Vec<u8> {
                write(&[$(self.$name.as_bytes(),)*])
            }
        }
    };
}

tables! {
    /// Texts 0, 1 and 2: label, name and version of the package; see [`super::Plan`].
    text_ends: U32,
    text: u8,
    /// Element names, numbers of texts; the row is the number of the name.
    names: U32,
    /// Open-addressing hash of the names: row of `names` or `u16::MAX`; a power of two long.
    name_hash: U16,
    definitions: rows::Definition,
    elements: rows::Element,
    properties: rows::Property,
    types: rows::Type,
    links: rows::Link,
    /// Numbers that ranges of links, texts, codes and constraints run over.
    numbers: U32,
    bindings: rows::Binding,
    value_sets: rows::ValueSet,
    parts: rows::Part,
    filters: rows::Filter,
    code_systems: rows::CodeSystem,
    concepts: rows::Concept,
    concept_properties: rows::ConceptProperty,
    designations: rows::Designation,
    constraints: rows::Constraint,
    slicings: rows::Slicing,
    values: rows::Value,
    /// Definitions of types (not profiles), sorted by type name.
    type_index: U32,
    contexts: rows::ExtensionContext,
    limits: rows::Limit,
    additional_bindings: rows::AdditionalBinding,
    /// Resources that others are checked against, kept as text: sorted by URL, then by version.
    resources: rows::Resource,
}

impl<'p> Tables<'p> {
    /// Reads the tables in place: nothing is copied. `verify` also compares the checksum.
    pub(crate) fn open(bytes: &'p [u8], verify: bool) -> Result<Tables<'p>, Fault> {
        let (header, body) = Header::ref_from_prefix(bytes).map_err(|_| Fault::Foreign)?;
        if header.magic != MAGIC {
            return Err(Fault::Foreign);
        }
        if header.format.get() != FORMAT {
            return Err(Fault::Format(header.format.get()));
        }
        let intact = header.length.get() as usize == bytes.len() && (!verify || header.checksum.get() == fnv1a(body));
        if !intact {
            return Err(Fault::Damaged);
        }
        Tables::read(header, bytes).ok_or(Fault::Damaged)
    }

    /// The text of that number; empty if there is none.
    pub(crate) fn text(&self, text: U32) -> &'p str {
        std::str::from_utf8(self.bytes(text)).unwrap_or_default()
    }

    /// The bytes of a text: searching compares them without looking at characters.
    pub(crate) fn bytes(&self, text: U32) -> &'p [u8] {
        let index = text.get() as usize;
        let end = self.text_ends.get(index).map_or(0, |end| end.get() as usize);
        let before = index.checked_sub(1).and_then(|before| self.text_ends.get(before));
        let start = before.map_or(0, |end| end.get() as usize);
        self.text.get(start..end).unwrap_or_default()
    }

    /// The number of an element name.
    pub(crate) fn name(&self, name: &str) -> Option<u16> {
        let mask = self.name_hash.len().checked_sub(1)?;
        let start = hash(name);
        let slots = (0..=mask).map(|step| (start + step) & mask);
        for slot in slots {
            let number = self.name_hash.get(slot)?.get();
            let text = self.names.get(usize::from(number))?;
            if self.bytes(*text) == name.as_bytes() {
                return Some(number);
            }
        }
        None
    }
}

/// Format and checksum as the header gives them.
pub(crate) fn identity(bytes: &[u8]) -> Option<(u32, u64)> {
    let (header, _) = Header::ref_from_prefix(bytes).ok()?;
    Some((header.format.get(), header.checksum.get()))
}

/// Where the search for a name begins.
pub(crate) fn hash(name: &str) -> usize {
    // Truncation on 32-bit machines keeps the low bits, which are all that a table of 64 Ki names uses.
    (fnv1a(name.as_bytes()) & 0xffff_ffff) as usize
}

fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

fn section<T>(bytes: &[u8], place: [U32; 2]) -> Option<&[T]>
where
    T: FromBytes + Immutable + KnownLayout + Unaligned,
{
    let [start, length] = place.map(|number| number.get() as usize);
    <[T]>::ref_from_bytes(bytes.get(start..start.checked_add(length)?)?).ok()
}

fn write(sections: &[&[u8]; SECTIONS]) -> Vec<u8> {
    let mut at = size_of::<Header>();
    let mut places = [[U32::new(0); 2]; SECTIONS];
    for (place, section) in places.iter_mut().zip(sections) {
        *place = [number(at), number(section.len())];
        at += section.len();
    }
    let body = sections.concat();
    let header = Header {
        magic: MAGIC,
        format: U32::new(FORMAT),
        length: number(at),
        checksum: U64::new(fnv1a(&body)),
        sections: places,
    };
    [header.as_bytes(), &body].concat()
}

/// A plan of 4 GiB cannot arise: packages are limited to a quarter of that, and rows are smaller than their JSON.
fn number(value: usize) -> U32 {
    U32::new(u32::try_from(value).unwrap_or(u32::MAX))
}

//! The two declarative macros in which the record is written down: `object!` for its objects, `codes!` for its lists of codes.
//!
//! They exist because no type of the record may implement `serde::Serialize`: whoever held a record could then serialise withheld text.
//! An object therefore derives reading and schema from serde and schemars, while writing goes through [`crate::write::Write`], which is private to this crate.

use serde::de::{Deserializer, Visitor};
use serde::forward_to_deserialize_any;

/// Defines an object of the record: camel-case members, unknown members refused, `Option` and `Vec` members optional, `null` never accepted.
///
/// `Debug` names the type and nothing else: an object holds what a patient told.
macro_rules! object {
    ($(#[$meta:meta])* pub struct $name:ident { $($body:tt)* }) => {
        object! { @field [$(#[$meta])* $name] [] [] $($body)* }
    };
    (@field $head:tt [$($out:tt)*] [$($names:ident)*] $(#[$meta:meta])* pub $field:ident: Option<$inner:ty>, $($rest:tt)*) => {
        object! { @field $head
            [$($out)* $(#[$meta])* #[serde(default, deserialize_with = "crate::define::present")] pub $field: Option<$inner>,]
            [$($names)* $field] $($rest)* }
    };
    (@field $head:tt [$($out:tt)*] [$($names:ident)*] $(#[$meta:meta])* pub $field:ident: Vec<$inner:ty>, $($rest:tt)*) => {
        object! { @field $head
            [$($out)* $(#[$meta])* #[serde(default)] pub $field: Vec<$inner>,]
            [$($names)* $field] $($rest)* }
    };
    (@field $head:tt [$($out:tt)*] [$($names:ident)*] $(#[$meta:meta])* pub $field:ident: $type:ty, $($rest:tt)*) => {
        object! { @field $head [$($out)* $(#[$meta])* pub $field: $type,] [$($names)* $field] $($rest)* }
    };
    (@field [$(#[$meta:meta])* $name:ident] [$($out:tt)*] [$($names:ident)*]) => {
        $(#[$meta])*
        #[derive(Clone, PartialEq, Eq, schemars::JsonSchema)]
        #[serde(rename_all = "camelCase", deny_unknown_fields)]
        pub struct $name { $($out)* }

        const _: () = {
            type ReadObject = $name;

            #[derive(serde::Deserialize)]
            #[serde(remote = "ReadObject", rename_all = "camelCase", deny_unknown_fields)]
            struct ReadMembers { $($out)* }

            impl<'de> serde::Deserialize<'de> for $name {
                fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    ReadMembers::deserialize(crate::define::Object(deserializer))
                }
            }
        };

        impl std::fmt::Debug for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.debug_struct(stringify!($name)).finish_non_exhaustive()
            }
        }

        impl crate::write::Write for $name {
            fn write(&self) -> Option<serde_json::Value> {
                let mut members = serde_json::Map::new();
                $(crate::write::write_member(&mut members, stringify!($names), &self.$names);)*
                Some(serde_json::Value::Object(members))
            }
        }
    };
}

/// Defines a list of codes as an enum: kebab-case text, one definition per code, and, after `in`, the local code system that repeats it.
macro_rules! codes {
    ($(#[doc = $about:literal])+ pub enum $name:ident in $system:literal { $($body:tt)* }) => {
        codes! { @list [Some($system)] [$($about)+] $name $($body)* }
    };
    ($(#[doc = $about:literal])+ pub enum $name:ident { $($body:tt)* }) => {
        codes! { @list [None] [$($about)+] $name $($body)* }
    };
    (@list [$system:expr] [$($about:literal)+] $name:ident
        $($(#[doc = $definition:literal])+ $variant:ident = $code:literal,)+
    ) => {
        $(#[doc = $about])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[doc = $definition])+ $variant,)+ }

        impl $name {
            /// Every code of the list, in the order of its definition.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The list as a table: what the code system of the KAP guide repeats.
            pub const LIST: crate::CodeList = crate::CodeList {
                name: stringify!($name),
                about: concat!($($about,)+),
                system: $system,
                codes: &[$(crate::CodeDefinition { code: $code, definition: concat!($($definition,)+) },)+],
            };

            /// The code as it stands in the record.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }

            /// The entry of this code in [`Self::ALL`], if `text` is one of the list.
            pub fn from_code(text: &str) -> Option<Self> {
                match text { $($code => Some(Self::$variant),)+ _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                Self::from_code(&text).ok_or_else(|| serde::de::Error::custom(concat!("not a code of ", stringify!($name))))
            }
        }

        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> { stringify!($name).into() }
            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema { Self::LIST.json_schema() }
        }

        impl crate::write::Write for $name {
            fn write(&self) -> Option<serde_json::Value> { Some(self.as_str().into()) }
        }
    };
}

/// Reads an optional member that is there. serde would take `null` for an absent member; in a record `null` is a fault like any wrong type.
pub(crate) fn present<'de, T, D>(deserializer: D) -> Result<Option<T>, D::Error>
where
    T: serde::Deserialize<'de>,
    D: serde::Deserializer<'de>,
{
    T::deserialize(deserializer).map(Some)
}

/// Reads an object and nothing else. What serde derives for a struct would also take an array of its members' values in their order.
pub(crate) struct Object<D>(pub(crate) D);

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Object<D> {
    type Error = D::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_map(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

pub(crate) use {codes, object};

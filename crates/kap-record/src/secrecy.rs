//! Compile-fail tests: there is no way to withheld text. Each differs from this one, which compiles, by its last line only.
//!
//! ```
//! let text = kap_record::Withheld::new(String::from("what the patient said"));
//! let _ = format!("{text:?}");
//! ```
//!
//! It is not displayed:
//!
//! ```compile_fail,E0277
//! let text = kap_record::Withheld::new(String::from("what the patient said"));
//! let _ = format!("{text}");
//! ```
//!
//! It does not stand for its content:
//!
//! ```compile_fail,E0308
//! let text = kap_record::Withheld::new(String::from("what the patient said"));
//! let _: &str = &text;
//! ```
//!
//! ```compile_fail,E0599
//! let text = kap_record::Withheld::new(String::from("what the patient said"));
//! let _: &str = text.as_ref();
//! ```
//!
//! ```compile_fail,E0599
//! let text = kap_record::Withheld::new(String::from("what the patient said"));
//! let _ = text.to_string();
//! ```
//!
//! ```compile_fail,E0277
//! let text = kap_record::Withheld::new(String::from("what the patient said"));
//! let _: String = text.into();
//! ```
//!
//! Its field and what this crate uses to reach it are private:
//!
//! ```compile_fail,E0616
//! let text = kap_record::Withheld::new(String::from("what the patient said"));
//! let _ = text.0;
//! ```
//!
//! ```compile_fail,E0624
//! let text = kap_record::Withheld::new(String::from("what the patient said"));
//! let _ = text.reveal();
//! ```
//!
//! ```compile_fail,E0603
//! let text = kap_record::Withheld::new(String::from("what the patient said"));
//! let _ = kap_record::write::Write::write(&text);
//! ```
//!
//! It is not serialised, neither alone nor as part of a record:
//!
//! ```compile_fail,E0277
//! let text = kap_record::Withheld::new(String::from("what the patient said"));
//! let _ = serde_json::to_string(&text);
//! ```
//!
//! ```compile_fail,E0277
//! let write = |record: &kap_record::Record| serde_json::to_string(record);
//! ```
//!
//! A restricted value needs a permit; with one it can be read:
//!
//! ```
//! let theme = kap_record::Restricted::new(7);
//! let _ = theme.release(kap_record::Permit::ClinicPolicy);
//! ```
//!
//! ```compile_fail,E0061
//! let theme = kap_record::Restricted::new(7);
//! let _ = theme.release();
//! ```

//! What a server lets in: the interactions that its statement declares and no other.

use axum::http::StatusCode;

use super::{Habits, IfMatch, content};
use crate::interaction::Interaction;
use crate::interaction::write::{Aim, Write};
use crate::outcome::Refusal;
use crate::store::history::Scope;
use crate::supported::ResourceType;

/// The interaction as this server understands it, or why it does not do such a thing.
pub(crate) fn admit(habits: &Habits, interaction: Interaction) -> Result<Interaction, Refusal> {
    let declared = |resource_type, code| declared(habits, resource_type, code);
    match &interaction {
        Interaction::Capabilities => {}
        Interaction::Read { key, .. } => declared(key.resource_type, "read")?,
        Interaction::ReadVersion { key, .. } => declared(key.resource_type, "vread")?,
        Interaction::Search {
            resource_type, posted, ..
        } => {
            declared(resource_type, "search-type")?;
            if *posted && !habits.settings.search_by_post {
                return Err(not_offered("a search by POST", "GET"));
            }
        }
        Interaction::History { scope, .. } => match scope {
            Scope::System if habits.offers_of_system("history-system") => {}
            Scope::System => return Err(not_offered("history-system", "")),
            Scope::Type(resource_type) => declared(resource_type, "history-type")?,
            Scope::Resource(key) => declared(key.resource_type, "history-instance")?,
        },
        Interaction::Delete { key, .. } => declared(key.resource_type, "delete")?,
        Interaction::Patch { key, if_match, .. } => {
            declared(key.resource_type, "patch")?;
            demand_version(habits, if_match.as_deref())?;
        }
        Interaction::Write(write) => {
            declared(write.resource_type, if write.is_update() { "update" } else { "create" })?;
        }
    }
    Ok(match interaction {
        Interaction::Write(write) => Interaction::Write(admit_write(habits, write)?),
        other => other,
    })
}

fn admit_write(habits: &Habits, mut write: Write) -> Result<Write, Refusal> {
    let settings = &habits.settings;
    match &write.aim {
        Aim::New => {}
        // A header that a server does not know is passed over, and the resource is created.
        Aim::NewUnless(_) if !settings.conditional_create => write.aim = Aim::New,
        Aim::Where(_) if !settings.conditional_update => {
            return Err(not_offered("a conditional update", "GET, POST"));
        }
        Aim::NewUnless(condition) | Aim::Where(condition) => check_condition(habits, condition)?,
        Aim::Id(_) => demand_version(habits, write.if_match.as_deref())?,
    }
    content::check(settings, write.resource_type, &write.resource)?;
    content::drop_unkept(settings, write.resource_type, &mut write.resource);
    Ok(write)
}

fn declared(habits: &Habits, resource_type: &ResourceType, interaction: &str) -> Result<(), Refusal> {
    let Some(offer) = habits.offer(resource_type) else {
        let text = "the address names a resource type that this server does not have";
        let diagnostics = "GET metadata lists the types it has";
        return Err(Refusal::new(StatusCode::NOT_FOUND, "not-supported", text, diagnostics));
    };
    if offer.has(interaction) {
        return Ok(());
    }
    let of_type = [("search-type", "GET, HEAD"), ("create", "POST")];
    let of_instance = [
        ("read", "GET, HEAD"),
        ("update", "PUT"),
        ("patch", "PATCH"),
        ("delete", "DELETE"),
    ];
    let here = if of_type.iter().any(|(code, _)| *code == interaction) {
        &of_type[..]
    } else {
        &of_instance[..]
    };
    let allow: Vec<_> = here.iter().filter(|(code, _)| offer.has(code)).collect();
    let allow: Vec<_> = allow.into_iter().map(|(_, method)| *method).collect();
    let what = format!("{interaction} of {}", resource_type.name);
    Err(not_offered(&what, &allow.join(", ")))
}

fn not_offered(what: &str, allow: &str) -> Refusal {
    let text = format!("this server does not offer {what}");
    let diagnostics = "GET metadata lists what it offers; nothing was written";
    Refusal::new(StatusCode::METHOD_NOT_ALLOWED, "not-supported", text, diagnostics).allowing(allow)
}

/// Refuses the update of a server that asks for a version with each one.
fn demand_version(habits: &Habits, if_match: Option<&str>) -> Result<(), Refusal> {
    if if_match.is_some() || habits.settings.if_match == IfMatch::Optional {
        return Ok(());
    }
    let text = "no If-Match or invalid If-Match header provided";
    let diagnostics = "Send the ETag of the version that was read; nothing was written";
    let refusal = Refusal::new(StatusCode::PRECONDITION_FAILED, "required", text, diagnostics);
    Err(refusal.with_status(habits.settings.missing_if_match_status))
}

/// Refuses a condition on parameters that this server does not take conditions on.
fn check_condition(habits: &Habits, condition: &str) -> Result<(), Refusal> {
    let allowed = &habits.settings.conditions_on;
    let condition = condition.rsplit('?').next().unwrap_or(condition);
    let names = url::form_urlencoded::parse(condition.as_bytes());
    let mut strange = names.filter(|(name, _)| !allowed.iter().any(|allowed| allowed == name));
    if allowed.is_empty() || strange.next().is_none() {
        return Ok(());
    }
    let text = format!("conditions are limited to {}", allowed.join(", "));
    Err(Refusal::bad_request("not-supported", text, "Nothing was written"))
}

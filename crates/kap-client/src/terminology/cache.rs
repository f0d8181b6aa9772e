//! Answers on disk: one JSON object a line, with the server's name, the question, the answer and when it was given.

use std::collections::HashMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use kap_fhir::Membership;
use serde_json::{Value, json};

use super::asked::Asked;
use crate::Error;
use crate::clock::Timestamp;

/// How long an answer holds: code systems have new versions twice a year at most.
const LIFETIME: Duration = Duration::from_secs(30 * 24 * 60 * 60);
/// How many answers are kept.
const MAX_ENTRIES: usize = 200_000;

#[derive(Debug)]
pub(super) struct Cache {
    path: PathBuf,
    server: String,
    /// Answers of all servers, as they were read.
    entries: Vec<Entry>,
}

#[derive(Clone, Debug)]
struct Entry {
    server: String,
    asked: Asked,
    is_member: bool,
    at: Timestamp,
}

impl Entry {
    fn from_json(value: &Value) -> Option<Entry> {
        Some(Entry {
            server: value["server"].as_str()?.to_owned(),
            asked: Asked::from_json(&value["question"])?,
            is_member: value["member"].as_bool()?,
            at: Timestamp(value["at"].as_i64()?),
        })
    }

    fn to_json(&self) -> Value {
        json!({"server": self.server, "question": self.asked.to_json(), "member": self.is_member, "at": self.at.0})
    }

    fn is_fresh(&self, now: Timestamp) -> bool {
        self.at <= now && now < self.at.after(LIFETIME)
    }
}

impl Cache {
    /// Reads the file, if there is one. Lines that are not ours are left out: the worst is a question asked again.
    pub(super) fn open(path: &Path, server: &str) -> Result<Cache, Error> {
        let failed = |source| Error::TerminologyFile {
            path: path.to_owned(),
            source,
        };
        let lines = match File::open(path) {
            Ok(file) => BufReader::new(file)
                .lines()
                .take(MAX_ENTRIES)
                .collect::<Result<Vec<_>, _>>()
                .map_err(failed)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(failed(error)),
        };
        let entries = lines
            .iter()
            .filter_map(|line| Entry::from_json(&serde_json::from_str(line).ok()?))
            .collect();
        Ok(Cache {
            path: path.to_owned(),
            server: server.to_owned(),
            entries,
        })
    }

    /// The answers of this server that still hold.
    pub(super) fn fresh(&self, now: Timestamp) -> Vec<(Asked, Membership)> {
        let own = self
            .entries
            .iter()
            .filter(|entry| entry.server == self.server && entry.is_fresh(now));
        own.map(|entry| {
            let answer = if entry.is_member {
                Membership::Member
            } else {
                Membership::NotMember
            };
            (entry.asked.clone(), answer)
        })
        .collect()
    }

    /// Writes what is known now in place of the file: a new file takes the old one's name, so none is ever half written.
    pub(super) fn store(&self, known: &HashMap<Asked, Membership>, now: Timestamp) -> Result<(), Error> {
        let failed = |source| Error::TerminologyFile {
            path: self.path.clone(),
            source,
        };
        let mut kept: Vec<Entry> = self
            .entries
            .iter()
            .filter(|entry| entry.is_fresh(now))
            .cloned()
            .collect();
        let before: std::collections::HashSet<Asked> = kept
            .iter()
            .filter(|entry| entry.server == self.server)
            .map(|entry| entry.asked.clone())
            .collect();
        let fresh = known.iter().filter(|(asked, _)| !before.contains(asked));
        let fresh = fresh.filter_map(|(asked, answer)| {
            let is_member = match answer {
                Membership::Member => true,
                Membership::NotMember => false,
                Membership::Unknown(_) => return None,
            };
            Some(Entry {
                server: self.server.clone(),
                asked: asked.clone(),
                is_member,
                at: now,
            })
        });
        kept.extend(fresh);
        kept.sort_by(|left, right| (&left.server, &left.asked).cmp(&(&right.server, &right.asked)));
        kept.truncate(MAX_ENTRIES);
        let text: String = kept.iter().map(|entry| format!("{}\n", entry.to_json())).collect();
        let new = self.path.with_extension("new");
        let write = || {
            private_file(&new, false)?.write_all(text.as_bytes())?;
            fs::rename(&new, &self.path)
        };
        write().map_err(failed)
    }
}

/// A file that only its owner can read and write.
pub(super) fn private_file(path: &Path, append: bool) -> io::Result<File> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut options = OpenOptions::new();
    options.create(true).write(true).append(append).truncate(!append);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

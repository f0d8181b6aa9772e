//! The folder that the demo keeps everything in.

use std::path::{Path, PathBuf};

use crate::edges;
use crate::files::{private_folder, write_private};

/// The demo's folder; a clinic of its own, with a namespace that is made once and kept.
pub(super) struct Folder {
    path: PathBuf,
}

impl Folder {
    /// Opens the folder, or makes it with a new namespace.
    pub(super) fn open(path: &Path) -> anyhow::Result<Self> {
        let folder = Self { path: path.to_owned() };
        private_folder(path)?;
        private_folder(&folder.bundles())?;
        if !folder.config().exists() {
            let namespace = edges::random_uuid()?;
            let text = format!(
                "# The demo's clinic. The namespace is a secret: every identifier derives from it.\n[clinic]\nnamespace = \"{namespace}\"\n"
            );
            write_private(&folder.config(), text.as_bytes())?;
        }
        Ok(folder)
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn config(&self) -> PathBuf {
        self.path.join("kap.toml")
    }

    pub(super) fn bundles(&self) -> PathBuf {
        self.path.join("bundles")
    }

    pub(super) fn journal(&self) -> PathBuf {
        self.path.join("journal.db")
    }

    pub(super) fn sandbox(&self) -> PathBuf {
        self.path.join("sandbox.db")
    }
}

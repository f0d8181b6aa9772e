//! `cargo xtask tidy`: what the architecture forbids and a machine can see.

mod edges;
mod files;

use std::path::Path;

use anyhow::bail;

/// Checks the whole checkout; prints every breach, then fails if there was one.
pub(crate) fn run(root: &Path) -> anyhow::Result<()> {
    let mut breaches = edges::breaches(root)?;
    breaches.extend(files::breaches(root)?);
    for breach in &breaches {
        eprintln!("tidy: {breach}");
    }
    if breaches.is_empty() {
        println!("tidy: crate edges, file sizes and paths are as they should be");
        return Ok(());
    }
    bail!("{} breaches of the architecture", breaches.len())
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_checkout_is_tidy() {
        super::run(&crate::root()).expect("the breaches are printed above");
    }
}

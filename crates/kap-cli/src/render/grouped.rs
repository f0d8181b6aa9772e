//! Findings that one cause gives to many resources, told once.

use std::io::{self, Write};

/// Lines in the order they first came, each with the resources it is about.
#[derive(Default)]
pub(crate) struct Grouped(Vec<(String, Vec<String>)>);

impl Grouped {
    /// Adds a finding about a resource.
    pub(crate) fn add(&mut self, line: String, resource: String) {
        match self.0.iter_mut().find(|(known, _)| *known == line) {
            Some((_, resources)) => resources.push(resource),
            None => self.0.push((line, vec![resource])),
        }
    }

    /// Prints each line with its resource, or with the first and how many there are.
    pub(crate) fn write(&self, out: &mut impl Write) -> io::Result<()> {
        for (line, resources) in &self.0 {
            match resources.as_slice() {
                [] => {}
                [one] => writeln!(out, "{line}: {one}")?,
                [first, ..] => writeln!(out, "{line}: {} resources, the first is {first}", resources.len())?,
            }
        }
        Ok(())
    }
}

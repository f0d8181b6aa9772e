//! The table at the end of the demo.

use std::io::{self, Write};

use super::keep::Folder;
use super::stages::{Ran, Row};

/// One line a record, the sums, the times, and where everything lies.
pub(super) fn write(out: &mut impl Write, folder: &Folder, ran: &Ran) -> io::Result<()> {
    writeln!(
        out,
        "{:<38} {:>9} {:>9} {:>9} {:>9}",
        "record", "resources", "withheld", "pushed", "verified"
    )?;
    for row in &ran.rows {
        let mark = if row.is_verified() { "" } else { "  not all verified" };
        write_row(
            out,
            row.name,
            [row.resources, row.withheld, row.pushed, row.verified],
            mark,
        )?;
    }
    let sum = |of: fn(&Row) -> usize| ran.rows.iter().map(of).sum::<usize>();
    let sums = [
        sum(|row| row.resources),
        sum(|row| row.withheld),
        sum(|row| row.pushed),
        sum(|row| row.verified),
    ];
    write_row(out, &format!("{} records", ran.rows.len()), sums, "")?;
    let times: Vec<String> = ran
        .times
        .iter()
        .map(|(name, time)| format!("{name} {time:.0?}"))
        .collect();
    writeln!(out, "\n{}", times.join(", "))?;
    if ran.undecided > 0 {
        writeln!(
            out,
            "{} checks undecided: `kap validate {}` lists them",
            ran.undecided,
            folder.bundles().display()
        )?;
    }
    let verified = ran.rows.iter().filter(|row| row.is_verified()).count();
    writeln!(
        out,
        "{verified} of {} records verified, {} writes; everything is kept in {}",
        ran.rows.len(),
        ran.writes,
        folder.path().display()
    )
}

fn write_row(out: &mut impl Write, name: &str, numbers: [usize; 4], mark: &str) -> io::Result<()> {
    let [resources, withheld, pushed, verified] = numbers;
    writeln!(
        out,
        "{name:<38} {resources:>9} {withheld:>9} {pushed:>9} {verified:>9}{mark}"
    )
}

//! Any bytes as a package: reading survives them, and never holds more than the limits allow.

#![no_main]

use std::io::Write;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use kap_fhir::Package;
use kap_fhir::package::Limits;
use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};

const LIMITS: Limits = Limits {
    max_bytes: 1 << 15,
    max_entries: 8,
};

/// Header and content of a tar entry come in blocks of this size.
const BLOCK: usize = 512;

fuzz_target!(|bytes: &[u8]| {
    // As it is, and as the tar file in a sound `.tgz`: libFuzzer does not hit upon gzip's checksum.
    check(bytes);
    check(&gzip(bytes));
});

// Tar headers have a checksum, too.
fuzz_mutator!(|bytes: &mut [u8], size: usize, max_size: usize, _seed: u32| {
    let size = fuzzer_mutate(bytes, size, max_size);
    mend_checksums(&mut bytes[..size]);
    size
});

fn check(archive: &[u8]) {
    let read = || Package::from_tgz("fuzz.tgz", archive, &LIMITS);
    let Ok(package) = read() else { return };
    let held: usize = package.files.iter().map(|file| file.bytes.len()).sum();
    assert!(held as u64 <= LIMITS.max_bytes, "{held} bytes are held");
    assert!(
        (package.files.len() as u64) < LIMITS.max_entries,
        "the manifest is an entry, too"
    );
    assert!(package.files.is_sorted_by(|one, other| one.name <= other.name));
    for file in &package.files {
        assert!(
            !file.name.contains('/')
                && Path::new(&file.name)
                    .extension()
                    .is_some_and(|extension| extension == "json"),
            "{}",
            file.name
        );
    }
    assert_eq!(
        format!("{package:?}"),
        format!("{:?}", read().expect("it was readable before"))
    );
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::none());
    encoder
        .write_all(bytes)
        .and_then(|()| encoder.finish())
        .expect("written to memory")
}

/// Sets the checksum of each header: the sum of its bytes, with blanks in place of the checksum itself.
fn mend_checksums(tar: &mut [u8]) {
    let mut at = 0;
    while let Some(header) = tar.get_mut(at..).and_then(|rest| rest.first_chunk_mut::<BLOCK>()) {
        header[148..156].fill(b' ');
        let sum: u32 = header.iter().copied().map(u32::from).sum();
        header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
        let digits: String = header[124..136]
            .iter()
            .copied()
            .map(char::from)
            .filter(char::is_ascii_digit)
            .collect();
        let size = usize::from_str_radix(&digits, 8).unwrap_or(0);
        at = at
            .saturating_add(BLOCK)
            .saturating_add(size.div_ceil(BLOCK).saturating_mul(BLOCK));
    }
}

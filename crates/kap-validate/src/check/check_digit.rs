//! Check digits: they tell most slips of the pen without knowing a single code.

/// Whether a LOINC number ends in its check digit (Mod 10, the Luhn algorithm). Parts, answers and groups (`LP…`, `LA…`)
/// are numbered otherwise and not looked at.
pub(super) fn is_loinc(code: &str) -> bool {
    let Some((number, digit)) = code.rsplit_once('-') else {
        return !code.bytes().all(|byte| byte.is_ascii_digit());
    };
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number {
        return true;
    }
    let sum: u32 = number
        .bytes()
        .rev()
        .enumerate()
        .map(|(at, byte)| {
            let digit = u32::from(byte - b'0');
            match (at % 2, digit * 2) {
                (0, doubled) if doubled > 9 => doubled - 9,
                (0, doubled) => doubled,
                _ => digit,
            }
        })
        .sum();
    digit.parse() == Ok((10 - sum % 10) % 10)
}

/// How digits are multiplied in the Verhoeff algorithm: the dihedral group of order 10.
const PRODUCT: [[u8; 10]; 10] = [
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    [1, 2, 3, 4, 0, 6, 7, 8, 9, 5],
    [2, 3, 4, 0, 1, 7, 8, 9, 5, 6],
    [3, 4, 0, 1, 2, 8, 9, 5, 6, 7],
    [4, 0, 1, 2, 3, 9, 5, 6, 7, 8],
    [5, 9, 8, 7, 6, 0, 4, 3, 2, 1],
    [6, 5, 9, 8, 7, 1, 0, 4, 3, 2],
    [7, 6, 5, 9, 8, 2, 1, 0, 4, 3],
    [8, 7, 6, 5, 9, 3, 2, 1, 0, 4],
    [9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
];

/// How digits are exchanged, by place.
const EXCHANGE: [[u8; 10]; 8] = [
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    [1, 5, 7, 6, 2, 8, 3, 0, 9, 4],
    [5, 8, 0, 3, 7, 9, 6, 1, 4, 2],
    [8, 9, 1, 6, 0, 4, 3, 5, 2, 7],
    [9, 4, 5, 3, 1, 2, 6, 8, 7, 0],
    [4, 2, 8, 6, 5, 7, 3, 9, 0, 1],
    [2, 7, 9, 3, 8, 0, 6, 4, 1, 5],
    [7, 0, 4, 6, 9, 1, 3, 2, 5, 8],
];

/// Whether a SNOMED CT identifier has 6 to 18 digits of which the last one checks the others (Verhoeff). Expressions are
/// not looked at.
pub(super) fn is_snomed(code: &str) -> bool {
    if !code.bytes().all(|byte| byte.is_ascii_digit()) {
        // An expression has spaces, `:`, `|` or `+`; letters alone are no identifier.
        return code.contains([' ', ':', '|', '+', '=', '{', '(']);
    }
    let check = code.bytes().rev().enumerate().fold(0, |check: u8, (at, byte)| {
        let digit = EXCHANGE[at % 8][usize::from(byte - b'0')];
        PRODUCT[usize::from(check)][usize::from(digit)]
    });
    (6..=18).contains(&code.len()) && check == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_loinc() {
        for right in [
            "8480-6", "2951-2", "85354-9", "72166-2", "29463-7", "LA6576-8", "LL358-3",
        ] {
            assert!(is_loinc(right), "{right}");
        }
        for wrong in ["8480-7", "2951-3", "84506", "72166-", "29643-7"] {
            assert!(!is_loinc(wrong), "{wrong}");
        }
    }

    #[test]
    fn identifiers_of_snomed() {
        for right in [
            "73211009",
            "22298006",
            "404684003",
            "900000000000207008",
            "73211009 |Diabetes|",
        ] {
            assert!(is_snomed(right), "{right}");
        }
        for wrong in ["73211008", "7321100", "404648003", "12345", "not-a-code"] {
            assert!(!is_snomed(wrong), "{wrong}");
        }
    }
}

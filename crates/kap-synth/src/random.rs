//! Numbers that look random and depend on the seed alone.

/// A generator of the kind [SplitMix64](https://prng.di.unimi.it/splitmix64.c): fast, small, not for secrets.
#[derive(Clone, Debug)]
pub struct Random {
    state: u64,
}

impl Random {
    /// The generator of this seed.
    pub const fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// The next number.
    pub const fn draw(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number from `least` to `most`, both included; `least` if `most` is less.
    pub fn between(&mut self, least: i32, most: i32) -> i32 {
        if most < least {
            return least;
        }
        let span = u64::from(most.abs_diff(least)) + 1;
        // The remainder is less than the span, which fits.
        least.saturating_add_unsigned(u32::try_from(self.draw() % span).unwrap_or(u32::MAX))
    }

    /// True in so many of a hundred cases.
    pub fn chance(&mut self, percent: i32) -> bool {
        self.between(1, 100) <= percent
    }

    /// One of `items`, which are not empty.
    pub fn pick<T: Copy, const N: usize>(&mut self, items: [T; N]) -> T {
        const { assert!(N > 0, "there is something to pick") };
        let last = i32::try_from(N - 1).unwrap_or(i32::MAX);
        items[usize::try_from(self.between(0, last)).unwrap_or(0)]
    }
}

#[cfg(test)]
mod tests {
    use super::Random;

    #[test]
    fn the_sequence_is_that_of_splitmix64() {
        let mut random = Random::new(1_234_567);
        assert_eq!(random.draw(), 6_457_827_717_110_365_317);
        assert_eq!(random.draw(), 3_203_168_211_198_807_973);
    }

    #[test]
    fn bounds_are_reached_and_kept() {
        let mut random = Random::new(1);
        let drawn: Vec<i32> = (0..200).map(|_| random.between(-1, 2)).collect();
        assert_eq!(drawn.iter().min(), Some(&-1));
        assert_eq!(drawn.iter().max(), Some(&2));
        assert_eq!(random.between(3, 1), 3);
    }
}

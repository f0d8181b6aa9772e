//! How long to wait before the next try: exponential with full jitter, so that many clients do not come back at once.

use std::time::Duration;

/// Randomness for jitter, handed in so that the library stays deterministic.
pub trait Random: Send + Sync {
    /// A number in `0.0..1.0`.
    fn fraction(&self) -> f64;
}

/// Limits of waiting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backoff {
    /// Upper bound of the first wait; doubled with each further one.
    pub base: Duration,
    /// Upper bound of any wait, also of one that the server asks for: a longer one ends the run instead.
    pub cap: Duration,
    /// How many times a request is tried in all.
    pub attempts: u32,
}

impl Default for Backoff {
    /// 200 ms, doubling up to 30 s, five tries.
    fn default() -> Self {
        Backoff {
            base: Duration::from_millis(200),
            cap: Duration::from_secs(30),
            attempts: 5,
        }
    }
}

impl Backoff {
    /// The wait after `failures` failed tries (from 1), or `None` when it is time to give up.
    ///
    /// `asked` is what the server asked for (`Retry-After`): never waited for less than that.
    pub fn wait(&self, failures: u32, asked: Option<Duration>, random: &dyn Random) -> Option<Duration> {
        if failures >= self.attempts || asked.is_some_and(|asked| asked > self.cap) {
            return None;
        }
        let bound = self
            .base
            .saturating_mul(2_u32.saturating_pow(failures.saturating_sub(1)))
            .min(self.cap);
        let jittered = bound.mul_f64(random.fraction().clamp(0.0, 1.0));
        Some(asked.unwrap_or_default().max(jittered))
    }
}

//! What the manifest says about time and machine. The clock is read here and nowhere below.

use std::time::{SystemTime, UNIX_EPOCH};

use brandish_report::Machine;
use brandish_units::Date;

/// Seconds of a day.
const DAY: u64 = 86_400;

/// Operating system, architecture, and the processor features that could choose a code path.
pub fn machine() -> Machine {
    Machine {
        os: std::env::consts::OS.to_owned(),
        arch: std::env::consts::ARCH.to_owned(),
        cpu_features: cpu_features(),
    }
}

#[cfg(target_arch = "x86_64")]
fn cpu_features() -> Vec<String> {
    let mut features = vec!["sse2".to_owned()];
    if std::arch::is_x86_feature_detected!("avx2") {
        features.push("avx2".to_owned());
    }
    if std::arch::is_x86_feature_detected!("avx512f") {
        features.push("avx512f".to_owned());
    }
    features
}

#[cfg(not(target_arch = "x86_64"))]
fn cpu_features() -> Vec<String> {
    Vec::new()
}

fn seconds_since_epoch() -> u64 {
    #[allow(clippy::disallowed_methods)] // a door: the clock is read here
    let now = SystemTime::now();
    now.duration_since(UNIX_EPOCH)
        .map_or(0, |elapsed| elapsed.as_secs())
}

/// Today, UTC.
pub fn today() -> Date {
    let days = i32::try_from(seconds_since_epoch() / DAY).unwrap_or(0);
    Date::from_days(days).unwrap_or(Date::EPOCH)
}

/// Now, RFC 3339 in UTC.
pub fn now() -> String {
    let seconds = seconds_since_epoch() % DAY;
    format!(
        "{}T{:02}:{:02}:{:02}Z",
        today(),
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60
    )
}

//! Who can be asked about: the names of the monthly report, as scenario files write them, and as people type them.
//!
//! `China, Mainland` is `china`, `United Kingdom` is `united-kingdom`; capitals do not count and a few common other names
//! are known. Custody centers and groups are holders too, but what is said of them differs.

use crate::DataError;
use crate::known::KnownOn;

/// Groups of the report that can be asked about, with their name in sentences.
const GROUPS: [(&str, &str); 7] = [
    ("all_foreign", "all foreign holders"),
    ("foreign_official", "foreign officials"),
    ("foreign_private", "foreign private holders"),
    ("international_orgs", "international organizations"),
    ("asia", "Asia"),
    ("caribbean", "the Caribbean"),
    ("europe", "Europe"),
];

/// Groups that ended in 2011 and are kept out of lists.
const CLOSED: [&str; 2] = ["caribbean_banking_centers_pre2012", "oil_exporters_pre2012"];

/// Other names in use, by the report's name.
const ALIASES: [(&str, &str); 26] = [
    ("prc", "China, Mainland"),
    ("mainland-china", "China, Mainland"),
    ("china-mainland", "China, Mainland"),
    ("uk", "United Kingdom"),
    ("britain", "United Kingdom"),
    ("great-britain", "United Kingdom"),
    ("england", "United Kingdom"),
    ("south-korea", "Korea, South"),
    ("korea-south", "Korea, South"),
    ("republic-of-korea", "Korea, South"),
    ("uae", "United Arab Emirates"),
    ("emirates", "United Arab Emirates"),
    ("saudi", "Saudi Arabia"),
    ("hongkong", "Hong Kong"),
    ("cayman", "Cayman Islands"),
    ("caymans", "Cayman Islands"),
    ("bvi", "British Virgin Islands"),
    ("holland", "Netherlands"),
    ("turkiye", "Turkey"),
    ("russian-federation", "Russia"),
    ("viet-nam", "Vietnam"),
    ("all", "all_foreign"),
    ("foreigners", "all_foreign"),
    ("total", "all_foreign"),
    ("official", "foreign_official"),
    ("private", "foreign_private"),
];

/// What kind of holder it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum HolderKind {
    /// A country that holds mostly for itself.
    Country,
    /// A country where custodians hold for others.
    CustodyCenter,
    /// Several countries, or a sector of all.
    Group,
}

impl HolderKind {
    /// The word in files and tables.
    pub const fn word(self) -> &'static str {
        match self {
            HolderKind::Country => "country",
            HolderKind::CustodyCenter => "custody_center",
            HolderKind::Group => "group",
        }
    }
}

/// A holder of the monthly report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// Name in the report, e.g. `China, Mainland`.
    pub reported_as: String,
    /// Name to type, as in scenario files, e.g. `china`.
    pub name: String,
    /// Name in sentences, e.g. `China`.
    pub title: String,
    /// Country, custody center or group.
    pub kind: HolderKind,
}

/// The name to type for a name of the report: `China, Mainland` is `china`, `United Kingdom` is `united-kingdom`.
#[must_use]
pub fn typed_name(reported_as: &str) -> String {
    let country = reported_as.split(',').next().unwrap_or(reported_as);
    dashed(country)
}

fn dashed(text: &str) -> String {
    text.trim().to_lowercase().replace([' ', '_'], "-")
}

/// The name in sentences.
fn title(reported_as: &str) -> String {
    if let Some((_, title)) = GROUPS.iter().find(|(name, _)| *name == reported_as) {
        return (*title).to_owned();
    }
    match reported_as.split_once(", ") {
        Some(("China", _)) => "China".to_owned(),
        Some((country, before)) => format!("{before} {country}"),
        None => match reported_as {
            "United Kingdom"
            | "United Arab Emirates"
            | "Netherlands"
            | "Philippines"
            | "Bahamas"
            | "Cayman Islands"
            | "British Virgin Islands" => {
                format!("the {reported_as}")
            }
            other => other.to_owned(),
        },
    }
}

fn holder(reported_as: &str, centers: &[String]) -> Holder {
    let kind = if GROUPS.iter().any(|(name, _)| *name == reported_as) {
        HolderKind::Group
    } else if centers.iter().any(|center| center == reported_as) {
        HolderKind::CustodyCenter
    } else {
        HolderKind::Country
    };
    Holder {
        reported_as: reported_as.to_owned(),
        name: typed_name(reported_as),
        title: title(reported_as),
        kind,
    }
}

/// All holders that can be asked about, in the report's order.
///
/// # Errors
/// A table or a parameter file that cannot be read.
pub fn holders(known: &KnownOn<'_>) -> Result<Vec<Holder>, DataError> {
    let centers = super::Assumptions::shipped()?.centers();
    Ok(known
        .tic_holders()?
        .iter()
        .filter(|name| !CLOSED.contains(&name.as_str()))
        .map(|name| holder(name, &centers))
        .collect())
}

/// The holder that a typed name means: the report's name, the scenario name or a common other name, in any capitals.
///
/// # Errors
/// A name that the report does not list; the error lists those it does.
pub fn resolve(known: &KnownOn<'_>, typed: &str) -> Result<Holder, DataError> {
    let all = holders(known)?;
    let wanted = dashed(&typed.replace(',', ""));
    let alias = ALIASES
        .iter()
        .find(|(alias, _)| *alias == wanted)
        .map(|(_, name)| *name);
    all.iter()
        .find(|holder| {
            alias == Some(holder.reported_as.as_str())
                || holder.name == wanted
                || dashed(&holder.reported_as.replace(',', "")) == wanted
                || dashed(&holder.title) == wanted
        })
        .cloned()
        .ok_or_else(|| DataError::Unknown {
            table: "tic_holdings",
            what: "holder",
            name: typed.to_owned(),
            known: all
                .iter()
                .map(|holder| holder.name.as_str())
                .collect::<Vec<_>>()
                .join(", "),
        })
}

#[cfg(test)]
mod tests {
    use crate::Snapshot;

    #[test]
    fn names_are_found_as_people_type_them() {
        let snapshot = Snapshot::embedded();
        let known = snapshot.in_hindsight();
        for (typed, name) in [
            ("japan", "Japan"),
            ("JAPAN", "Japan"),
            ("China", "China, Mainland"),
            ("china, mainland", "China, Mainland"),
            ("UK", "United Kingdom"),
            ("united-kingdom", "United Kingdom"),
            ("united kingdom", "United Kingdom"),
            ("the United Kingdom", "United Kingdom"),
            ("korea", "Korea, South"),
            ("South Korea", "Korea, South"),
            ("all_foreign", "all_foreign"),
            ("foreign-official", "foreign_official"),
        ] {
            let found = super::resolve(&known, typed).unwrap();
            assert_eq!(found.reported_as, name, "{typed}");
        }
        let error = super::resolve(&known, "atlantis").unwrap_err().to_string();
        assert!(
            error.contains("atlantis") && error.contains("united-kingdom"),
            "{error}"
        );
    }

    /// An alias that names nobody, or hides a holder's own name, would never be noticed otherwise.
    #[test]
    fn every_alias_means_a_holder_and_hides_none() {
        let snapshot = Snapshot::embedded();
        let all = super::holders(&snapshot.in_hindsight()).unwrap();
        for (alias, name) in super::ALIASES {
            assert!(
                all.iter().any(|holder| holder.reported_as == name),
                "{name}"
            );
            assert!(all.iter().all(|holder| holder.name != alias), "{alias}");
        }
        for (place, holder) in all.iter().enumerate() {
            assert!(all[..place].iter().all(|other| other.name != holder.name));
        }
    }
}

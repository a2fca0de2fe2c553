//! Paths of scenario keys, and what a grid does with them: set a value, add a table to a list, take something away.
//!
//! A path is written as `brandish scenario diff` prints it: keys with dots between them, lists counted from 1, e.g.
//! `exogenous.sale[1].days`. `[*]` means every table of a list as it stands, `[+]` a new one behind it. Paths work on the written file,
//! not on the checked one: whether the result is a scenario is the check's business.

use toml::{Table, Value};

use crate::diagnostic::quoted;

/// One step of a concrete path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// Into a table.
    Key(String),
    /// Into a list, from 0.
    Index(usize),
}

/// One part of a written path: a key and what follows it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Part {
    key: String,
    place: Place,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// No list.
    None,
    /// One of a list, from 0.
    At(usize),
    /// Every one of it.
    Every,
    /// A new one.
    Append,
}

/// A written path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Path {
    parts: Vec<Part>,
    written: String,
}

impl Path {
    /// Reads a path.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let mut parts = Vec::new();
        for piece in text.split('.') {
            parts.push(part(piece).ok_or_else(|| {
                format!(
                    "`{}` is no path of scenario keys: write keys with dots between them and lists counted from 1, e.g. exogenous.sale[1].days; [*] is every one, [+] a new one",
                    quoted(text)
                )
            })?);
        }
        let appends_inside = parts
            .iter()
            .rev()
            .skip(1)
            .any(|part| part.place == Place::Append);
        if appends_inside {
            return Err(format!(
                "`{}`: [+] adds a whole table and stands last",
                quoted(text)
            ));
        }
        Ok(Self {
            parts,
            written: text.to_owned(),
        })
    }

    /// Puts a value at the path and returns where that is.
    ///
    /// # Errors
    /// A list that is not there, a place beyond its end, a key below something that is no table.
    pub(super) fn set(&self, table: &mut Table, value: &Value) -> Result<Vec<Vec<Step>>, String> {
        let mut done = Vec::new();
        self.walk(
            &self.parts,
            table,
            Vec::new(),
            &Change::Set(value),
            &mut done,
        )?;
        Ok(done)
    }

    /// Takes away what stands at the path.
    ///
    /// # Errors
    /// As for [`Self::set`], and where nothing stands there.
    pub(super) fn remove(&self, table: &mut Table) -> Result<(), String> {
        let mut done = Vec::new();
        self.walk(&self.parts, table, Vec::new(), &Change::Remove, &mut done)?;
        if done.is_empty() {
            return Err(format!("there is no `{}` to remove", quoted(&self.written)));
        }
        Ok(())
    }

    fn walk(
        &self,
        parts: &[Part],
        table: &mut Table,
        at: Vec<Step>,
        change: &Change<'_>,
        done: &mut Vec<Vec<Step>>,
    ) -> Result<(), String> {
        let Some((part, rest)) = parts.split_first() else {
            return Ok(());
        };
        let at = with(at, Step::Key(part.key.clone()));
        if part.place == Place::None {
            if rest.is_empty() {
                return self.leaf(table, &part.key, at, change, done);
            }
            if matches!(change, Change::Remove) && !table.contains_key(&part.key) {
                return Ok(());
            }
            let below = table
                .entry(part.key.clone())
                .or_insert_with(|| Value::Table(Table::new()));
            return match below {
                Value::Table(below) => self.walk(rest, below, at, change, done),
                Value::Array(_) => Err(format!(
                    "`{}`: `{}` is a list: write {}[1]",
                    quoted(&self.written),
                    quoted(&part.key),
                    quoted(&part.key)
                )),
                _ => Err(format!(
                    "`{}`: `{}` is no table",
                    quoted(&self.written),
                    quoted(&part.key)
                )),
            };
        }
        if part.place == Place::Append && matches!(change, Change::Set(_)) {
            table
                .entry(part.key.clone())
                .or_insert_with(|| Value::Array(Vec::new()));
        }
        let Some(Value::Array(list)) = table.get_mut(&part.key) else {
            return Err(format!(
                "`{}`: there is no list `{}` in the scenario",
                quoted(&self.written),
                quoted(&part.key)
            ));
        };
        let count = list.len();
        let places = match part.place {
            Place::None => return Ok(()),
            Place::Every => 0..count,
            Place::At(place) if place < count => place..place + 1,
            Place::At(place) => {
                return Err(format!(
                    "`{}`: there is no number {}; the list has {count}, and [+] adds one",
                    quoted(&self.written),
                    place + 1
                ));
            }
            Place::Append => {
                let Change::Set(value) = change else {
                    return Err(format!(
                        "`{}`: a new one cannot be removed",
                        quoted(&self.written)
                    ));
                };
                list.push((*value).clone());
                done.push(with(at, Step::Index(count)));
                return Ok(());
            }
        };
        if places.is_empty() {
            return Err(format!(
                "`{}`: the list `{}` is empty",
                quoted(&self.written),
                quoted(&part.key)
            ));
        }
        if rest.is_empty() {
            match change {
                Change::Set(value) => {
                    for place in places {
                        if let Some(element) = list.get_mut(place) {
                            *element = (*value).clone();
                            done.push(with(at.clone(), Step::Index(place)));
                        }
                    }
                }
                Change::Remove => {
                    done.push(at);
                    list.drain(places);
                }
            }
            if list.is_empty() {
                table.remove(&part.key);
            }
            return Ok(());
        }
        for place in places {
            let at = with(at.clone(), Step::Index(place));
            match list.get_mut(place) {
                Some(Value::Table(below)) => self.walk(rest, below, at, change, done)?,
                _ => {
                    return Err(format!(
                        "`{}`: number {} of `{}` is no table",
                        quoted(&self.written),
                        place + 1,
                        quoted(&part.key)
                    ));
                }
            }
        }
        Ok(())
    }

    fn leaf(
        &self,
        table: &mut Table,
        key: &str,
        at: Vec<Step>,
        change: &Change<'_>,
        done: &mut Vec<Vec<Step>>,
    ) -> Result<(), String> {
        match change {
            Change::Set(value) => {
                if let (Some(Value::Array(list)), false) = (table.get(key), value.is_array())
                    && list.iter().all(Value::is_table)
                    && !list.is_empty()
                {
                    return Err(format!(
                        "`{}`: `{}` is a list: write {}[1], or {}[+] for a new one",
                        quoted(&self.written),
                        quoted(key),
                        quoted(key),
                        quoted(key)
                    ));
                }
                table.insert(key.to_owned(), (*value).clone());
                done.push(at);
            }
            Change::Remove => {
                if table.remove(key).is_some() {
                    done.push(at);
                }
            }
        }
        Ok(())
    }
}

enum Change<'a> {
    Set(&'a Value),
    Remove,
}

fn with(mut at: Vec<Step>, step: Step) -> Vec<Step> {
    at.push(step);
    at
}

/// `sale[1]`: a key and a place in the list behind it.
fn part(piece: &str) -> Option<Part> {
    let (key, place) = match piece.split_once('[') {
        None => (piece, Place::None),
        Some((key, rest)) => {
            let place = match rest.strip_suffix(']')? {
                "*" => Place::Every,
                "+" => Place::Append,
                number => {
                    let digits = number.bytes().all(|byte| byte.is_ascii_digit());
                    let number: usize = number.parse().ok().filter(|_| digits)?;
                    Place::At(number.checked_sub(1)?)
                }
            };
            (key, place)
        }
    };
    let is_key = !key.is_empty()
        && key
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-');
    is_key.then(|| Part {
        key: key.to_owned(),
        place,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        "[exogenous.fed]\nrule = true\n[[exogenous.sale]]\ndays = 5\nknown = \"announced\"\n[[exogenous.sale]]\ndays = 9\n"
            .parse()
            .unwrap()
    }

    fn set(table: &mut Table, path: &str, value: impl Into<Value>) -> Result<usize, String> {
        Path::parse(path)?
            .set(table, &value.into())
            .map(|done| done.len())
    }

    #[test]
    fn values_are_set_where_the_path_says() {
        let mut t = table();
        assert_eq!(set(&mut t, "exogenous.sale[2].days", 21), Ok(1));
        assert_eq!(set(&mut t, "exogenous.fed.rule", false), Ok(1));
        assert_eq!(
            set(&mut t, "exogenous.dealers.capacity_relief_pct", 20),
            Ok(1)
        );
        let sales = t["exogenous"]["sale"].as_array().unwrap();
        assert_eq!(sales[0]["days"].as_integer(), Some(5));
        assert_eq!(sales[1]["days"].as_integer(), Some(21));
        assert_eq!(t["exogenous"]["fed"]["rule"].as_bool(), Some(false));
        assert_eq!(set(&mut t, "exogenous.sale[*].days", 2), Ok(2));
        let sale: Table = "seller = \"china\"".parse().unwrap();
        assert_eq!(set(&mut t, "exogenous.sale[+]", sale), Ok(1));
        assert_eq!(t["exogenous"]["sale"].as_array().unwrap().len(), 3);
    }

    #[test]
    fn things_are_taken_away_where_they_stand() {
        let mut t = table();
        let remove = |t: &mut Table, path: &str| Path::parse(path).and_then(|path| path.remove(t));
        assert_eq!(remove(&mut t, "exogenous.sale[*].known"), Ok(()));
        assert!(t["exogenous"]["sale"][0].get("known").is_none());
        assert!(
            remove(&mut t, "exogenous.sale[1].known")
                .unwrap_err()
                .contains("to remove")
        );
        assert!(remove(&mut t, "exogenous.threat").is_err());
        assert_eq!(remove(&mut t, "exogenous.sale[1]"), Ok(()));
        assert_eq!(t["exogenous"]["sale"].as_array().unwrap().len(), 1);
        assert_eq!(remove(&mut t, "exogenous.sale[1]"), Ok(()));
        assert!(
            t["exogenous"].get("sale").is_none(),
            "an empty list is none"
        );
    }

    #[test]
    fn paths_that_mean_nothing_are_refused_with_the_reason() {
        let mut t = table();
        for (path, reason) in [
            ("", "no path"),
            ("exogenous..sale", "no path"),
            ("exogenous.sale[0].days", "no path"),
            ("exogenous.sale[+1].days", "no path"),
            ("exogenous.sale[1", "no path"),
            ("exogenous.sale[+].days", "stands last"),
            ("exogenous.sale[3].days", "there is no number 3"),
            ("exogenous.sale.days", "is a list"),
            ("exogenous.sale", "is a list"),
            ("exogenous.fed.rule.on", "is no table"),
            ("holders[1].x", "no list"),
        ] {
            let said = set(&mut t, path, 1).unwrap_err();
            assert!(said.contains(reason), "{path}: {said}");
        }
    }
}

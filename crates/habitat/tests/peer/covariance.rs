//! The covariance of yield changes, from published par yields to the golden table.

use brandish_habitat::{BUCKETS, Sigma};

use crate::golden::{Difference, table, value};

const NAMES: [&str; BUCKETS] = [
    "3m", "9m", "18m", "30m", "4y", "6y", "8.5y", "12.5y", "17.5y", "22.5y", "27.5y",
];
const TENORS: [(&str, f64); 10] = [
    ("par_3m_pct", 0.25),
    ("par_6m_pct", 0.5),
    ("par_1y_pct", 1.0),
    ("par_2y_pct", 2.0),
    ("par_3y_pct", 3.0),
    ("par_5y_pct", 5.0),
    ("par_7y_pct", 7.0),
    ("par_10y_pct", 10.0),
    ("par_20y_pct", 20.0),
    ("par_30y_pct", 30.0),
];

fn check(sigma: &Sigma, family: &str) {
    let table = table();
    let mut entries = Difference::default();
    for i in 0..BUCKETS {
        for j in 0..BUCKETS {
            let golden = value(&table, "SIG", "", NAMES[i], NAMES[j]);
            entries.compare(family, sigma.matrix()[i][j] / golden, 1.0);
        }
    }
    // 12 printed digits, through logarithms and exponentials of distances below 1.4
    entries.check(family, 121, 1e-10);
    // the specification states .089
    assert!((sigma.largest_correlation_error().unwrap() - 0.089).abs() < 5e-4);
}

#[test]
fn from_published_par_yields() {
    let text = include_str!("../../../../snapshot/par_yields/data.csv");
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().unwrap().split(',').collect();
    let columns = TENORS.map(|(name, _)| header.iter().position(|column| *column == name).unwrap());
    let rows: Vec<Vec<f64>> = lines
        .filter(|line| ("2022-01-01".."2025-07-12").contains(&&line[..10]))
        .filter_map(|line| {
            let fields: Vec<&str> = line.split(',').collect();
            columns
                .iter()
                .map(|column| fields[*column].parse().ok())
                .collect()
        })
        .collect();
    let sigma = Sigma::from_par_yield_changes(&TENORS.map(|(_, years)| years), &rows).unwrap();
    assert_eq!(sigma.days(), Some(878));
    check(&sigma, "covariance from par yields");
}

#[test]
fn from_the_covariance_of_published_tenors() {
    let text = include_str!("../../../../goldens/peer/engine/tenor_covariance.csv");
    let rows: Vec<Vec<f64>> = text
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| {
            line.split(',')
                .map(|field| field.parse().unwrap())
                .collect()
        })
        .collect();
    let (tenors, covariance) = rows.split_first().unwrap();
    check(
        &Sigma::from_covariance(tenors, covariance).unwrap(),
        "covariance from that of tenors",
    );
}

#[test]
fn days_with_a_jump_are_left_out() {
    // three tenors that move together by 1 to 5 bp a day
    let mut rows: Vec<Vec<f64>> = Vec::new();
    for day in 0..100_u32 {
        let level = f64::from(day * 7 % 11) * 0.01;
        rows.push(vec![
            4.0 + level,
            4.2 + 1.1 * level,
            4.5 + 0.9 * level + f64::from(day % 3) * 0.005,
        ]);
    }
    let quiet = Sigma::from_par_yield_changes(&[2.0, 5.0, 10.0], &rows).unwrap();
    assert_eq!(quiet.days(), Some(99));
    // from day 50 on everything is 1 percentage point higher: one change is too large to be used
    for row in &mut rows[50..] {
        row.iter_mut().for_each(|yield_pct| *yield_pct += 1.0);
    }
    let jump = Sigma::from_par_yield_changes(&[2.0, 5.0, 10.0], &rows).unwrap();
    assert_eq!(jump.days(), Some(98));
    assert!((jump.matrix()[6][6] / quiet.matrix()[6][6] - 1.0).abs() < 0.1);
}

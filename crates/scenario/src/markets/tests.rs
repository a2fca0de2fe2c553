//! What the study says, and that it cannot see ahead.

use super::*;

fn study(as_of: &str) -> MarketStudy {
    let book = ParameterBook::shipped().unwrap();
    MarketStudy::on(&Snapshot::embedded(), as_of.parse().unwrap(), &book).unwrap()
}

#[test]
fn dbg_print() {
    for d in ["2025-05-01", "2026-09-30"] {
        let s = study(d);
        for m in &s.markets {
            println!(
                "{d} {:?} {:?} {} rec {} {:?}",
                m.estimate.market,
                m.estimate.regime,
                m.estimate.finding.words(),
                m.days_in_record,
                m.estimate.finding.fit().map(|f| (
                    f.response,
                    f.days,
                    f.without_one,
                    f.episodes.len()
                ))
            );
        }
        for i in &s.interventions {
            println!("{i:?}");
        }
        println!("{:?}", s.mortgage.as_ref().map(|m| &m.name));
    }
}

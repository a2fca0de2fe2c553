//! Words without sales: a threat of $300bn with a start hazard or a deadline, nothing ever sold.

use brandish_habitat::{OrderFlow, Solver, TEN_YEAR_BUCKET, Threat, ThreatKind, reference_mix};

use crate::golden::{Difference, YIELD_TOLERANCE_BP, market, parameters, table, value};

#[test]
fn threats_without_sales() {
    let (table, market) = (table(), market());
    let mut yields = Difference::default();
    for camp in ["S", "C", "F"] {
        let mut solver = Solver::new(&market, &parameters(&table, camp)).unwrap();
        for probability in [0.10, 0.25, 0.50, 1.00] {
            for (name, kind) in [
                (
                    "hazard",
                    ThreatKind::Hazard {
                        half_life_days: 21.0,
                    },
                ),
                ("deadline21", ThreatKind::Deadline { deadline_day: 21 }),
            ] {
                let threat = Threat {
                    amount_usd_bn: 300.0,
                    days: 63,
                    mix: reference_mix::JAPAN,
                    start_day: 0,
                    prior: 0.0,
                    probability,
                    kind,
                };
                let flow = OrderFlow {
                    horizon_days: 130,
                    threats: vec![threat],
                    ..OrderFlow::default()
                };
                let path = solver.clear(&flow).unwrap();
                let scenario = format!("threat300|{name}|p={probability:.2}");
                for day in [1, 6, 11, 22, 43, 64, 127] {
                    let golden = value(&table, &scenario, camp, &day.to_string(), "10y");
                    let ours = path.days[day - 1].yields_bp[TEN_YEAR_BUCKET];
                    yields.compare(&format!("{scenario} {camp} day {day}"), ours, golden);
                }
            }
        }
    }
    yields.check("threats", 168, YIELD_TOLERANCE_BP);
}

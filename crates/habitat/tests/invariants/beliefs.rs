//! Announcements, threats and assurances.

use brandish_habitat::{
    BUCKETS, Known, OrderFlow, Parameters, Threat, ThreatKind, execution_loss_first_order,
    reference_mix,
};

use crate::{CAMPS, camp_c, even, market, run, single, ten_year_peak};

#[test]
fn an_announced_sale_peaks_no_higher_than_a_silent_one_and_earlier() {
    for (camp, slope, risk_price) in CAMPS {
        for share in [0.0, 0.5] {
            let mut parameters = Parameters {
                forced: None,
                ..Parameters::central(slope, risk_price)
            };
            parameters.extrapolation.share = share;
            for (amount, days) in [(300.0, 63), (600.0, 21), (300.0, 252)] {
                let peak = |known| {
                    ten_year_peak(&run(
                        &parameters,
                        &even(amount, days, &reference_mix::JAPAN, known, days + 5),
                    ))
                };
                let (silent_day, silent) = peak(Known::Silent);
                let (announced_day, announced) = peak(Known::announced());
                assert!(
                    announced <= silent,
                    "{camp} {share} {amount}/{days}: {announced} above {silent}"
                );
                assert!(
                    announced_day <= silent_day,
                    "{camp} {share} {amount}/{days}"
                );
            }
        }
    }
}

#[test]
fn a_later_announcement_is_a_surprise_on_its_day() {
    let mut sales = vec![[0.0; BUCKETS]; 19];
    sales.extend(vec![reference_mix::JAPAN; 21]);
    let known = Known::Announced {
        announced_day: 10,
        credibility: 1.0,
    };
    let path = run(&camp_c(), &single(40, sales, known));
    assert!(
        path.days[..9]
            .iter()
            .all(|day| day.yields_bp == [0.0; BUCKETS])
    );
    assert!(path.days[9].yields_bp[6] > 0.5);
}

#[test]
fn credibility_scales_the_first_day() {
    let first = |credibility| {
        let known = Known::Announced {
            announced_day: 0,
            credibility,
        };
        let parameters = Parameters {
            capacity_curvature: 0.0,
            forced: None,
            ..camp_c()
        };
        let mut sales = vec![[0.0; BUCKETS]];
        sales.extend(vec![reference_mix::JAPAN; 21]);
        run(&parameters, &single(1, sales, known)).days[0].yields_bp[6]
    };
    // without capacity effects the market is linear in what is expected
    assert!((first(0.5) / first(1.0) - 0.5).abs() < 1e-12);
    assert_eq!(first(0.0), 0.0);
}

fn threat(prior: f64, probability: f64, kind: ThreatKind) -> OrderFlow {
    let threat = Threat {
        amount_usd_bn: 600.0,
        days: 21,
        mix: reference_mix::JAPAN,
        start_day: 0,
        prior,
        probability,
        kind,
    };
    OrderFlow {
        horizon_days: 60,
        threats: vec![threat],
        ..OrderFlow::default()
    }
}

#[test]
fn an_assurance_is_a_threat_with_its_sign_turned() {
    let parameters = Parameters {
        forced: None,
        ..camp_c()
    };
    let kinds = [
        ThreatKind::Deadline { deadline_day: 30 },
        ThreatKind::Hazard {
            half_life_days: 21.0,
        },
    ];
    for kind in kinds {
        let up = run(&parameters, &threat(0.1, 0.8, kind));
        let down = run(&parameters, &threat(0.8, 0.1, kind));
        assert!(up.days[0].yields_bp[6] > 5.0);
        for (up, down) in up.days.iter().zip(&down.days) {
            for i in 0..BUCKETS {
                // utilization counts risk, long or short, so the market is odd in the flow; Newton's tolerance
                assert!((up.yields_bp[i] + down.yields_bp[i]).abs() < 1e-8);
            }
        }
    }
}

#[test]
fn words_that_change_no_belief_move_nothing() {
    for kind in [
        ThreatKind::Deadline { deadline_day: 30 },
        ThreatKind::Hazard {
            half_life_days: 21.0,
        },
    ] {
        let path = run(&camp_c(), &threat(0.25, 0.25, kind));
        assert!(path.days.iter().all(|day| day.yields_bp == [0.0; BUCKETS]));
    }
}

#[test]
fn a_threat_fades_when_nothing_follows() {
    let path = run(
        &camp_c(),
        &threat(
            0.0,
            0.5,
            ThreatKind::Hazard {
                half_life_days: 21.0,
            },
        ),
    );
    let yields: Vec<f64> = path.bucket_yields_bp(6).collect();
    assert!(yields[0] > 5.0 && yields[59] < 0.5 * yields[0]);
    assert!(yields.windows(2).all(|pair| pair[1] < pair[0]));
}

/// Loss of a seller of $100bn around five years over 21 days who buys them back over the next 21, $bn.
fn round_trip(parameters: &Parameters, known: Known) -> f64 {
    let sale = reference_mix::FIVE_YEARS.map(|share| 100.0 / 21.0 * share);
    let mut sales = vec![sale; 21];
    sales.extend(vec![sale.map(|amount| -amount); 21]);
    sales.extend(vec![[0.0; BUCKETS]; 42]);
    let path = run(parameters, &single(84, sales.clone(), known));
    execution_loss_first_order(&market(), &path, &sales).bn()
}

#[test]
fn selling_and_buying_back_costs_the_seller() {
    let mut without_news = camp_c();
    without_news.extrapolation.share = 0.0;
    // the specification's numbers, printed with three decimals
    for (parameters, known, cost) in [
        (&without_news, Known::Silent, 0.118),
        (&camp_c(), Known::Silent, 0.158),
        (&camp_c(), Known::announced(), 0.130),
    ] {
        let loss = round_trip(parameters, known);
        assert!((loss - cost).abs() < 6e-4, "{loss} against {cost}");
    }
}

#[test]
fn a_bluff_can_pay() {
    // Not an invariant but a documented limit: beliefs are inputs, so who threatens $300bn (p = .5, deadline in 21
    // days), buys $100bn on the dip and sells it later gains $0.128bn. The game must discipline beliefs.
    let trade = reference_mix::FIVE_YEARS.map(|share| 100.0 / 21.0 * share);
    let mut sales = vec![[0.0; BUCKETS]; 84];
    for day in 1..22 {
        sales[day] = trade.map(|amount| -amount);
        sales[day + 41] = trade;
    }
    let mut flow = single(
        84,
        sales.clone(),
        Known::Announced {
            announced_day: 0,
            credibility: 0.0,
        },
    );
    flow.threats.push(Threat {
        amount_usd_bn: 300.0,
        days: 63,
        mix: reference_mix::JAPAN,
        start_day: 0,
        prior: 0.0,
        probability: 0.5,
        kind: ThreatKind::Deadline { deadline_day: 21 },
    });
    let path = run(&camp_c(), &flow);
    let loss = execution_loss_first_order(&market(), &path, &sales).bn();
    assert!((loss + 0.128).abs() < 6e-4, "{loss}");
}

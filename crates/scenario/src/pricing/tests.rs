//! Prices of 2025-05-01, files with everything wrong, curves of users.

use brandish_data::{SecurityKind, Snapshot};
use brandish_units::{BondYield, CleanPrice, Cusip, Date, DiscountRate, FaceUsd, Years};

use super::*;

fn day(curve: DayCurve<'_>) -> PricingDay {
    let as_of: Date = "2025-05-01".parse().unwrap();
    PricingDay::at(&Snapshot::embedded(), as_of, curve).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn everything_outstanding_has_a_price_or_a_reason() {
    let day = day(DayCurve::Treasury);
    assert_eq!(day.settlement().to_string(), "2025-05-02");
    let (rows, failures) = day.price_all();
    assert_eq!(rows.len() + failures.len(), day.cusips().count());
    for (cusip, error) in &failures {
        println!("{cusip}: {error}");
    }
    assert!(
        rows.len() > 420 && failures.len() < 20,
        "{} {}",
        rows.len(),
        failures.len()
    );
    for row in &rows {
        // Prices of a day with yields of 4%: coupons from 0.125% to 6.75%, TIPS times their index ratio.
        let real = row.dirty.per_100() / row.index_ratio.map_or(1.0, |ratio| ratio.ratio());
        assert!((30.0..160.0).contains(&real), "{row:?}");
        assert!(
            row.dv01.dollars() >= 0.0 && !row.convention.is_empty(),
            "{row:?}"
        );
        // Each measure gives its own price back.
        let given = match row.quotation {
            Quotation::Bill(rate, _) => Given::Discount(rate),
            Quotation::Yield(rate) => Given::Yield(rate),
            Quotation::Real(rate) => Given::Real(rate),
            Quotation::Margin(margin) => Given::Margin(margin),
        };
        for given in [given, Given::Clean(row.clean)] {
            let again = day.price(row.cusip, row.face, given).unwrap();
            assert!(
                (again.dirty.per_100() - row.dirty.per_100()).abs() < 1e-9,
                "{row:?}"
            );
        }
    }
    let sums = total(&rows);
    // Marketable debt of spring 2025: about $28.6 trillion of face, worth a little less.
    assert!(
        (25_000.0..31_000.0).contains(&sums.market_value.bn()),
        "{sums:?}"
    );
    for kind in SecurityKind::ALL {
        assert!(rows.iter().any(|row| row.kind == kind), "{kind}");
    }
}

#[test]
fn a_holders_file_names_every_mistake_by_line() {
    let day = day(DayCurve::Treasury);
    let note: Cusip = day
        .cusips()
        .find(|c| day.find(*c).is_some_and(|r| r.kind == SecurityKind::Note))
        .unwrap();
    let bond: Cusip = day
        .cusips()
        .find(|c| day.find(*c).is_some_and(|r| r.kind == SecurityKind::Bond))
        .unwrap();
    let text = format!(
        "cusip,face_usd\n# comment\n{note},1000000\n{note},5000\nXX,100\n{bond},-5\n9128273T7,100\n037833100,200\n{bond},150.5\n1,2,3\n{bond},many\n"
    );
    let found = Holdings::parse(&text, "mine.csv", &day).unwrap_err();
    let seen: Vec<(usize, &str)> = found.iter().map(|d| (d.origin.line, d.code)).collect();
    assert_eq!(
        seen,
        [
            (4, codes::TWICE),
            (5, codes::CELL),
            (6, codes::FACE),
            (7, codes::LIFE),
            (8, codes::UNKNOWN),
            (9, codes::FACE),
            (9, codes::TWICE),
            (10, codes::TABLE),
            (11, codes::FACE),
        ],
        "{found:#?}"
    );
    let too_much = Holdings::parse(
        &format!("cusip,face_usd_mn\n{note},250000000\n"),
        "mine.csv",
        &day,
    )
    .unwrap_err();
    assert!(too_much[0].message.contains("outstanding"), "{too_much:?}");
    let good = Holdings::parse(
        &format!("\u{feff}cusip,face_usd_mn\r\n\"{bond}\",2.5\r\n{note},1\r\n"),
        "mine.csv",
        &day,
    )
    .unwrap();
    assert_eq!(
        good.holdings.iter().map(|h| h.line).collect::<Vec<_>>(),
        [2, 3]
    );
    let (rows, failures) = day.price_holdings(&good);
    assert!(failures.is_empty());
    assert_eq!(
        rows.iter().map(|row| row.cusip).collect::<Vec<_>>(),
        [bond, note]
    );
    assert_eq!(rows[0].face, FaceUsd::from_mn(2.5));
}

#[test]
fn a_quote_in_anothers_measure_is_refused() {
    let day = day(DayCurve::Treasury);
    let bill = day
        .cusips()
        .find(|c| {
            day.find(*c).is_some_and(|r| {
                r.kind == SecurityKind::Bill && r.maturity > day.settlement().plus_days(20)
            })
        })
        .unwrap();
    let face = FaceUsd::from_mn(1.0);
    assert!(
        day.price(bill, face, Given::Yield(BondYield::from_percent(4.0)))
            .is_err()
    );
    assert!(
        day.price(bill, face, Given::Clean(CleanPrice::from_per_100(-1.0)))
            .is_err()
    );
    assert!(
        day.price(
            bill,
            face,
            Given::Discount(DiscountRate::from_percent(f64::NAN))
        )
        .is_err()
    );
    assert!(
        day.price(bill, face, Given::Discount(DiscountRate::from_percent(4.2)))
            .is_ok()
    );
}

#[test]
fn a_users_curve_is_read_and_used() {
    let par = CurveFile::parse(
        "# kind=par\ntenor,yield_pct\n3M,4.3\n2Y,3.7\n10Y,4.25\n30Y,4.74\n",
        "mine.csv",
        None,
    )
    .unwrap();
    let (rows, _) = day(DayCurve::File(&par)).price_all();
    assert!(rows.len() > 420);
    let zero = CurveFile::parse(
        "tenor,yield_pct\n0.5,4.3\n12,4.2\n",
        "mine.csv",
        Some(CurveKind::Zero),
    )
    .unwrap();
    assert_eq!(zero.range(), (Years(0.5), Years(12.0)));
    let wrong = "# kind=forward\nmaturity,rate\n10Y,4.2\n2Y,abc\n2Y,4.2\n2Y\n";
    let found = CurveFile::parse(wrong, "mine.csv", None).unwrap_err();
    let lines: Vec<usize> = found.iter().map(|d| d.origin.line).collect();
    assert_eq!(lines, [1, 2, 4, 5, 6, 1], "{found:#?}");
    assert!(
        CurveFile::parse(
            "# kind=par\ntenor,yield_pct\n2Y,4\n",
            "x",
            Some(CurveKind::Zero)
        )
        .is_err()
    );
    assert!(CurveFile::parse("tenor,yield_pct\n2Y,4\n", "x", None).is_err());
}

/// A face in two parts is worth the two parts, has their risk, and key rates sum to the curve's DV01, for every security.
#[test]
fn faces_add_up_and_key_rates_sum_for_every_security() {
    let day = day(DayCurve::Treasury);
    for cusip in day.cusips().collect::<Vec<_>>() {
        let at = |face: f64| day.price(cusip, FaceUsd::from_mn(face), Given::Curve);
        let (Ok(three), Ok(seven), Ok(ten)) = (at(3.0), at(7.0), at(10.0)) else {
            continue;
        };
        let parts = [three, seven];
        let sums = total(&parts);
        // Key rates are differences of prices near 100: a face of ten million carries 1e-14 x 1e7 of rounding in each.
        let close = |a: f64, b: f64| (a - b).abs() <= 1e-9 * a.abs() + 1e-5;
        assert!(
            close(sums.market_value.dollars(), ten.market_value.dollars()),
            "{cusip}"
        );
        assert!(
            close(sums.curve_dv01.dollars(), ten.curve_dv01.dollars()),
            "{cusip}"
        );
        assert!(
            close(
                sums.ten_year_equivalents.dollars(),
                ten.ten_year_equivalents.dollars()
            ),
            "{cusip}"
        );
        assert!(
            close(
                parts[0].dv01.dollars() + parts[1].dv01.dollars(),
                ten.dv01.dollars()
            ),
            "{cusip}"
        );
        let keys: f64 = ten.key_rates.iter().map(|dv01| dv01.dollars()).sum();
        assert!(close(keys, ten.curve_dv01.dollars()), "{cusip}");
        assert_eq!(ten.key_rates.len(), day.key_rate_points().len());
        // Near par a parallel move of par yields and one of the own yield are the same thing, to a few percent.
        if (ten.dirty.per_100() - 100.0).abs() < 3.0 && ten.kind == SecurityKind::Note {
            let ratio = ten.curve_dv01.dollars() / ten.dv01.dollars();
            assert!((ratio - 1.0).abs() < 0.05, "{cusip} {ratio}");
        }
    }
}

/// Parameters of 22 May 2013 as the Federal Reserve published them, given as a file, are the curve of the snapshot.
#[test]
fn svensson_parameters_are_a_users_curve_too() {
    let text = "# kind=svensson\nparameter,value\nbeta0_pct,2.88281344754589\nbeta1_pct,-2.72546352513666\n\
        beta2_pct,-566.120125203002\nbeta3_pct,567.381770509584\ntau1_years,5.27524267325587\ntau2_years,5.32094873327888\n";
    let file = CurveFile::parse(text, "fed.csv", None).unwrap();
    assert_eq!(
        CurveFile::parse(&file.to_text(), "fed.csv", None).unwrap(),
        file
    );
    let snapshot = Snapshot::embedded();
    let day: Date = "2013-05-22".parse().unwrap();
    let own = NamedCurve::of_day(&snapshot, day, DayCurve::File(&file)).unwrap();
    let fed = NamedCurve::of_day(&snapshot, day, DayCurve::FederalReserve).unwrap();
    for years in [0.25, 1.0, 5.0, 10.0, 30.0].map(Years) {
        assert_eq!(own.curve.zero_rate(years), fed.curve.zero_rate(years));
    }
    let wrong = text
        .replace("tau1_years,5.27524267325587", "tau3,5")
        .replace("beta1_pct,-2.7", "beta0_pct,-2.7");
    let found = CurveFile::parse(&wrong, "fed.csv", None).unwrap_err();
    let messages: Vec<&str> = found.iter().map(|d| d.message.as_str()).collect();
    assert!(
        messages.contains(&"beta0_pct stands twice") && messages.contains(&"tau1_years is missing"),
        "{messages:?}"
    );
    let negative = text.replace("tau1_years,5", "tau1_years,-5");
    let file = CurveFile::parse(&negative, "fed.csv", None).unwrap();
    let error = NamedCurve::of_day(&snapshot, day, DayCurve::File(&file)).unwrap_err();
    assert!(error.to_string().contains("tau1"), "{error}");
}

//! What the fuzz targets do with bytes: one function a reader.
//!
//! A finding is a panic, an overflow, a hang or unbounded memory; answers are not checked here beyond what must hold for any input: what
//! was accepted can be used, and a yield found for a price gives that price back. Text that is not UTF-8 is refused at the door,
//! so text readers see only what is. `make fuzz` runs every target for a while.

use std::sync::OnceLock;

use brandish_data::{Month, Snapshot};
use brandish_scenario::file::{Context, SHIPPED};
use brandish_scenario::outputs::Asked;
use brandish_scenario::pricing::lots::{Convention, LotRecord, LotsFile, price_lots};
use brandish_scenario::pricing::study::{Outstanding, PointGrid, QuotesFile, curve_points, fit};
use brandish_scenario::pricing::{
    CurveFile, CurveKind, DayCurve, Holdings, NamedCurve, PricingDay,
};
use brandish_scenario::sweep::GridFile;
use brandish_treasury::{
    Bill, BillTerms, CouponTerms, Frn, FrnIndexHistory, FrnIndexRate, FrnTerms, NominalCoupon,
    SecurityKind,
};
use brandish_units::{
    BondYield, CleanPrice, CouponRate, Cusip, Date, DirtyPrice, DiscountMargin, DiscountRate,
    InvestmentRate, Tenor,
};

fn as_of() -> Date {
    Date::from_ymd(2025, 5, 1).unwrap_or(Date::MIN)
}

fn snapshot() -> &'static Snapshot {
    static SNAPSHOT: OnceLock<Snapshot> = OnceLock::new();
    SNAPSHOT.get_or_init(Snapshot::embedded)
}

fn day() -> &'static PricingDay {
    static DAY: OnceLock<PricingDay> = OnceLock::new();
    DAY.get_or_init(
        || match PricingDay::at(snapshot(), as_of(), DayCurve::Treasury) {
            Ok(day) => day,
            Err(error) => panic!("the embedded day cannot be priced: {error}"),
        },
    )
}

/// Dates, months, identifiers, tenors, kinds.
pub fn words(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    if let Ok(date) = text.parse::<Date>() {
        assert_eq!(date.to_string().parse::<Date>(), Ok(date));
    }
    if let Ok(cusip) = text.parse::<Cusip>() {
        assert_eq!(cusip.to_string().parse::<Cusip>(), Ok(cusip));
    }
    if let Ok(tenor) = text.parse::<Tenor>() {
        assert_eq!(tenor.to_string().parse::<Tenor>(), Ok(tenor));
    }
    if let Ok(month) = text.parse::<Month>() {
        assert_eq!(month.to_string().parse::<Month>().ok(), Some(month));
    }
    let _ = text.parse::<SecurityKind>();
}

/// A holder's file.
pub fn holdings(bytes: &[u8]) {
    if let Ok(text) = std::str::from_utf8(bytes)
        && let Ok(holdings) = Holdings::parse(text, "fuzz.csv", day())
    {
        let (rows, failures) = day().price_holdings(&holdings);
        assert_eq!(rows.len() + failures.len(), holdings.holdings.len());
    }
}

/// A user's curve.
pub fn curve_file(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    for kind in [None, Some(CurveKind::Par), Some(CurveKind::Zero)] {
        if let Ok(file) = CurveFile::parse(text, "fuzz.csv", kind)
            && let Ok(named) = NamedCurve::of_day(snapshot(), as_of(), DayCurve::File(&file))
        {
            let _ = curve_points(&named, PointGrid::HalfYears);
        }
    }
}

/// Lots by their terms.
pub fn lots(bytes: &[u8]) {
    static RECORD: OnceLock<LotRecord<'static>> = OnceLock::new();
    let record = RECORD.get_or_init(|| match LotRecord::read(snapshot()) {
        Ok(record) => record,
        Err(error) => panic!("the embedded record cannot be read: {error}"),
    });
    if let Ok(text) = std::str::from_utf8(bytes)
        && let Ok(file) = LotsFile::parse(text, "fuzz.csv")
    {
        for convention in [Convention::Auction, Convention::Street] {
            assert_eq!(price_lots(&file, record, convention).len(), file.lots.len());
        }
    }
}

/// Prices to fit.
pub fn prices(bytes: &[u8]) {
    static DAY: OnceLock<(Outstanding, NamedCurve)> = OnceLock::new();
    let (outstanding, curve) = DAY.get_or_init(|| {
        let outstanding = Outstanding::on(snapshot(), as_of());
        let curve = NamedCurve::of_day(snapshot(), as_of(), DayCurve::Treasury);
        match (outstanding, curve) {
            (Ok(outstanding), Ok(curve)) => (outstanding, curve),
            (Err(error), _) | (_, Err(error)) => panic!("the embedded day cannot be used: {error}"),
        }
    });
    if let Ok(text) = std::str::from_utf8(bytes)
        && let Ok(quotes) = QuotesFile::parse(text, "fuzz.csv", outstanding)
    {
        let _ = fit(quotes, curve);
    }
}

/// A scenario file.
pub fn scenario(bytes: &[u8]) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        let _ = brandish_scenario::file::ScenarioFile::parse(text, "fuzz.toml");
        let _ = brandish_scenario::file::Portfolio::parse(text, "fuzz.csv");
    }
}

/// A grid file: read, then every cell put together from a shipped base and checked.
pub fn grid(bytes: &[u8]) {
    static HOLDERS: OnceLock<Vec<String>> = OnceLock::new();
    let names = HOLDERS.get_or_init(|| match brandish_scenario::holder_names(snapshot()) {
        Ok(names) => names,
        Err(error) => panic!("the embedded holders cannot be read: {error}"),
    });
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    for line in text.lines() {
        let _ = Asked::parse(line);
    }
    let (Ok(grid), Some(base)) = (GridFile::parse(text, "fuzz.toml"), SHIPPED.first()) else {
        return;
    };
    let holders: Vec<&str> = names.iter().map(String::as_str).collect();
    let context = Context {
        holders: &holders,
        currencies: &["JPY"],
        first_date: brandish_scenario::first_day(),
        last_date: as_of(),
        why_not: &|_| None,
        read_portfolio: &|path| Err(format!("{path} is not there")),
    };
    if let Ok((grid, _)) = grid.check(base.toml, &context) {
        let cells: usize = grid.axes.iter().map(|axis| axis.values.len()).product();
        assert_eq!(cells, grid.cells.len());
    }
}

/// The long table as CSV.
pub fn long_table(bytes: &[u8]) {
    if let Ok(table) = brandish_report::read_csv(bytes) {
        let mut again = Vec::new();
        let _ = brandish_report::write_csv(&table, &mut again);
    }
}

/// Terms, rates and prices of any bits.
pub fn numbers(bytes: &[u8]) {
    let mut words = bytes.chunks_exact(8).map(|eight| {
        let mut word = [0; 8];
        word.copy_from_slice(eight);
        u64::from_le_bytes(word)
    });
    let mut next = || words.next().unwrap_or(0);
    let (start, days, late) = (next(), next(), next());
    let date = |days: u64| Date::from_days((days % 40_000) as i32).unwrap_or(Date::EPOCH);
    let issue = date(start);
    let maturity = issue.plus_days((days % 15_000) as i32);
    let settlement = issue.plus_days((late % 15_000) as i32);
    let (coupon, rate, price) = (
        f64::from_bits(next()),
        f64::from_bits(next()),
        f64::from_bits(next()),
    );
    let Ok(cusip) = "912810RN0".parse::<Cusip>() else {
        return;
    };
    let terms = CouponTerms {
        cusip,
        coupon: CouponRate::from_percent(coupon),
        issue,
        dated: None,
        first_interest: (next() % 2 == 1).then(|| date(next())),
        maturity,
    };
    if let Ok(security) = NominalCoupon::new(terms) {
        let _ = security.auction_price_from_yield(BondYield::from_percent(rate), settlement);
        let _ = security.auction_yield_from_price(CleanPrice::from_per_100(price), settlement);
        let _ = security.risk_at_street_yield(BondYield::from_percent(rate), settlement);
        let dirty = DirtyPrice::from_per_100(price);
        if let Ok(found) = security.street_yield_from_dirty_price(dirty, settlement)
            && (1.0..1e4).contains(&price)
            && coupon < 100.0
        {
            // Never a silently wrong root.
            match security.street_dirty_price_from_yield(found, settlement) {
                Ok(again) => assert!(
                    (again.per_100() / price - 1.0).abs() < 1e-9,
                    "{found} {again}"
                ),
                Err(error) => panic!("{price} gives {found}, which {error}"),
            }
        }
    }
    if let Ok(bill) = Bill::new(BillTerms {
        cusip,
        issue,
        maturity,
    }) {
        let _ = bill.price_from_discount_rate(DiscountRate::from_percent(rate), settlement);
        let _ = bill.price_from_investment_rate(InvestmentRate::from_percent(rate), settlement);
        let _ = bill.investment_rate_from_price(CleanPrice::from_per_100(price), settlement);
    }
    if let Ok(frn) = Frn::new(FrnTerms {
        cusip,
        spread: DiscountMargin::from_percent(coupon),
        issue,
        dated: None,
        maturity,
    }) && let Ok(index) = FrnIndexHistory::from_rates(vec![(
        issue.plus_days(-200),
        FrnIndexRate::from_percent(rate),
    )]) {
        let margin = DiscountMargin::from_percent(coupon);
        let _ = frn.street_price_from_discount_margin(margin, settlement, &index);
        let _ = frn.street_discount_margin_from_clean_price(
            CleanPrice::from_per_100(price),
            settlement,
            &index,
        );
    }
}

//! Files that are right: what they mean, that they print back the same, that the shipped ones are among them.

use brandish_effects::taxpayer::Refinancing;
use brandish_units::Usd;

use super::super::codes::{EMPTY_WORDS, NOTHING_EXOGENOUS, UNUSED_HOLDER};
use super::super::{
    BUCKET_CENTERS_YEARS, BucketShares, CampName, Cap, Conversion, FedRule, HoldingMix, Known, Mix,
    Probability, Proceeds, Profile, SHIPPED, Share, Shipped, ThreatTiming, diff,
};
use super::{VALID, accepted, changed, date};

#[test]
fn defaults_are_those_of_the_format() {
    let scenario = accepted(VALID).scenario;
    let sale = &scenario.sales[0];
    assert_eq!(scenario.as_of, date("2025-05-01"));
    assert_eq!(
        (sale.amount, sale.days, sale.start_day, sale.end_day()),
        (Usd::from_bn(300.0), 63, 1, 63)
    );
    assert_eq!(
        (&sale.profile, &sale.mix, sale.cap),
        (&Profile::Even, &Mix::SurveyOfficial, Cap::Official)
    );
    assert_eq!(
        sale.known,
        Known::Announced {
            day: 0,
            credibility: Probability::new(1.0).unwrap()
        }
    );
    assert_eq!(scenario.proceeds, Proceeds::Deposits);
    assert_eq!(
        scenario.fed,
        FedRule::On {
            credibility: Probability::new(0.5).unwrap()
        }
    );
    assert_eq!(scenario.treasury.buybacks_per_week, Usd::ZERO);
    assert_eq!(scenario.dealers.capacity_relief.factor(), 1.0);
    assert_eq!(
        scenario.assumptions.camps,
        [CampName::S, CampName::C, CampName::F]
    );
    assert_eq!(scenario.assumptions.stress_camps, [CampName::X]);
    assert_eq!(
        (scenario.assumptions.draws, scenario.assumptions.seed),
        (10, 20_250_502)
    );
}

#[test]
fn every_key_is_read() {
    let text = r#"
schema = 1
name = "all-keys"
title = "All keys"
as_of = 2025-05-01
idea = """two
lines"""
horizon_days = 300
[[exogenous.sale]]
seller = "atlantis"
amount_usd_bn = 0.1
days = 2
start_day = 5
profile = [0.25, 0.75]
mix = { "0.25" = 0.1, "4" = 0.9 }
known = "announced"
announced_day = 3
credibility = 0.7
cap = "all"
[[exogenous.sale]]
seller = "atlantis"
amount_usd_bn = -2.5
days = 3
start_day = 6
profile = "back-loaded"
mix = { file = "good.csv" }
known = "silent"
overlaps = true
[exogenous.threat]
seller = "japan"
amount_usd_bn = 300
days = 63
mix = "shortest-first"
cap = "all"
prior = 0.02
probability = 0.25
deadline_day = 42
[exogenous.proceeds]
to = "euro"
converted_share = 0.5
[exogenous.fed]
rule = false
[exogenous.treasury]
buybacks_usd_bn_per_week = 4
bill_share_of_new_issuance = 0.4
refinancing = "issuance-mix"
[exogenous.dealers]
capacity_relief_pct = 20
[holders.atlantis]
holdings_usd_bn = 50
official_usd_bn = 20
mix = { "27.5" = 1 }
currency = "EUR"
[assumptions]
camps = ["F", "S"]
stress_camps = []
draws = 100000
seed = 9223372036854775807
"#;
    let checked = accepted(text);
    assert!(checked.warnings.is_empty());
    let scenario = checked.scenario;
    assert_eq!(scenario.idea.as_deref(), Some("two\nlines"));
    let [first, second] = scenario.sales.as_slice() else {
        panic!("two sales")
    };
    assert_eq!(first.profile, Profile::Shares(vec![0.25, 0.75]));
    let mut shares = [0.0; 11];
    shares[0] = 0.1;
    shares[4] = 0.9;
    assert_eq!(first.mix, Mix::Buckets(BucketShares::new(shares).unwrap()));
    assert_eq!(
        first.known,
        Known::Announced {
            day: 3,
            credibility: Probability::new(0.7).unwrap()
        }
    );
    assert_eq!(
        (first.cap, first.origin.amount.line, first.origin.cap.line),
        (Cap::All, 11, 19)
    );
    assert_eq!(
        (second.amount, second.overlaps, second.origin.table.line),
        (Usd::from_bn(-2.5), true, 20)
    );
    let Mix::Portfolio(portfolio) = &second.mix else {
        panic!("a portfolio")
    };
    assert_eq!(portfolio.lots.len(), 2);
    let threat = scenario.threat.as_ref().unwrap();
    assert_eq!(
        (&threat.mix, threat.cap, threat.timing),
        (
            &Mix::ShortestFirst,
            Cap::All,
            ThreatTiming::Deadline { day: 42 }
        )
    );
    assert_eq!(
        scenario.proceeds,
        Proceeds::Converted {
            into: Conversion::Euro,
            converted: Share::new(0.5).unwrap()
        }
    );
    assert_eq!(scenario.fed, FedRule::Off);
    assert_eq!(scenario.treasury.buybacks_per_week, Usd::from_bn(4.0));
    assert_eq!(
        scenario.treasury.bill_share_of_new_issuance,
        Share::new(0.4)
    );
    assert_eq!(scenario.treasury.refinancing, Refinancing::IssuanceMix);
    assert_eq!(scenario.dealers.capacity_relief.factor(), 1.2);
    let holder = scenario.holders.values().next().unwrap();
    assert!(matches!(holder.mix, HoldingMix::Buckets(_)));
    assert_eq!(
        (holder.official, holder.currency.to_string()),
        (Usd::from_bn(20.0), "EUR".to_owned())
    );
    assert_eq!(scenario.assumptions.camps, [CampName::S, CampName::F]);
    assert_eq!(scenario.assumptions.seed, u64::try_from(i64::MAX).unwrap());
    assert!(scenario.to_toml().contains("# 912810RB6 2000000.0\n"));
    round_trip(text);
}

#[test]
fn warnings_let_the_scenario_through() {
    let no_sale = VALID.replace("[[exogenous.sale]]\nseller = \"japan\"\namount_usd_bn = 300\ndays = 63\nknown = \"announced\"\n", "");
    assert_eq!(accepted(&no_sale).warnings[0].code, NOTHING_EXOGENOUS);
    let unused = format!("{VALID}[holders.atlantis]\nholdings_usd_bn = 1\nofficial_usd_bn = 0\n");
    assert_eq!(accepted(&unused).warnings[0].code, UNUSED_HOLDER);
    let empty = format!(
        "{VALID}[exogenous.threat]\nseller = \"china\"\namount_usd_bn = 1\ndays = 1\nprior = 0.1\nprobability = 0.1\n"
    );
    assert_eq!(accepted(&empty).warnings[0].code, EMPTY_WORDS);
}

/// A printed scenario is a valid file that prints the same again.
#[track_caller]
fn round_trip(text: &str) {
    let first = accepted(text).scenario;
    let printed = first.to_toml();
    let second = accepted(&printed).scenario;
    assert_eq!(second.to_toml(), printed);
    assert!(diff(&first, &second).is_empty());
}

#[test]
fn printing_keeps_every_amount() {
    for amount in [
        "300",
        "0.1",
        "62.3",
        "942.999999",
        "-0.001",
        "1e3",
        "0.30000000000000004",
        "1_234.5",
    ] {
        round_trip(&changed("300", amount));
        let scenario = accepted(&changed("300", amount)).scenario;
        let written: f64 = amount.replace('_', "").parse().unwrap();
        assert_eq!(scenario.sales[0].amount, Usd::from_bn(written));
    }
    assert!(
        accepted(&changed("300", "62.3"))
            .scenario
            .to_toml()
            .contains("amount_usd_bn = 62.3\n")
    );
}

#[test]
fn profiles_spread_the_whole_amount() {
    for profile in ["\"even\"", "\"front-loaded\"", "\"back-loaded\""] {
        let scenario = accepted(&changed("known", &format!("profile = {profile}\nknown"))).scenario;
        let daily = scenario.sales[0].daily_amounts();
        assert_eq!(daily.len(), 63);
        let total: Usd = daily.into_iter().sum();
        // 63 additions of doubles: an ulp each at most
        assert!((total.bn() - 300.0).abs() < 63.0 * 300.0 * f64::EPSILON);
    }
    let weights = Profile::FrontLoaded.daily_shares(3);
    assert_eq!(weights, [3.0 / 6.0, 2.0 / 6.0, 1.0 / 6.0]);
    assert_eq!(
        Profile::BackLoaded.daily_shares(3),
        [1.0 / 6.0, 2.0 / 6.0, 3.0 / 6.0]
    );
}

#[test]
fn differences_name_the_field() {
    let left = accepted(VALID).scenario;
    let right = accepted(&changed(
        "known = \"announced\"",
        "known = \"silent\"\nstart_day = 4",
    ))
    .scenario;
    let paths: Vec<String> = diff(&left, &right).into_iter().map(|d| d.path).collect();
    let sale = ["start_day", "known", "announced_day", "credibility"]
        .map(|key| format!("exogenous.sale[1].{key}"));
    assert_eq!(paths, sale);
}

#[test]
fn shipped_scenarios_are_accepted_without_a_word() {
    for shipped in SHIPPED {
        let checked = accepted(shipped.toml);
        assert!(checked.warnings.is_empty(), "{}", shipped.name);
        assert_eq!(checked.scenario.name.as_str(), shipped.name);
        assert_eq!(checked.scenario.assumptions.draws, 100);
        assert!(
            shipped.readme.starts_with(&format!("# {}: ", shipped.name)),
            "{}",
            shipped.name
        );
        for part in [
            "**Question.**",
            "**Where the idea comes from.**",
            "**Exogenous**",
            "**Assumed**",
            "**What it is not.**",
        ] {
            assert!(
                shipped.readme.contains(part),
                "{} lacks {part}",
                shipped.name
            );
        }
        round_trip(shipped.toml);
    }
    assert_eq!(Shipped::nearest_name("japan-crad"), Some("japan-card"));
    assert!(
        Shipped::find("japan-card")
            .is_some_and(|card| card.file_name() == "scenarios/japan-card/scenario.toml")
    );
}

#[test]
fn silent_differs_from_the_card_only_in_what_is_known() {
    let scenario = |name: &str| accepted(Shipped::find(name).unwrap().toml).scenario;
    let differences = diff(&scenario("japan-card"), &scenario("japan-silent"));
    let paths: Vec<&str> = differences.iter().map(|d| d.path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "name",
            "title",
            "idea",
            "exogenous.sale[1].known",
            "exogenous.sale[1].announced_day",
            "exogenous.sale[1].credibility"
        ]
    );
}

#[test]
fn bucket_names_are_the_centers() {
    for (index, center) in BUCKET_CENTERS_YEARS.iter().enumerate() {
        assert_eq!(
            super::super::value::bucket_index(&center.to_string()),
            Some(index)
        );
    }
}

/// A holder with maturities of his own sells as he holds; only who says so sells by the survey.
#[test]
fn a_holder_with_maturities_of_his_own_sells_what_he_has() {
    let text = |mix: &str, holding: &str| {
        format!(
            "schema = 1\nname = \"own\"\ntitle = \"own\"\nas_of = 2025-05-01\n\
             [[exogenous.sale]]\nseller = \"fund\"\namount_usd_bn = 2\ndays = 5\nknown = \"silent\"\n{mix}\
             [holders.fund]\nholdings_usd_bn = 10\nofficial_usd_bn = 10\n{holding}"
        )
    };
    let own = "mix = { \"2.5\" = 0.5, \"6\" = 0.5 }\n";
    let said = "mix = \"survey-official\"\n";
    for (mix, holding, expected) in [
        ("", own, Mix::ProRata),
        (said, own, Mix::SurveyOfficial),
        ("", "", Mix::SurveyOfficial),
    ] {
        let scenario = accepted(&text(mix, holding)).scenario;
        assert_eq!(scenario.sales[0].mix, expected);
        // the printed file says which
        assert_eq!(
            accepted(&scenario.to_toml()).scenario.sales[0].mix,
            expected
        );
    }
}

//! Changes, flows and levels; owners, times and spoken numbers: sentences that the record may bear out, and may refute only if they establish it.
//!
//! Expected verdicts come from the published tables: TIC of February and March 2024 (levels and net purchases), H.4.1 of spring 2023,
//! par yields of March 2023, the ministry's interventions of autumn 2022, the recorded remarks of April and May 2025. Beside every true number stands a
//! false one, or one whose owner, time or kind is left open. None of the sentences stands in another text of the tests.

use super::refuted::all;

// End of February and March 2024 in billions: South Korea 118.2 and 115.0, Norway 141.3 and 151.9, Ireland 341.2 and 340.7.
#[test]
fn an_apposed_fall_is_the_difference_of_the_two_levels() {
    all(
        "Published 28 May 2024\n\nSouth Korea's Treasury holdings stood at $115 billion in March, against $118.2 billion in February, a fall of $3.2 billion.\n\n\
         Norway's Treasury holdings stood at $151.9 billion in March, up from $141.3 billion in February, a rise of $31 billion.\n",
        &[("3.2", "supported"), ("$31 billion", "contradicted")],
    );
}

// Net purchases of March 2024 in billions: Taiwan +2.9 (long-term +3.3), Ireland -2.6, South Korea -5.3 (long-term -6.0), Norway +10.8.
#[test]
fn sales_and_purchases_are_no_levels() {
    all(
        "Published 28 May 2024\n\nNet purchases of Treasuries by Taiwanese residents were $2.9 billion in March.\n\n\
         Net sales of Treasuries booked to Ireland came to $2.6 billion in March.\n\n\
         Net sales of Treasuries booked to Norway came to $44 billion in March.\n\n\
         South Korean investors were net sellers of $5.3 billion of Treasuries in March.\n",
        &[
            ("2.9", "supported"),
            ("2.6", "supported"),
            ("$44 billion", "contradicted"),
            ("5.3", "supported"),
        ],
    );
}

#[test]
fn a_flow_without_its_month_is_borne_out_and_never_refuted() {
    all(
        "Published 28 May 2024\n\nNet sales of Treasuries by Korean residents were $6 billion, of longer maturities.\n\n\
         Net sales of Treasuries by Irish residents were $71 billion.\n",
        &[
            ("$6 billion", "supported"),
            ("$71 billion", "not enough data"),
        ],
    );
}

#[test]
fn what_was_sold_in_the_month_is_of_the_month_that_the_paragraph_speaks_of() {
    all(
        "Published 28 May 2024\n\nIreland held $340.7 billion of Treasuries in March. That is more than the $245.1 billion of October 2022. Net sales of Treasuries in the month came to $2.6 billion.\n",
        &[("2.6", "supported")],
    );
}

#[test]
fn a_level_after_sales_is_a_level_and_a_lead_is_none() {
    all(
        "Published 28 May 2024\n\nAfter weeks of selling Ireland's Treasury holdings were $340.7 billion in March.\n\n\
         Canada is ahead of Luxembourg among the owners of Treasuries by $61 billion.\n\n\
         Canada reported a drop in net sales of Treasuries of $77 billion in March.\n",
        &[
            ("340.7", "supported"),
            ("$61 billion", "not enough data"),
            ("$77 billion", "not enough data"),
        ],
    );
}

#[test]
fn a_number_behind_by_is_never_a_level() {
    all(
        "Published 28 May 2024\n\nNorway was heavier in Treasuries in March, by $10.5 billion.\n\nLuxembourg was lighter in Treasuries in March, by $90 billion.\n",
        // Luxembourg: 355.8 and 366.2.
        &[("10.5", "supported"), ("$90 billion", "contradicted")],
    );
}

// End of March 2024: all foreigners 8,107.9, official 3,816.9, private 4,291.0.
#[test]
fn governments_and_investors_abroad_are_groups() {
    all(
        "Published 28 May 2024\n\nGovernments abroad held $3.82 trillion of Treasuries in March.\n\n\
         Private investors abroad held $4.29 trillion of Treasuries in March.\n\n\
         Foreigners held $8.11 trillion of Treasuries in March. Official institutions sold $90 billion of Treasuries in March.\n",
        &[
            ("3.82", "supported"),
            ("4.29", "supported"),
            ("$90 billion", "not enough data"),
        ],
    );
    all(
        "Published 28 May 2024\n\nOfficial and private investors abroad together held $8.11 trillion of Treasuries in March.\n",
        &[("8.11", "supported")],
    );
}

#[test]
fn a_time_in_a_relative_clause_or_a_comparison_is_not_the_levels() {
    all(
        "Published 28 May 2024\n\nLuxembourg, which passed Ireland in June 2019, had $366.2 billion of Treasuries.\n\n\
         Norway's stock of Treasuries, at $151.9 billion, is more than twice what it was in 2018.\n",
        &[("366.2", "supported"), ("151.9", "supported")],
    );
}

// H.4.1: 2,976.3 on 31 May 2023, 2,882.5 on 29 March 2023.
#[test]
fn it_was_goes_on_about_custody() {
    all(
        "Published 2 June 2023\n\nThe New York Fed was keeping $2.976 trillion of Treasuries for foreign governments on Wednesday. In late March it was $2.88 trillion.\n\n\
         The New York Fed was keeping $2.976 trillion of Treasuries for foreign governments on Wednesday. Two years ago it was $1.1 trillion.\n",
        &[
            ("2.976", "supported"),
            ("2.88", "supported"),
            ("$1.1 trillion", "not enough data"),
        ],
    );
}

// Ten-year: 3.48 on 31 March 2023; two-year: 5.05 on 8 March 2023, its highest since 2006; the ten-year was between 3.39 and 4.08 in March.
#[test]
fn a_close_of_weeks_ago_or_of_a_month_is_not_todays() {
    all(
        "Published 31 March 2023\n\nThe ten-year Treasury yield closed at three point four eight percent today.\n\n\
         It is three weeks since the two-year Treasury yield closed at 5.05 percent, its highest close since 2006. The 30-year Treasury yield stood at 3.88 percent that day.\n\n\
         In February the ten-year Treasury yield stood at 3.92 percent. In February the ten-year Treasury yield stood at 6.4 percent.\n",
        &[
            ("three point four eight", "supported"),
            ("5.05", "not enough data"),
            ("3.88", "not enough data"),
            ("3.92", "supported"),
            ("6.4", "contradicted"),
        ],
    );
}

// Billions of yen: 2,838.2 on 22 September, 5,620.2 on 21 October, 729.6 on 24 October 2022.
#[test]
fn times_joined_by_and_are_added_up() {
    all(
        "Published 10 February 2023\n\nIn September and October Japan spent 9.2 trillion yen on intervention in the currency market.\n\n\
         October 21 and 24 cost 6.35 trillion yen of intervention together.\n\n\
         On October 21 and 24 Japan spent 12 trillion yen on intervention together.\n",
        &[
            ("9.2", "supported"),
            ("6.35", "supported"),
            ("12 trillion", "contradicted"),
        ],
    );
}

// Belgium was fourth in March 2023 and seventh in March 2024; France was never third.
#[test]
fn still_tells_an_older_rank() {
    all(
        "Published 28 May 2024\n\nBelgium is still the fourth-largest foreign holder of Treasuries.\n",
        &[("fourth", "outdated")],
    );
    all(
        "Published 28 May 2024\n\nBelgium is the fourth-largest foreign holder of Treasuries.\n\nFrance is still the third-largest foreign holder of Treasuries.\n",
        &[("fourth", "contradicted"), ("third", "contradicted")],
    );
}

// Ireland held 245.1 in October 2022 (within two years) and 330.0 in November 2021.
#[test]
fn still_tells_an_older_number() {
    all(
        "Published 28 May 2024\n\nBlogs still say that Belgium has $255.6 billion of Treasuries.\n\nSweden is different. Norway has $88.8 billion of Treasuries.\n",
        // Belgium: 255.6 in April 2022, 25 months before; Norway was below 91 last in 2019.
        &[("255.6", "outdated"), ("88.8", "contradicted")],
    );
}

#[test]
fn hearsay_of_now_is_not_refuted_by_other_months() {
    all(
        "Published 10 April 2024\n\nRumor has it that Norway is dumping Treasuries.\n",
        &[("Rumor has it", "not enough data")],
    );
}

#[test]
fn a_promise_is_not_borne_out_by_another_remark() {
    all(
        "Published 6 May 2025\n\nFinance Minister Katsunobu Kato announced on television that Japan would sell its Treasuries if the tariffs stayed.\n",
        &[("announced on television", "not enough data")],
    );
    all(
        "Published 15 April 2025\n\nScott Bessent admitted that sovereigns had been dumping bonds in the selloff.\n",
        &[("admitted", "not enough data")],
    );
}

#[test]
fn a_vow_is_not_borne_out_by_the_deed_it_excludes() {
    all(
        "Published 20 April 2025\n\nDonald Trump vowed that he would never pause the tariffs.\n",
        &[("vowed", "not enough data")],
    );
}

// Luxembourg and Ireland: 366.2 and 340.7; Luxembourg's valuation of the month 4.1, net purchases 7.2; flows of all maturities begin in 2020.
#[test]
fn differences_parts_and_valuations_are_left_open() {
    all(
        "Published 28 May 2024\n\nIn Treasuries the gap between Ireland and Luxembourg was $25.6 billion.\n\n\
         The valuation gain on Luxembourg's Treasuries came to $4.1 billion in March.\n\n\
         Net purchases of Treasuries by Luxembourg residents totaled $7.2 billion in March, $3.5 billion of it in bonds.\n\n\
         Since 1999 Luxembourg has bought $650 billion of Treasuries.\n",
        &[
            ("25.6", "not enough data"),
            ("4.1", "not enough data"),
            ("7.2", "supported"),
            ("3.5", "not enough data"),
            ("$650 billion", "not enough data"),
        ],
    );
}

// Two-year: 5.05 on 8 March, 3.76 on 24 March 2023.
#[test]
fn the_day_of_a_month_named_before_and_the_time_of_another_event() {
    all(
        "Published 31 March 2023\n\nThe two-year Treasury yield closed at 5.05 percent on March 8 and at 3.76 percent on the 24th.\n\n\
         When the bank failed the two-year Treasury yield fell to 4.6 percent.\n",
        &[("3.76", "supported"), ("4.6", "not enough data")],
    );
}

// Canada: 351.3, 365.3, 369.4 at the ends of January to March 2024; Switzerland 286.7, Belgium 317.2, Norway 151.9.
#[test]
fn sums_of_several_plans_and_bounds_are_no_levels_of_one() {
    all(
        "Published 28 May 2024\n\nCanada's holdings of Treasuries rose after an increase of $14 billion in February.\n\n\
         Together Switzerland and Belgium own $603.9 billion of Treasuries.\n\n\
         Norway could sell $77 billion of Treasuries.\n\n\
         Irish residents put $63 billion into Treasuries.\n\n\
         Norway has a small part of the $8.11 trillion of Treasuries in foreign hands.\n\n\
         Belgium's Treasury holdings fell below $320 billion in March. Luxembourg's Treasury holdings fell below $250 billion in March.\n",
        &[
            ("$14 billion", "supported"),
            ("603.9", "not enough data"),
            ("$77 billion", "not enough data"),
            ("$63 billion", "not enough data"),
            ("8.11", "supported"),
            ("$320 billion", "supported"),
            ("$250 billion", "contradicted"),
        ],
    );
}

// 30-year: 3.67 on 31 March 2023, 3.74 the day before; S&P 500 within the windows of the record only.
#[test]
fn a_bound_is_exact_and_a_stretch_within_a_month_is_open() {
    all(
        "Published 31 March 2023\n\nThe 30-year Treasury yield closed above four percent on March 31. The two-year Treasury yield closed above four percent on March 31.\n",
        &[
            ("30-year Treasury yield closed", "contradicted"),
            ("two-year Treasury yield closed", "supported"),
        ],
    );
    all(
        "Published 20 May 2025\n\nThe S&P 500 fell 12 percent in four days in April.\n",
        &[("12 percent", "not enough data")],
    );
}

#[test]
fn a_surname_with_its_title_is_the_person_of_the_tables() {
    all(
        "Published 10 April 2025\n\nMr Trump said: “People were getting a little queasy.”\n",
        &[("queasy", "supported")],
    );
}

#![allow(clippy::all, missing_docs)]
use brandish_data::*;
fn main(){let s=Snapshot::embedded();let d="2025-05-01".parse().unwrap();let k=s.known_on(d);
println!("{:?}",k.par_yields(d).map(|p|(p.provenance.clone(),p.published().map(|(t,y)|format!("{t} {y}")).collect::<Vec<_>>())));
println!("{:?}",k.par_yields("2025-05-03".parse().unwrap()).map_err(|e|e.to_string()));
for x in ["2025-04-20","2025-04-18","1980-01-01"]{println!("{:?}",k.par_yields(x.parse().unwrap()).map(|_|()).map_err(|e|e.to_string()));}
println!("{:?}",s.in_hindsight().par_yields("2026-06-01".parse().unwrap()).map(|_|()).map_err(|e|e.to_string()));
println!("{:?}",k.tic_holding("Japan"));println!("{:?}",k.tic_holding("Japon").map_err(|e|e.to_string()));
println!("{:?}",k.tic_flows("Japan","2025-01".parse().unwrap(),"2025-12".parse().unwrap()));
println!("{:?}",k.survey_maturity(SurveyGroup::Official));println!("{:?}",k.official_private_split());println!("{:?}",k.country_type("Japan"));
println!("{:?}",k.z1_sectors());println!("{:?}",k.soma());println!("{:?}",k.soma_by_type());println!("{:?}",k.soma_maturity().map_err(|e|e.to_string()));
println!("{:?}",k.custody());println!("{:?}",k.fed_liquidity());println!("{:?}",k.dealer_positions());println!("{}",k.dealer_position_history("2022-01-01".parse().unwrap()).unwrap().len());
println!("{:?}",k.japan_reserves());println!("{:?}",k.usdjpy());println!("{:?}",k.interventions("2024-01-01".parse().unwrap(),d));println!("{:?}",k.breakeven_10y(d));println!("{:?}",k.policy_rates());println!("{:?}",k.gsw(d).map_err(|e|e.to_string()));
println!("{:?}",k.gsw("2025-04-23".parse().unwrap()).map_err(|e|e.to_string()));
println!("{:?}",k.bill_13w_high_rate_on(d));println!("{:?}",k.ref_cpi(d));println!("{:?}",k.boj_policy_rate());println!("{:?}",k.jgb_yields(d).map_err(|e|e.to_string()));println!("{:?}",k.reserves_ex_gold("Japan"));
println!("{}",k.timeline_events("2025-04-20".parse().unwrap(),"2025-06-01".parse().unwrap()).unwrap().iter().map(|e|format!("{} {} {} {:?}\n",e.id,e.date,e.title,e.moves.is_some())).collect::<String>());
}

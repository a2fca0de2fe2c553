#![allow(clippy::all, missing_docs)]
use brandish_data::*;
fn main(){let s=Snapshot::embedded();
for d in ["2023-09-30","2023-10-02","2023-12-29","2024-03-28","2024-06-28","2024-09-30","2024-12-31","2025-03-31","2025-04-29","2025-04-30","2025-05-01","2025-05-02","2025-06-30","2025-09-30","2025-12-15","2026-01-30","2026-03-24","2026-04-27","2026-04-30"]{
 let d:brandish_units::Date=d.parse().unwrap();let k=s.known_on(d);
 match k.securities_outstanding(d){Ok(u)=>{print!("{d} n={} ",u.securities.len());for q in SecurityKind::ALL{print!("{q} {:.1} ",u.outstanding_of(q).bn());}println!("total {:.1} {:?} notes {:?}",u.outstanding().bn(),u.by_quality().iter().map(|(q,(n,a))|format!("{q} {n} {:.0}",a.bn())).collect::<Vec<_>>(),&u.notes[1..]);},Err(e)=>println!("{d} {e}")}
}}

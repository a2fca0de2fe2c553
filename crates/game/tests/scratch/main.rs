//! scratch
#![allow(clippy::all, clippy::disallowed_methods, clippy::print_stdout, clippy::unwrap_used, clippy::panic)]
#[path = "../fixtures/standoff.rs"]
mod standoff;
use brandish_game::qre::*;
use standoff::*;
#[test]
fn times() {
    for (name, lambda) in [("R1",0.2),("R1e",0.2),("R2",0.2),("R3",0.2),("R3",1.0),("R3d",0.2),("R3c",0.2)] {
        let t = std::time::Instant::now();
        let game = resolution(name).game();
        let built = t.elapsed();
        let t = std::time::Instant::now();
        match principal_qre_sweep(&game, &[lambda], &PathSettings::default(), &|| t.elapsed().as_secs() > 120) {
            Ok(p) => println!("{name} {lambda} {} nodes {} sets {} actions built {built:?} solved {:?} {:?} residual {:e} regret {} folds {:?} bif {:?} out {:?}", game.nodes(), game.infosets(), game.actions(), t.elapsed(), p[0].effort, p[0].residual, p[0].agent_regret, p[0].folds, p[0].bifurcations, outcomes(&game, p[0].assessment.profile.probabilities())),
            Err(e) => println!("{name} {lambda} {e} {:?}", t.elapsed()),
        }
    }
}
#[test]
fn limits() {
    for (name, q) in [("R0",0.1),("R0",0.25),("R0",0.3),("R0",0.45),("R1",0.25),("R1e",0.25),("R2",0.25),("R3",0.25)] {
        let mut p = resolution(name); p.resolved = q;
        let game = p.game();
        let t = std::time::Instant::now();
        match sequential_candidate(&game, &PathSettings::default(), &|| t.elapsed().as_secs() > 60) {
            Ok(c) => { println!("{name} {q} {:?} {:?} L {:e} regret {:e} extra {:e} nash {:?} folds {:?} bif {:?} out {:?}", t.elapsed(), c.last.effort, c.last.lambda_stake, c.relative_regret, c.extrapolated_by, c.nash_regrets, c.last.folds, c.last.bifurcations, outcomes(&game, c.assessment.profile.probabilities()));
              if name=="R0" { for s in 0..game.infosets() { println!("   {} {:?}", game.infoset_label(s), c.assessment.profile.at(&game, s)); } } }
            Err(e) => println!("{name} {q} {e} {:?}", t.elapsed()),
        }
    }
}

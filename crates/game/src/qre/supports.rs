//! Starts on supports: which actions are played at all is guessed, how much of each is computed.
//!
//! At high precision a quantal response lies close to an equilibrium: actions off its support have probabilities near zero,
//! those on it are about equally good. Newton's method in logits finds such points only from close by, because probabilities
//! inside a support move with tiny differences of payoffs. In probabilities the same equations are nearly linear (exactly
//! so between two players who move once), so a step is taken there for the actions on the support,
//!   p_a <- p_a (1 + t (d_a - sum_b p_b d_b)),   d the Newton step in logits, t <= 1 so that no p_a loses more than four fifths,
//! and in logits off it (Porter, Nudelman and Shoham 2008, Games and Economic Behavior 63, on searching by support).

use super::path::Tracer;
use super::search::SearchSettings;
use crate::tree::Game;
use brandish_math::Stream;

/// Newton steps of one start.
const ITERATIONS: usize = 30;
/// Relative residual from which Newton's method in logits ends the work.
const CLOSE: f64 = 1e-4;
/// Starts inside each support: the middle, then random places, where several equilibria may share a support.
const PLACES: usize = 4;
/// Changes that a random support may undergo on the way.
const CHANGES: usize = 24;
/// lambda x advantage at which an action off the support enters it, and at which it takes the place of the others.
const ENTERS: f64 = 1.0;
const REPLACES: f64 = 5.0;
/// Share of a step below which the action that holds it up leaves the support, if it is played less than this often.
const LEAVES: (f64, f64) = (0.1, 1e-2);
/// lambda x stake above which an action off the support that comes to be played refutes the support.
const SHARP: f64 = 20.0;

/// The supports to try.
pub(crate) struct Supports {
    /// Number of actions of each information set.
    widths: Vec<usize>,
    /// Starts, and how many of the first are pure, or all of them in order.
    count: usize,
    plan: Order,
    seed: u64,
}

enum Order {
    /// Every support, several times over from different places.
    All(usize),
    /// This many pure profiles in order, then random supports.
    PureThenRandom(usize),
}

impl Supports {
    /// No supports.
    pub fn none() -> Supports {
        Supports {
            widths: Vec::new(),
            count: 0,
            plan: Order::All(1),
            seed: 0,
        }
    }

    pub fn new(game: &Game, settings: &SearchSettings) -> Supports {
        let widths: Vec<usize> = (0..game.infosets())
            .map(|set| game.actions_at(set).len())
            .collect();
        let unknowns = (game.actions() - game.infosets()) as f64;
        // One factored derivative: passes and elimination if dense, both about linear in the tree if not.
        let nodes = (game.nodes() * game.players().len()) as f64;
        let factored = if unknowns <= 60.0 {
            4.0 * unknowns * nodes + unknowns.powi(3)
        } else {
            200.0 * nodes
        };
        let affordable = settings.work / (ITERATIONS as f64 * (500.0 + factored));
        let most = affordable.min(settings.supports as f64);
        let all: f64 = widths
            .iter()
            .map(|width| 2f64.powi(*width as i32) - 1.0)
            .product();
        let pure: f64 = widths.iter().map(|width| *width as f64).product();
        let (count, plan) = if all <= most {
            let times = (most / all).floor().min(PLACES as f64);
            ((all * times) as usize, Order::All(all as usize))
        } else {
            let pure = if pure <= 0.5 * most { pure as usize } else { 0 };
            (most as usize, Order::PureThenRandom(pure))
        };
        Supports {
            widths,
            count,
            plan,
            seed: settings.seed,
        }
    }

    pub fn count(&self) -> usize {
        self.count
    }

    /// Which actions are played in a start, and the random numbers of its place inside; none for the middle.
    fn start(&self, number: usize) -> (Vec<bool>, Option<Stream>) {
        let mut members = Vec::new();
        let mut stream = Stream::new(self.seed, number as u64, 1);
        match self.plan {
            Order::All(all) => {
                let mut rest = number % all;
                for width in &self.widths {
                    let choices = (1usize << width) - 1;
                    let bits = 1 + rest % choices;
                    rest /= choices;
                    members.extend((0..*width).map(|action| bits >> action & 1 == 1));
                }
                (members, (number >= all).then_some(stream))
            }
            Order::PureThenRandom(pure) if number < pure => {
                let mut rest = number;
                for width in &self.widths {
                    let chosen = rest % width;
                    rest /= width;
                    members.extend((0..*width).map(|action| action == chosen));
                }
                (members, None)
            }
            Order::PureThenRandom(_) => {
                for width in &self.widths {
                    // One action in half of the sets, each with even odds in the others.
                    let chosen = (stream.uniform() * *width as f64) as usize;
                    let single = stream.uniform() < 0.5;
                    for action in 0..*width {
                        let drawn = stream.uniform() < 0.5;
                        members.push(action == chosen || (!single && drawn));
                    }
                }
                (members, Some(stream))
            }
        }
    }
}

/// The quantal response at a precision that a start leads to, if it leads anywhere.
pub(crate) fn settle_on(
    tracer: &mut Tracer<'_, '_>,
    supports: &Supports,
    number: usize,
    precision: f64,
    stop: &dyn Fn() -> bool,
) -> Option<Vec<f64>> {
    let (mut members, place) = supports.start(number);
    let system = tracer.system;
    // One support out of very many is hardly ever right: a random one gives way where payoffs contradict it.
    let mut changes = match supports.plan {
        Order::PureThenRandom(pure) if number >= pure && precision > SHARP => CHANGES,
        _ => 0,
    };
    let mut logs = first_logs(tracer, &members, place, precision);
    let mut x = vec![0.0; system.unknowns()];
    for _ in 0..ITERATIONS {
        loop {
            if stop() {
                return None;
            }
            logits(system.game, &logs, &mut x);
            tracer.refresh(&x);
            if changes == 0 || !give_way(tracer, precision, &mut members, &mut logs) {
                break;
            }
            changes -= 1;
        }
        if tracer.residual_size(&x, precision) < CLOSE {
            break;
        }
        let step = tracer.newton_step(&x, precision)?;
        match advance(tracer, &members, &step, precision, &mut logs) {
            Advance::Taken => {}
            Advance::Refuted => return None,
            Advance::HeldUp(slot) if changes > 0 => {
                changes -= 1;
                members[slot] = false;
            }
            Advance::HeldUp(_) => return None,
        }
    }
    tracer.settle(x, precision, f64::INFINITY).ok()
}

/// The logarithm of each action's probability at the start.
fn first_logs(
    tracer: &mut Tracer<'_, '_>,
    members: &[bool],
    mut place: Option<Stream>,
    precision: f64,
) -> Vec<f64> {
    let system = tracer.system;
    let game = system.game;
    let off = -(0.2 * precision).clamp(3.0, 40.0);
    let mut logs: Vec<f64> = members
        .iter()
        .map(|member| match (member, &mut place) {
            (false, _) => off,
            (true, None) => 0.0,
            // The logarithm of an exponential draw: even over the simplex.
            (true, Some(stream)) => (1e-6 - stream.uniform().max(1e-12).ln()).ln(),
        })
        .collect();
    let mut x = vec![0.0; system.unknowns()];
    logits(game, &logs, &mut x);
    tracer.refresh(&x);
    let values = &tracer.point.action_values;
    for set in 0..game.infosets() {
        let range = game.actions_at(set);
        let top = range
            .clone()
            .filter(|slot| members[*slot])
            .map(|slot| values[slot])
            .fold(f64::NEG_INFINITY, f64::max);
        for slot in range.filter(|slot| !members[*slot]) {
            let worse = precision * (values[slot] - top);
            if worse < off {
                logs[slot] = worse;
            }
        }
    }
    logs
}

/// Logits of each action less that of the first of its set.
fn logits(game: &Game, logs: &[f64], x: &mut [f64]) {
    let mut next = x.iter_mut();
    for set in 0..game.infosets() {
        let at = &logs[game.actions_at(set)];
        for log in &at[1..] {
            if let Some(x) = next.next() {
                *x = log - at[0];
            }
        }
    }
}

/// Where an action off the support is better than all on it, most of all sets, it enters; false if there is none.
fn give_way(
    tracer: &Tracer<'_, '_>,
    precision: f64,
    members: &mut [bool],
    logs: &mut [f64],
) -> bool {
    let game = tracer.system.game;
    let values = &tracer.point.action_values;
    let mut most = (ENTERS, None);
    for set in 0..game.infosets() {
        let best_of = |inside: bool| {
            game.actions_at(set)
                .filter(|slot| members[*slot] == inside)
                .max_by(|one, two| values[*one].total_cmp(&values[*two]))
        };
        if let (Some(inside), Some(outside)) = (best_of(true), best_of(false)) {
            let better = precision * (values[outside] - values[inside]);
            if better > most.0 {
                most = (better, Some((set, outside)));
            }
        }
    }
    let (better, Some((set, enters))) = most else {
        return false;
    };
    for slot in game.actions_at(set) {
        if better > REPLACES {
            members[slot] = false;
        }
        if slot != enters && !members[slot] {
            logs[slot] = (precision * (values[slot] - values[enters])).min(-3.0);
        }
    }
    members[enters] = true;
    logs[enters] = 0.0;
    true
}

/// What became of a step.
enum Advance {
    Taken,
    /// An action off the support comes to be played.
    Refuted,
    /// Hardly anything of the step is left before this action's probability is gone.
    HeldUp(usize),
}

/// One step from the evaluated point.
fn advance(
    tracer: &Tracer<'_, '_>,
    members: &[bool],
    step: &[f64],
    precision: f64,
    logs: &mut [f64],
) -> Advance {
    let system = tracer.system;
    let game = system.game;
    let slots = &tracer.point.slots;
    // The change of each log-probability, and how far the step may go.
    let mut change = vec![0.0; game.actions()];
    let (mut share, mut holds) = (1.0f64, None);
    for set in 0..game.infosets() {
        let range = game.actions_at(set);
        change[range.start + 1..range.end].copy_from_slice(&step[system.unknowns_at(set)]);
        let mean: f64 = range.clone().map(|slot| slots[slot] * change[slot]).sum();
        for slot in range {
            change[slot] -= mean;
            if members[slot] && change[slot] < 0.0 && 0.8 / -change[slot] < share {
                share = 0.8 / -change[slot];
                holds = Some(slot);
            }
        }
    }
    if let Some(slot) = holds
        && share < LEAVES.0
        && slots[slot] < LEAVES.1
    {
        return Advance::HeldUp(slot);
    }
    if share.is_nan() || share < 1e-3 {
        return Advance::Refuted;
    }
    for set in 0..game.infosets() {
        let range = game.actions_at(set);
        let mut top = f64::NEG_INFINITY;
        for slot in range.clone() {
            let moved = share * change[slot];
            logs[slot] = slots[slot].ln().max(logs[slot].min(-700.0))
                + if members[slot] { moved.ln_1p() } else { moved };
            if members[slot] {
                top = top.max(logs[slot]);
            }
        }
        for slot in range {
            logs[slot] -= top;
            if !members[slot] && logs[slot] > -0.5 {
                if precision > SHARP {
                    return Advance::Refuted;
                }
                logs[slot] = -0.5;
            }
        }
    }
    Advance::Taken
}

//! Sparse Newton steps: the numbers of the elimination that `elimination` plans.
//!
//! Each position's matrix holds its own unknowns and those of its front. Leaves never build one: what they leave behind is
//! subtracted straight from the matrix of the set that collects them. Pivoting stays inside an information set; what that
//! loses in digits the check in `linear` and the corrector's slow contraction show.

use super::elimination::{Plan, Run};
use super::system::{Point, System};
use crate::error::GameError;
use crate::tree::NONE;

/// A factored derivative, with the memory for the next one.
#[derive(Default)]
pub(crate) struct Factor {
    links: Vec<f64>,
    numbers: Vec<f64>,
    matrix: Vec<f64>,
    waiting: Vec<f64>,
    negative: bool,
}

impl Factor {
    /// Factors 1 - L dq/dx at a point.
    pub fn compute(
        &mut self,
        plan: &Plan,
        system: &System<'_>,
        point: &Point,
        precision: f64,
    ) -> Result<(), GameError> {
        self.links.clear();
        self.links
            .resize(*plan.link_offset.last().unwrap_or(&0), 0.0);
        assemble(plan, system, point, precision, &mut self.links);
        self.eliminate(plan, system.unknowns())
    }

    /// Whether the determinant is negative.
    pub fn is_negative(&self) -> bool {
        self.negative
    }

    /// Solves in place.
    pub fn solve(&self, plan: &Plan, right: &mut [f64]) {
        let mut pivot = Vec::new();
        for at in 0..plan.count() {
            let own = plan.own(at);
            let b = own.len();
            let mut numbers = &self.numbers[plan.number_first[at]..plan.number_first[at + 1]];
            pivot.clear();
            if plan.leaf[at] {
                pivot.extend_from_slice(&right[own]);
            } else {
                let (inverse, rest) = numbers.split_at(b * b);
                numbers = rest;
                for line in inverse.chunks_exact(b) {
                    pivot.push(dot(line, &right[own.clone()]));
                }
                right[own].copy_from_slice(&pivot);
            }
            let front = plan.front(at);
            let below = &numbers[numbers.len() - b * front.len()..];
            scatter(right, front, below, &pivot);
        }
        let mut known = Vec::new();
        for at in (0..plan.count()).rev() {
            let own = plan.own(at);
            let b = own.len();
            let numbers = &self.numbers[plan.number_first[at]..plan.number_first[at + 1]];
            let across = if plan.leaf[at] {
                numbers
            } else {
                &numbers[b * b..]
            };
            let (low, high) = plan.span[at];
            let front = &plan.front(at)[low as usize..high as usize];
            known.clear();
            known.extend(front.iter().map(|unknown| right[*unknown as usize]));
            for (row, unknown) in own.enumerate() {
                right[unknown] -= dot(&across[row * known.len()..][..known.len()], &known);
            }
        }
    }

    fn eliminate(&mut self, plan: &Plan, unknowns: usize) -> Result<(), GameError> {
        let Factor {
            links,
            numbers,
            matrix,
            waiting,
            negative,
        } = self;
        numbers.resize(*plan.number_first.last().unwrap_or(&0), 0.0);
        waiting.clear();
        *negative = false;
        // Updates waiting for their collector: (position that made it, start in `waiting`).
        let mut stack: Vec<(usize, usize)> = Vec::new();
        let mut factors: Vec<f64> = Vec::new();
        for at in 0..plan.count() {
            let (before, rest) = numbers.split_at_mut(plan.number_first[at]);
            let mine = &mut rest[..plan.number_first[at + 1] - plan.number_first[at]];
            if plan.leaf[at] {
                fill_leaf(plan, at, links, mine);
                continue;
            }
            let b = plan.own(at).len();
            let s = plan.front(at).len();
            let size = b + s;
            matrix.clear();
            matrix.resize(size * size, 0.0);
            for own in 0..b {
                matrix[own * size + own] = 1.0;
            }
            enter(plan, at, links, matrix, size);
            while let Some((made, start)) = stack.last().copied() {
                if plan.collector[made] as usize != at {
                    break;
                }
                stack.pop();
                let total = plan.front(made).len();
                collect(matrix, size, &waiting[start..], plan.runs(made), total);
                waiting.truncate(start);
            }
            for leaf in plan.leaves(at) {
                let leaf = *leaf as usize;
                let kept = &before[plan.number_first[leaf]..plan.number_first[leaf + 1]];
                collect_leaf(plan, leaf, kept, matrix, size, &mut factors);
            }
            let determinant =
                invert_pivot(matrix, size, b).ok_or(GameError::Singular { unknowns })?;
            *negative ^= determinant < 0.0;
            store(matrix, size, b, mine, waiting);
            if plan.collector[at] != NONE {
                stack.push((at, waiting.len() - s * s));
            }
        }
        Ok(())
    }
}

/// Rows and transposed columns of a leaf, straight from its links.
fn fill_leaf(plan: &Plan, at: usize, links: &[f64], mine: &mut [f64]) {
    let b = plan.own(at).len();
    let s = plan.front(at).len();
    let (low, high) = plan.span[at];
    let wide = (high - low) as usize;
    mine.fill(0.0);
    let (across, below) = mine.split_at_mut(b * wide);
    for entry in plan.entries(at) {
        let (column, other) = (entry.column as usize, entry.width as usize);
        let blocks = &links[plan.link_offset[entry.link as usize]..];
        let (one, two) = (&blocks[..b * other], &blocks[b * other..2 * b * other]);
        let (rows, columns) = if entry.lower { (one, two) } else { (two, one) };
        // Links to the owner's own past lie outside the span and are zero.
        if entry.column >= low && entry.column + entry.width <= high {
            let from = column - low as usize;
            for (row, line) in rows.chunks_exact(other).enumerate() {
                across[row * wide + from..][..other].copy_from_slice(line);
            }
        }
        for (c, line) in columns.chunks_exact(b).enumerate() {
            for (row, value) in line.iter().enumerate() {
                below[row * s + column + c] = *value;
            }
        }
    }
}

/// Links into a matrix.
fn enter(plan: &Plan, at: usize, links: &[f64], matrix: &mut [f64], size: usize) {
    let b = plan.own(at).len();
    for entry in plan.entries(at) {
        let (column, other) = (b + entry.column as usize, entry.width as usize);
        let blocks = &links[plan.link_offset[entry.link as usize]..];
        let (one, two) = (&blocks[..b * other], &blocks[b * other..2 * b * other]);
        let (across, down) = if entry.lower { (one, two) } else { (two, one) };
        for row in 0..b {
            for c in 0..other {
                matrix[row * size + column + c] += across[row * other + c];
                matrix[(column + c) * size + row] += down[c * b + row];
            }
        }
    }
}

/// Adds a waiting update into a matrix.
fn collect(matrix: &mut [f64], size: usize, update: &[f64], runs: &[Run], total: usize) {
    for rows in runs {
        for row in 0..rows.length as usize {
            let source = &update[(rows.source as usize + row) * total..][..total];
            let target = &mut matrix[(rows.target as usize + row) * size..][..size];
            for run in runs {
                let length = run.length as usize;
                let from = &source[run.source as usize..][..length];
                let to = &mut target[run.target as usize..][..length];
                for (to, from) in to.iter_mut().zip(from) {
                    *to += from;
                }
            }
        }
    }
}

/// Subtracts what a leaf leaves behind: columns x rows, its own block being the identity.
fn collect_leaf(
    plan: &Plan,
    leaf: usize,
    kept: &[f64],
    matrix: &mut [f64],
    size: usize,
    factors: &mut Vec<f64>,
) {
    let b = plan.own(leaf).len();
    let s = plan.front(leaf).len();
    let (low, high) = plan.span[leaf];
    let wide = (high - low) as usize;
    let (across, below) = kept.split_at(b * wide);
    let runs = plan.runs(leaf);
    for rows in runs {
        for row in 0..rows.length as usize {
            factors.clear();
            factors.extend((0..b).map(|k| below[k * s + rows.source as usize + row]));
            let target = &mut matrix[(rows.target as usize + row) * size..][..size];
            for run in runs {
                let from = run.source.max(low);
                let to = (run.source + run.length).min(high);
                if from < to {
                    let start = (run.target + from - run.source) as usize;
                    let target = &mut target[start..][..(to - from) as usize];
                    subtract(target, factors, &across[(from - low) as usize..], wide);
                }
            }
        }
    }
}

/// target -= sum of factors[k] x rows[k], rows `stride` apart.
fn subtract(target: &mut [f64], factors: &[f64], rows: &[f64], stride: usize) {
    let n = target.len();
    match *factors {
        [a] => {
            for (value, x) in target.iter_mut().zip(&rows[..n]) {
                *value -= a * x;
            }
        }
        [a, b] => {
            let lines = rows[..n].iter().zip(&rows[stride..][..n]);
            for (value, (x, y)) in target.iter_mut().zip(lines) {
                *value -= a * x + b * y;
            }
        }
        [a, b, c] => {
            let lines = rows[..n].iter().zip(&rows[stride..][..n]);
            let lines = lines.zip(&rows[2 * stride..][..n]);
            for (value, ((x, y), z)) in target.iter_mut().zip(lines) {
                *value -= a * x + b * y + c * z;
            }
        }
        _ => {
            for (k, factor) in factors.iter().enumerate() {
                for (value, x) in target.iter_mut().zip(&rows[k * stride..][..n]) {
                    *value -= factor * x;
                }
            }
        }
    }
}

/// right[front] -= transposed columns x pivot.
fn scatter(right: &mut [f64], front: &[u32], below: &[f64], pivot: &[f64]) {
    let s = front.len();
    match *pivot {
        [a] => {
            for (unknown, x) in front.iter().zip(below) {
                right[*unknown as usize] -= a * x;
            }
        }
        [a, b] => {
            for (unknown, (x, y)) in front.iter().zip(below[..s].iter().zip(&below[s..])) {
                right[*unknown as usize] -= a * x + b * y;
            }
        }
        _ => {
            for (a, line) in pivot.iter().zip(below.chunks_exact(s.max(1))) {
                for (unknown, x) in front.iter().zip(line) {
                    right[*unknown as usize] -= a * x;
                }
            }
        }
    }
}

/// Keeps what solving needs and appends the update F22 - F21 (F11^-1 F12) to the waiting numbers. The pivot block of
/// `matrix` holds its inverse.
fn store(matrix: &[f64], size: usize, b: usize, mine: &mut [f64], waiting: &mut Vec<f64>) {
    let s = size - b;
    let (inverse, rest) = mine.split_at_mut(b * b);
    let (across, below) = rest.split_at_mut(b * s);
    across.fill(0.0);
    for row in 0..b {
        inverse[row * b..][..b].copy_from_slice(&matrix[row * size..][..b]);
        for k in 0..b {
            let factor = matrix[row * size + k];
            let line = &matrix[k * size + b..(k + 1) * size];
            for (value, entry) in across[row * s..(row + 1) * s].iter_mut().zip(line) {
                *value += factor * entry;
            }
        }
    }
    for row in 0..s {
        let line = &matrix[(b + row) * size..(b + row + 1) * size];
        for k in 0..b {
            below[k * s + row] = line[k];
        }
        let first = waiting.len();
        waiting.extend_from_slice(&line[b..]);
        subtract(&mut waiting[first..], &line[..b], across, s);
    }
}

/// Replaces the leading b x b block by its inverse and returns its determinant; none if it is singular.
fn invert_pivot(matrix: &mut [f64], size: usize, b: usize) -> Option<f64> {
    let mut determinant = 1.0;
    let mut swaps = Vec::new();
    // Gauss and Jordan in place with row exchanges, undone on the columns at the end.
    for k in 0..b {
        let mut best = k;
        for row in k + 1..b {
            if matrix[row * size + k].abs() > matrix[best * size + k].abs() {
                best = row;
            }
        }
        let pivot = matrix[best * size + k];
        if !(pivot.abs() > 1e-290 && pivot.is_finite()) {
            return None;
        }
        if best != k {
            for column in 0..b {
                matrix.swap(k * size + column, best * size + column);
            }
            determinant = -determinant;
        }
        swaps.push(best);
        determinant *= pivot;
        matrix[k * size + k] = 1.0;
        for column in 0..b {
            matrix[k * size + column] /= pivot;
        }
        for row in (0..b).filter(|row| *row != k) {
            let factor = matrix[row * size + k];
            matrix[row * size + k] = 0.0;
            for column in 0..b {
                let entry = matrix[k * size + column];
                matrix[row * size + column] -= factor * entry;
            }
        }
    }
    for k in (0..b).rev() {
        if swaps[k] != k {
            for row in 0..b {
                matrix.swap(row * size + k, row * size + swaps[k]);
            }
        }
    }
    Some(determinant)
}

/// Fills the blocks of every link with -L dq/dx.
///
/// For a node n of the lower set h (owner i) below action e of a node m of the upper set g (owner j):
///   dQ(g, e)/dx(h, b) += mu(m) P(m e -> n) p(b) (V_j(n b) - sum_c p(c) V_j(n c)),
///   dQ(h, a)/dx(g, b) += mu(n) ([b = e] - p(b)) (V_i(n a) - Q(h, a))   if i and j differ
/// (the owner's own past is common to the set and does not move its beliefs).
fn assemble(plan: &Plan, system: &System<'_>, point: &Point, precision: f64, links: &mut [f64]) {
    let game = system.game;
    let players = game.players.len();
    let mut walk = plan.walk.iter();
    // Per player: p(b) (V_j(n b) - mean), actions 1.. of the lower set; and the lower set's surprises.
    let mut slopes: Vec<f64> = Vec::new();
    let mut surprises: Vec<f64> = Vec::new();
    for lower in 0..game.infosets() {
        let b = system.unknowns_at(lower).len();
        if b == 0 {
            continue;
        }
        let (owner, actions) = (game.owner(lower), game.actions_at(lower));
        for member in game.members(lower) {
            let first = game.first_child[member] as usize;
            slopes.clear();
            for player in 0..players {
                let mean = point.values[member * players + player]
                    - system.payoff[member * players + player];
                slopes.extend((1..=b).map(|action| {
                    let value = point.values[(first + action) * players + player];
                    -precision * point.slots[actions.start + action] * (value - mean)
                }));
            }
            let belief = -precision * point.belief[member];
            surprises.clear();
            surprises.extend((0..=b).map(|action| {
                belief
                    * (point.values[(first + action) * players + owner]
                        - point.action_values[actions.start + action])
            }));
            let mut below = 1.0;
            let mut node = member;
            while node != 0 {
                let slot = game.slot[node] as usize;
                let parent = game.parent[node] as usize;
                let upper = game.infoset_of[parent];
                let width = if upper == NONE {
                    0
                } else {
                    system.unknowns_at(upper as usize).len()
                };
                if width > 0 {
                    let Some(link) = walk.next() else {
                        return;
                    };
                    let upper = upper as usize;
                    let (rival, first) = (game.owner(upper), game.actions_at(upper).start);
                    let taken = slot - first;
                    let blocks = &mut links[plan.link_offset[*link as usize]..][..2 * b * width];
                    let (lower_rows, upper_rows) = blocks.split_at_mut(b * width);
                    let weight = point.belief[parent] * below;
                    let slopes = &slopes[rival * b..(rival + 1) * b];
                    if taken > 0 {
                        for (value, slope) in upper_rows[(taken - 1) * b..taken * b]
                            .iter_mut()
                            .zip(slopes)
                        {
                            *value += weight * slope;
                        }
                    } else {
                        for row in upper_rows.chunks_exact_mut(b) {
                            for (value, slope) in row.iter_mut().zip(slopes) {
                                *value -= weight * slope;
                            }
                        }
                    }
                    if rival != owner {
                        for (row, line) in lower_rows.chunks_exact_mut(width).enumerate() {
                            let surprise = surprises[row + 1] - surprises[0];
                            for (column, value) in line.iter_mut().enumerate() {
                                let hit = if taken == column + 1 { 1.0 } else { 0.0 };
                                *value += surprise * (hit - point.slots[first + column + 1]);
                            }
                        }
                    }
                }
                below *= point.slots[slot];
                node = parent;
            }
        }
    }
}

fn dot(one: &[f64], two: &[f64]) -> f64 {
    one.iter().zip(two).map(|(a, b)| a * b).sum()
}

//! Sparse Newton steps: information sets eliminated from the ends of the tree towards the root.
//!
//! The derivative of the equations couples two information sets only if some path passes through both. Eliminating the
//! deepest sets first therefore fills in almost nothing: what a set leaves behind are its predecessors (of every type
//! that shares a public history). The steps are those of a multifrontal factorization (Duff and Reid 1983, ACM TOMS 9):
//! [`Plan`] finds order and fill once per game, [`Factor`] does the numbers. Pivoting stays inside an information set;
//! what that loses in digits the corrector sees as slow contraction.

use super::system::{Point, System};
use crate::error::GameError;
use crate::tree::NONE;

/// Most numbers a factor may hold (1 GiB); games that need more are solved matrix-free.
const FACTOR_LIMIT: usize = 1 << 27;

/// Order of elimination, fill and where each derivative goes.
pub(crate) struct Plan {
    /// Information sets in the order of elimination (only those with unknowns).
    order: Vec<u32>,
    /// Position in `order` of the set that collects a set's update; `NONE` for the last ones.
    collector: Vec<u32>,
    /// Positions still coupled when position k is eliminated: `front[front_first[k]..front_first[k + 1]]`, ascending.
    front_first: Vec<usize>,
    front: Vec<u32>,
    /// Links that enter at position k: (link, later position, whether k is the lower set of the link).
    entry_first: Vec<usize>,
    entries: Vec<(u32, u32, bool)>,
    /// Offset of each link's two blocks: rows lower x columns upper, then rows upper x columns lower.
    link_offset: Vec<usize>,
    /// For each information set, member node and decision before it, in this order: the link.
    walk: Vec<u32>,
}

/// A factored derivative, with the memory for the next one.
#[derive(Default)]
pub(crate) struct Factor {
    links: Vec<f64>,
    /// For each position: inverse pivot block (b x b), pivot rows times it (b x s), columns below it (s x b).
    numbers: Vec<f64>,
    offset: Vec<usize>,
    local: Vec<u32>,
    negative: bool,
}

impl Plan {
    /// Finds order and fill; none if the factor would be too large.
    pub fn new(system: &System<'_>) -> Option<Plan> {
        let game = system.game;
        let sets = game.infosets();
        let width = |set: usize| system.unknowns_at(set).len();
        let mut link_offset = Vec::new();
        let mut links: Vec<(u32, u32)> = Vec::new();
        let mut walk = Vec::new();
        let mut link_of = vec![NONE; sets];
        let mut numbers = 0usize;
        for lower in (0..sets).filter(|set| width(*set) > 0) {
            let first = links.len();
            for member in game.members(lower) {
                let mut node = member;
                while let Some(parent) = game.parent(node) {
                    node = parent;
                    let upper = game.infoset_of[node];
                    if upper == NONE || width(upper as usize) == 0 {
                        continue;
                    }
                    let link = &mut link_of[upper as usize];
                    if *link == NONE {
                        *link = links.len() as u32;
                        links.push((lower as u32, upper));
                        link_offset.push(numbers);
                        numbers += 2 * width(lower) * width(upper as usize);
                    }
                    walk.push(*link);
                }
            }
            for (_, upper) in &links[first..] {
                link_of[*upper as usize] = NONE;
            }
            if numbers > FACTOR_LIMIT || walk.len() >= NONE as usize {
                return None;
            }
        }
        link_offset.push(numbers);
        // First order: the set whose last node is deepest first (nodes are numbered level by level).
        let mut deepest: Vec<(u32, u32)> = (0..sets)
            .filter(|set| width(*set) > 0)
            .map(|set| {
                (
                    game.members(set).last().map_or(0, |node| node as u32),
                    set as u32,
                )
            })
            .collect();
        deepest.sort_unstable_by(|one, two| two.cmp(one));
        let first_order: Vec<u32> = deepest.iter().map(|(_, set)| *set).collect();
        let fronts = fill(sets, &first_order, &links, &width)?;
        let (order, rank) = postorder(sets, &first_order, &fronts);
        Some(Plan::arrange(
            order,
            &rank,
            &first_order,
            &fronts,
            &links,
            link_offset,
            walk,
        ))
    }

    fn arrange(
        order: Vec<u32>,
        rank: &[u32],
        first_order: &[u32],
        fronts: &[Vec<u32>],
        links: &[(u32, u32)],
        link_offset: Vec<usize>,
        walk: Vec<u32>,
    ) -> Plan {
        let count = order.len();
        let mut by_rank = vec![0usize; count];
        for (at, set) in first_order.iter().enumerate() {
            by_rank[rank[*set as usize] as usize] = at;
        }
        let mut front_first = vec![0];
        let mut front = Vec::new();
        let mut collector = Vec::with_capacity(count);
        for at in &by_rank {
            let start = front.len();
            front.extend(
                fronts[*at]
                    .iter()
                    .map(|later| rank[first_order[*later as usize] as usize]),
            );
            front[start..].sort_unstable();
            collector.push(front[start..].first().copied().unwrap_or(NONE));
            front_first.push(front.len());
        }
        let mut entry_first = vec![0usize; count + 1];
        let ends = |(lower, upper): &(u32, u32)| {
            let (lower, upper) = (rank[*lower as usize], rank[*upper as usize]);
            (lower.min(upper), lower.max(upper), lower < upper)
        };
        for link in links {
            entry_first[ends(link).0 as usize + 1] += 1;
        }
        for at in 0..count {
            entry_first[at + 1] += entry_first[at];
        }
        let mut next = entry_first.clone();
        let mut entries = vec![(0, 0, false); links.len()];
        for (number, link) in links.iter().enumerate() {
            let (first, later, lower_first) = ends(link);
            entries[next[first as usize]] = (number as u32, later, lower_first);
            next[first as usize] += 1;
        }
        Plan {
            order,
            collector,
            front_first,
            front,
            entry_first,
            entries,
            link_offset,
            walk,
        }
    }
}

/// Which later positions each position is coupled to when its turn comes, by the usual union over what was eliminated.
fn fill(
    sets: usize,
    first_order: &[u32],
    links: &[(u32, u32)],
    width: &dyn Fn(usize) -> usize,
) -> Option<Vec<Vec<u32>>> {
    let mut position = vec![NONE; sets];
    for (at, set) in first_order.iter().enumerate() {
        position[*set as usize] = at as u32;
    }
    let mut fronts: Vec<Vec<u32>> = vec![Vec::new(); first_order.len()];
    for (lower, upper) in links {
        let (lower, upper) = (position[*lower as usize], position[*upper as usize]);
        fronts[lower.min(upper) as usize].push(lower.max(upper));
    }
    let mut given: Vec<Vec<u32>> = vec![Vec::new(); first_order.len()];
    let mut size = 0usize;
    for at in 0..first_order.len() {
        let mut front = std::mem::take(&mut fronts[at]);
        for child in std::mem::take(&mut given[at]) {
            front.extend(
                fronts[child as usize]
                    .iter()
                    .filter(|later| **later != at as u32),
            );
        }
        front.sort_unstable();
        front.dedup();
        if let Some(first) = front.first() {
            given[*first as usize].push(at as u32);
        }
        let couplings: usize = front
            .iter()
            .map(|later| width(first_order[*later as usize] as usize))
            .sum();
        let own = width(first_order[at] as usize);
        size += own * (own + 2 * couplings);
        if size > FACTOR_LIMIT || couplings > 4096 {
            return None;
        }
        fronts[at] = front;
    }
    Some(fronts)
}

/// The same elimination, each set right after the sets it collects from, so that few updates wait at a time.
fn postorder(sets: usize, first_order: &[u32], fronts: &[Vec<u32>]) -> (Vec<u32>, Vec<u32>) {
    let count = first_order.len();
    let mut children: Vec<Vec<u32>> = vec![Vec::new(); count];
    let mut stack = Vec::new();
    for (at, front) in fronts.iter().enumerate() {
        match front.first() {
            Some(collector) => children[*collector as usize].push(at as u32),
            None => stack.push(at as u32),
        }
    }
    // Parents before children, then backwards.
    let mut order = Vec::with_capacity(count);
    while let Some(at) = stack.pop() {
        order.push(first_order[at as usize]);
        stack.extend_from_slice(&children[at as usize]);
    }
    order.reverse();
    let mut rank = vec![NONE; sets];
    for (at, set) in order.iter().enumerate() {
        rank[*set as usize] = at as u32;
    }
    (order, rank)
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
        self.eliminate(plan, system)
    }

    /// Whether the determinant is negative.
    pub fn is_negative(&self) -> bool {
        self.negative
    }

    /// Solves in place.
    pub fn solve(&self, plan: &Plan, system: &System<'_>, right: &mut [f64]) {
        let mut pivot = Vec::new();
        for at in 0..plan.order.len() {
            let own = system.unknowns_at(plan.order[at] as usize);
            let b = own.len();
            let numbers = &self.numbers[self.offset[at]..self.offset[at + 1]];
            pivot.clear();
            for row in 0..b {
                let line = &numbers[row * b..(row + 1) * b];
                pivot.push(dot(line, &right[own.clone()]));
            }
            right[own].copy_from_slice(&pivot);
            let mut below = &numbers[b * b + (numbers.len() - b * b) / 2..];
            for later in &plan.front[plan.front_first[at]..plan.front_first[at + 1]] {
                for unknown in system.unknowns_at(plan.order[*later as usize] as usize) {
                    right[unknown] -= dot(&below[..b], &pivot);
                    below = &below[b..];
                }
            }
        }
        let mut known = Vec::new();
        for at in (0..plan.order.len()).rev() {
            let own = system.unknowns_at(plan.order[at] as usize);
            let b = own.len();
            let numbers = &self.numbers[self.offset[at]..self.offset[at + 1]];
            known.clear();
            for later in &plan.front[plan.front_first[at]..plan.front_first[at + 1]] {
                known.extend_from_slice(
                    &right[system.unknowns_at(plan.order[*later as usize] as usize)],
                );
            }
            let s = known.len();
            for (row, unknown) in own.enumerate() {
                right[unknown] -= dot(&numbers[b * b + row * s..][..s], &known);
            }
        }
    }

    fn eliminate(&mut self, plan: &Plan, system: &System<'_>) -> Result<(), GameError> {
        let width = |at: usize| system.unknowns_at(plan.order[at] as usize).len();
        self.numbers.clear();
        self.offset.clear();
        self.offset.push(0);
        self.local.resize(plan.order.len(), 0);
        self.negative = false;
        // Updates waiting for their collector: (position that made it, start in `waiting`).
        let mut stack: Vec<(usize, usize)> = Vec::new();
        let mut waiting: Vec<f64> = Vec::new();
        let mut matrix: Vec<f64> = Vec::new();
        for at in 0..plan.order.len() {
            let b = width(at);
            let front = &plan.front[plan.front_first[at]..plan.front_first[at + 1]];
            self.local[at] = 0;
            let mut size = b;
            for later in front {
                self.local[*later as usize] = size as u32;
                size += width(*later as usize);
            }
            matrix.clear();
            matrix.resize(size * size, 0.0);
            for own in 0..b {
                matrix[own * size + own] = 1.0;
            }
            for (link, later, lower) in
                &plan.entries[plan.entry_first[at]..plan.entry_first[at + 1]]
            {
                let other = width(*later as usize);
                let column = self.local[*later as usize] as usize;
                let blocks = &self.links[plan.link_offset[*link as usize]..];
                let (one, two) = (&blocks[..b * other], &blocks[b * other..2 * b * other]);
                let (across, down) = if *lower { (one, two) } else { (two, one) };
                for row in 0..b {
                    for c in 0..other {
                        matrix[row * size + column + c] += across[row * other + c];
                        matrix[(column + c) * size + row] += down[c * b + row];
                    }
                }
            }
            while let Some((made, start)) = stack.last().copied() {
                if plan.collector[made] as usize != at {
                    break;
                }
                stack.pop();
                let couples = &plan.front[plan.front_first[made]..plan.front_first[made + 1]];
                self.collect(&mut matrix, size, &waiting[start..], couples, &width);
                waiting.truncate(start);
            }
            let determinant = invert_pivot(&mut matrix, size, b).ok_or(GameError::Singular {
                unknowns: system.unknowns(),
            })?;
            self.negative ^= determinant < 0.0;
            self.store(&matrix, size, b, &mut waiting);
            if size > b {
                stack.push((at, waiting.len() - (size - b) * (size - b)));
            }
        }
        Ok(())
    }

    /// Adds a waiting update into a front.
    fn collect(
        &self,
        matrix: &mut [f64],
        size: usize,
        update: &[f64],
        couples: &[u32],
        width: &dyn Fn(usize) -> usize,
    ) {
        let total: usize = couples.iter().map(|later| width(*later as usize)).sum();
        let mut row = 0;
        for above in couples {
            let target_row = self.local[*above as usize] as usize;
            for r in 0..width(*above as usize) {
                let source = &update[(row + r) * total..(row + r + 1) * total];
                let target = &mut matrix[(target_row + r) * size..(target_row + r + 1) * size];
                let mut column = 0;
                for beside in couples {
                    let w = width(*beside as usize);
                    let to = self.local[*beside as usize] as usize;
                    for c in 0..w {
                        target[to + c] += source[column + c];
                    }
                    column += w;
                }
            }
            row += width(*above as usize);
        }
    }

    /// Keeps what solving needs and appends the update F22 - F21 (F11^-1 F12) to the waiting numbers. The pivot block of
    /// `matrix` holds its inverse.
    fn store(&mut self, matrix: &[f64], size: usize, b: usize, waiting: &mut Vec<f64>) {
        let s = size - b;
        for row in 0..b {
            self.numbers
                .extend_from_slice(&matrix[row * size..row * size + b]);
        }
        let start = self.numbers.len();
        self.numbers.resize(start + b * s, 0.0);
        let across = &mut self.numbers[start..];
        for row in 0..b {
            for k in 0..b {
                let factor = matrix[row * size + k];
                let line = &matrix[k * size + b..(k + 1) * size];
                for (value, entry) in across[row * s..(row + 1) * s].iter_mut().zip(line) {
                    *value += factor * entry;
                }
            }
        }
        let first = waiting.len();
        waiting.resize(first + s * s, 0.0);
        for row in 0..s {
            let line = &matrix[(b + row) * size..(b + row + 1) * size];
            let target = &mut waiting[first + row * s..first + (row + 1) * s];
            target.copy_from_slice(&line[b..]);
            for k in 0..b {
                let factor = line[k];
                if factor != 0.0 {
                    for (value, entry) in target.iter_mut().zip(&across[k * s..(k + 1) * s]) {
                        *value -= factor * entry;
                    }
                }
            }
        }
        for row in 0..s {
            self.numbers
                .extend_from_slice(&matrix[(b + row) * size..(b + row) * size + b]);
        }
        self.offset.push(self.numbers.len());
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

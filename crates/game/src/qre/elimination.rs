//! Sparse Newton steps: information sets eliminated from the ends of the tree towards the root, the plan.
//!
//! The derivative of the equations couples two information sets only if some path passes through both. Eliminating the
//! deepest sets first therefore fills in almost nothing: what a set leaves behind are its predecessors (of every type
//! that shares a public history). The steps are those of a multifrontal factorization (Duff and Reid 1983, ACM TOMS 9):
//! [`Plan`] finds order, fill and every place in memory once per tree, whatever its payoffs; `factor` does the numbers.
//! Most sets are leaves of the elimination: nothing is eliminated into them before their turn, so their own block is the
//! identity, they answer to rivals only, and they go straight into the set that collects them. A set that sees everything answers to
//! nobody above it: in a game of perfect information nothing fills in at all.

use super::system::System;
use crate::tree::NONE;

/// Most numbers a factor may hold (1 GiB); games that need more are solved matrix-free.
const FACTOR_LIMIT: usize = 1 << 27;

/// Order of elimination, fill and where each derivative goes. "Position" is a place in the order; the front of a position
/// are the unknowns of later sets that it is coupled to when its turn comes, grouped by owner.
#[derive(Debug)]
pub(crate) struct Plan {
    /// First unknown and number of unknowns of each position.
    pub own: Vec<(u32, u32)>,
    /// Position that collects a position's update; `NONE` for the last ones.
    pub collector: Vec<u32>,
    /// Whether nothing is eliminated into a position before its turn.
    pub leaf: Vec<bool>,
    /// Leaves that answer to nobody above them: nothing is left behind where they go.
    mute: Vec<bool>,
    /// Leaves that position k collects: `leaves[leaf_first[k]..leaf_first[k + 1]]`.
    pub leaf_first: Vec<usize>,
    pub leaves: Vec<u32>,
    /// Start and length in `index` of the unknowns of each front.
    front: Vec<(usize, u32)>,
    index: Vec<u32>,
    /// Columns of the front in which a position's rows can differ from zero.
    pub span: Vec<(u32, u32)>,
    /// Numbers kept for each position: inverse pivot block (not for leaves), rows within the span, columns transposed.
    pub number_first: Vec<usize>,
    /// Stretches of each front as they lie in the matrix of its collector.
    run_first: Vec<usize>,
    runs: Vec<Run>,
    /// Links that enter at position k: `entries[entry_first[k]..entry_first[k + 1]]`.
    entry_first: Vec<usize>,
    entries: Vec<Entry>,
    /// Offset of each link's two blocks: rows lower x columns upper, then rows upper x columns lower.
    pub link_offset: Vec<usize>,
    /// For each information set, member node and decision before it, in this order: the link.
    pub walk: Vec<u32>,
}

/// A stretch of a front: its first column there, its first column in the collector's matrix, its length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Run {
    pub source: u32,
    pub target: u32,
    pub length: u32,
}

/// A link where it enters: its first column in the front, how many, and whether the position is its lower set.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entry {
    pub link: u32,
    pub column: u32,
    pub width: u32,
    pub lower: bool,
}

/// What [`Plan::arrange`] lays out.
struct Layout<'p> {
    order: &'p [u32],
    /// Owner of each position.
    owner: &'p [u32],
    rank: &'p [u32],
    first_order: &'p [u32],
    fronts: &'p [Vec<u32>],
    /// By place in the first order.
    mute: &'p [bool],
    links: &'p [(u32, u32)],
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
        // A set of one node knows where it is, and its owner's own past is common to its nodes: only links to a rival's moves
        // that the set cannot tell apart make it answer to what is above.
        let answers = |(lower, upper): &(u32, u32)| {
            let (lower, upper) = (*lower as usize, *upper as usize);
            game.owner[lower] != game.owner[upper] && game.members(lower).len() > 1
        };
        let (fronts, mute) = fill(sets, &first_order, &links, &answers, &width)?;
        let (order, rank) = postorder(sets, &first_order, &fronts);
        let owner: Vec<u32> = order.iter().map(|set| game.owner[*set as usize]).collect();
        let layout = Layout {
            order: &order,
            owner: &owner,
            rank: &rank,
            first_order: &first_order,
            fronts: &fronts,
            mute: &mute,
            links: &links,
        };
        Some(Plan::arrange(system, &layout, link_offset, walk))
    }

    fn arrange(
        system: &System<'_>,
        layout: &Layout<'_>,
        link_offset: Vec<usize>,
        walk: Vec<u32>,
    ) -> Plan {
        let count = layout.order.len();
        let own: Vec<(u32, u32)> = layout
            .order
            .iter()
            .map(|set| {
                let range = system.unknowns_at(*set as usize);
                (range.start as u32, range.len() as u32)
            })
            .collect();
        let mut by_rank = vec![0usize; count];
        for (at, set) in layout.first_order.iter().enumerate() {
            by_rank[layout.rank[*set as usize] as usize] = at;
        }
        let mut collector = Vec::with_capacity(count);
        let mut front_sets: Vec<Vec<u32>> = Vec::with_capacity(count);
        for at in &by_rank {
            let mut front: Vec<u32> = layout.fronts[*at]
                .iter()
                .map(|later| layout.rank[layout.first_order[*later as usize] as usize])
                .collect();
            collector.push(front.iter().min().copied().unwrap_or(NONE));
            front.sort_unstable_by_key(|position| (layout.owner[*position as usize], *position));
            front_sets.push(front);
        }
        let mut plan = Plan {
            leaf: vec![true; count],
            mute: by_rank.iter().map(|at| layout.mute[*at]).collect(),
            leaf_first: vec![0; count + 1],
            leaves: Vec::new(),
            front: Vec::with_capacity(count),
            index: Vec::new(),
            span: Vec::with_capacity(count),
            number_first: vec![0],
            run_first: vec![0],
            runs: Vec::new(),
            entry_first: vec![0; count + 1],
            entries: Vec::new(),
            own,
            collector,
            link_offset,
            walk,
        };
        for at in 0..count {
            if plan.collector[at] != NONE && !plan.mute[at] {
                plan.leaf[plan.collector[at] as usize] = false;
            }
        }
        for front in &front_sets {
            plan.place_front(front);
        }
        plan.place_entries(layout, &front_sets);
        plan.place_numbers();
        plan.place_runs(&front_sets);
        plan
    }

    /// The unknowns of a front, shared with the position before where they are the same.
    fn place_front(&mut self, front: &[u32]) {
        let start = self.index.len();
        for later in front {
            let (first, width) = self.own[*later as usize];
            self.index.extend(first..first + width);
        }
        let length = self.index.len() - start;
        let place = match self.front.last().copied() {
            Some((before, same))
                if same as usize == length
                    && self.index[before..before + length] == self.index[start..] =>
            {
                self.index.truncate(start);
                before
            }
            _ => start,
        };
        self.front.push((place, length as u32));
    }

    /// Where links enter, and which columns of a leaf's rows they reach.
    fn place_entries(&mut self, layout: &Layout<'_>, front_sets: &[Vec<u32>]) {
        let count = self.own.len();
        let ends = |(lower, upper): &(u32, u32)| {
            let (lower, upper) = (layout.rank[*lower as usize], layout.rank[*upper as usize]);
            (lower.min(upper), lower.max(upper), lower < upper)
        };
        for link in layout.links {
            self.entry_first[ends(link).0 as usize + 1] += 1;
        }
        for at in 0..count {
            self.entry_first[at + 1] += self.entry_first[at];
        }
        // Links by the position where they enter.
        let mut next = self.entry_first.clone();
        let mut entering = vec![0u32; layout.links.len()];
        for (number, link) in layout.links.iter().enumerate() {
            let place = &mut next[ends(link).0 as usize];
            entering[*place] = number as u32;
            *place += 1;
        }
        let mut column_at = vec![0u32; count];
        let mut spans = vec![(u32::MAX, 0u32); count];
        self.entries.reserve_exact(layout.links.len());
        for at in 0..count {
            columns(&self.own, &front_sets[at], &mut column_at);
            for number in &entering[self.entry_first[at]..self.entry_first[at + 1]] {
                let link = &layout.links[*number as usize];
                let (first, later, lower) = ends(link);
                let column = column_at[later as usize];
                let width = self.own[later as usize].1;
                self.entries.push(Entry {
                    link: *number,
                    column,
                    width,
                    lower,
                });
                // The lower set of a link does not answer to its owner's own past.
                let rivals = layout.owner[later as usize] != layout.owner[first as usize] || !lower;
                if rivals && !self.mute[at] {
                    let span = &mut spans[at];
                    *span = (span.0.min(column), span.1.max(column + width));
                }
            }
        }
        for (at, (low, high)) in spans.into_iter().enumerate() {
            self.span.push(match (self.leaf[at], low < high) {
                (true, true) => (low, high),
                (true, false) => (0, 0),
                (false, _) => (0, self.front[at].1),
            });
        }
    }

    fn place_numbers(&mut self) {
        for at in 0..self.own.len() {
            let (b, s) = (self.own[at].1 as usize, self.front[at].1 as usize);
            let (low, high) = self.span[at];
            let pivot = if self.leaf[at] { 0 } else { b * b };
            let before = self.number_first[at];
            self.number_first
                .push(before + pivot + b * (high - low) as usize + b * s);
        }
    }

    /// Where each front lies in the matrix of its collector: the collector's own unknowns first, then its front.
    fn place_runs(&mut self, front_sets: &[Vec<u32>]) {
        let mut column_at = vec![0u32; self.own.len()];
        let mut known = NONE;
        for at in 0..self.own.len() {
            let collector = self.collector[at];
            let first = self.runs.len();
            if collector != NONE && !self.mute[at] {
                if known != collector {
                    columns(&self.own, &front_sets[collector as usize], &mut column_at);
                    known = collector;
                }
                let own = self.own[collector as usize].1;
                let mut source = 0;
                for later in &front_sets[at] {
                    let target = if *later == collector {
                        0
                    } else {
                        own + column_at[*later as usize]
                    };
                    let length = self.own[*later as usize].1;
                    match self.runs[first..].last_mut() {
                        Some(run) if run.target + run.length == target => run.length += length,
                        _ => self.runs.push(Run {
                            source,
                            target,
                            length,
                        }),
                    }
                    source += length;
                }
                if self.leaf[at] {
                    self.leaf_first[collector as usize + 1] += 1;
                }
            }
            self.run_first.push(self.runs.len());
        }
        for at in 0..self.own.len() {
            self.leaf_first[at + 1] += self.leaf_first[at];
        }
        let mut next = self.leaf_first.clone();
        self.leaves = vec![0; self.leaf_first[self.own.len()]];
        for at in 0..self.own.len() {
            let collector = self.collector[at];
            if self.leaf[at] && collector != NONE && !self.mute[at] {
                self.leaves[next[collector as usize]] = at as u32;
                next[collector as usize] += 1;
            }
        }
    }

    /// Positions.
    pub fn count(&self) -> usize {
        self.own.len()
    }

    /// Unknowns of a position's own.
    pub fn own(&self, at: usize) -> std::ops::Range<usize> {
        let (first, width) = self.own[at];
        first as usize..(first + width) as usize
    }

    /// Unknowns of a position's front.
    pub fn front(&self, at: usize) -> &[u32] {
        let (start, length) = self.front[at];
        &self.index[start..start + length as usize]
    }

    pub fn runs(&self, at: usize) -> &[Run] {
        &self.runs[self.run_first[at]..self.run_first[at + 1]]
    }

    pub fn entries(&self, at: usize) -> &[Entry] {
        &self.entries[self.entry_first[at]..self.entry_first[at + 1]]
    }

    pub fn leaves(&self, at: usize) -> &[u32] {
        &self.leaves[self.leaf_first[at]..self.leaf_first[at + 1]]
    }
}

/// First column of each position of a front; what stands at other positions means nothing.
fn columns(own: &[(u32, u32)], front: &[u32], column_at: &mut [u32]) {
    let mut column = 0;
    for later in front {
        column_at[*later as usize] = column;
        column += own[*later as usize].1;
    }
}

/// Which later positions each position is coupled to when its turn comes, by the usual union over what was eliminated; and
/// which positions are mute: their own equations name nothing that is still to come, so that eliminating them changes no
/// other equation's coefficients (in games of perfect information all are).
fn fill(
    sets: usize,
    first_order: &[u32],
    links: &[(u32, u32)],
    answers: &dyn Fn(&(u32, u32)) -> bool,
    width: &dyn Fn(usize) -> usize,
) -> Option<(Vec<Vec<u32>>, Vec<bool>)> {
    let mut position = vec![NONE; sets];
    for (at, set) in first_order.iter().enumerate() {
        position[*set as usize] = at as u32;
    }
    let mut fronts: Vec<Vec<u32>> = vec![Vec::new(); first_order.len()];
    let mut mute = vec![true; first_order.len()];
    for link in links {
        let (lower, upper) = (position[link.0 as usize], position[link.1 as usize]);
        let first = lower.min(upper) as usize;
        fronts[first].push(lower.max(upper));
        // An upper set that goes first answers to what is below it, which is still to come.
        if upper < lower || answers(link) {
            mute[first] = false;
        }
    }
    let mut given: Vec<Vec<u32>> = vec![Vec::new(); first_order.len()];
    let mut size = 0usize;
    for at in 0..first_order.len() {
        let mut front = std::mem::take(&mut fronts[at]);
        if !given[at].is_empty() {
            mute[at] = false;
        }
        for child in std::mem::take(&mut given[at]) {
            front.extend(
                fronts[child as usize]
                    .iter()
                    .filter(|later| **later != at as u32),
            );
        }
        front.sort_unstable();
        front.dedup();
        if !mute[at]
            && let Some(first) = front.first()
        {
            given[*first as usize].push(at as u32);
        }
        let couplings: usize = front
            .iter()
            .map(|later| width(first_order[*later as usize] as usize))
            .sum();
        let own = width(first_order[at] as usize);
        size += own * (own + 2 * couplings);
        if size > FACTOR_LIMIT || (couplings > 4096 && !mute[at]) {
            return None;
        }
        fronts[at] = front;
    }
    Some((fronts, mute))
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

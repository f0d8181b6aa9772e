//! The graph of what refers to what, cut into components that must travel together.

use std::collections::HashMap;

/// The strongly connected components of the graph in which node `n` refers to each of `edges[n]`, in an order in which
/// everything comes after what it refers to. Within a component the nodes keep their order. (Tarjan's algorithm, without
/// recursion: records are as deep as they like.)
pub(super) fn components(edges: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut search = Search {
        edges,
        index: vec![None; edges.len()],
        low: vec![0; edges.len()],
        on_stack: vec![false; edges.len()],
        stack: Vec::new(),
        next: 0,
        found: Vec::new(),
    };
    for node in 0..edges.len() {
        if search.index[node].is_none() {
            search.from(node);
        }
    }
    search.found
}

/// Who refers to whom among `keys`: `references` of each, as far as they are among them.
pub(super) fn edges<'k>(keys: &[&'k str], references: impl Fn(usize) -> Vec<&'k str>) -> Vec<Vec<usize>> {
    let places: HashMap<&str, usize> = keys.iter().enumerate().map(|(place, key)| (*key, place)).collect();
    let of = |place: usize| {
        let mut to: Vec<usize> = references(place)
            .into_iter()
            .filter_map(|key| places.get(key).copied())
            .collect();
        to.sort_unstable();
        to
    };
    (0..keys.len()).map(of).collect()
}

struct Search<'e> {
    edges: &'e [Vec<usize>],
    index: Vec<Option<usize>>,
    low: Vec<usize>,
    on_stack: Vec<bool>,
    stack: Vec<usize>,
    next: usize,
    found: Vec<Vec<usize>>,
}

impl Search<'_> {
    fn from(&mut self, root: usize) {
        // Each frame is a node and how many of its edges were followed.
        let mut frames = vec![(root, 0)];
        self.enter(root);
        while let Some((node, followed)) = frames.last_mut() {
            let node = *node;
            if let Some(&target) = self.edges[node].get(*followed) {
                *followed += 1;
                match self.index[target] {
                    None => {
                        self.enter(target);
                        frames.push((target, 0));
                    }
                    Some(index) if self.on_stack[target] => self.low[node] = self.low[node].min(index),
                    Some(_) => {}
                }
                continue;
            }
            frames.pop();
            if let Some((parent, _)) = frames.last() {
                self.low[*parent] = self.low[*parent].min(self.low[node]);
            }
            if Some(self.low[node]) == self.index[node] {
                self.close(node);
            }
        }
    }

    fn enter(&mut self, node: usize) {
        self.index[node] = Some(self.next);
        self.low[node] = self.next;
        self.next += 1;
        self.stack.push(node);
        self.on_stack[node] = true;
    }

    fn close(&mut self, root: usize) {
        let start = self.stack.iter().rposition(|node| *node == root).unwrap_or_default();
        let mut component = self.stack.split_off(start);
        for node in &component {
            self.on_stack[*node] = false;
        }
        component.sort_unstable();
        self.found.push(component);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::components;

    #[test]
    fn circles_stay_together_and_what_is_referred_to_comes_first() {
        // 0 → 1 ⇄ 2 → 3, and 4 alone.
        let edges = [vec![1], vec![2], vec![1, 3], vec![], vec![]];
        assert_eq!(components(&edges), [vec![3], vec![1, 2], vec![0], vec![4]]);
    }

    /// Whether `to` is reached from `from`, by looking at every path.
    fn reaches(edges: &[Vec<usize>], from: usize, to: usize) -> bool {
        let (mut seen, mut open) = (vec![false; edges.len()], vec![from]);
        while let Some(node) = open.pop() {
            if node == to {
                return true;
            }
            if !std::mem::replace(&mut seen[node], true) {
                open.extend(&edges[node]);
            }
        }
        false
    }

    proptest! {
        #[test]
        fn the_components_are_those_that_reach_each_other(edges in graphs()) {
            let found = components(&edges);
            let place = |node: usize| found.iter().position(|component| component.contains(&node)).expect("every node has one");
            prop_assert_eq!(found.iter().map(Vec::len).sum::<usize>(), edges.len());
            for from in 0..edges.len() {
                for to in 0..edges.len() {
                    let together = reaches(&edges, from, to) && reaches(&edges, to, from);
                    prop_assert_eq!(place(from) == place(to), together);
                    prop_assert!(!edges[from].contains(&to) || place(to) <= place(from));
                }
            }
        }
    }

    fn graphs() -> impl Strategy<Value = Vec<Vec<usize>>> {
        (1_usize..9).prop_flat_map(|size| prop::collection::vec(prop::collection::vec(0..size, 0..4), size))
    }
}

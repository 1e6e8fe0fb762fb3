//! Events: reports that are linked through any match, directly or by way of others.

use std::collections::BTreeMap;

/// Gives every link of a German report with a Vietnamese one (each by number, as dense as may be) the number of its event, counted in the
/// order of first occurrence: the connected components of the graph of reports.
pub fn events(links: &[(usize, usize)]) -> Vec<usize> {
    let german = links.iter().map(|link| link.0 + 1).max().unwrap_or(0);
    let vietnamese = links.iter().map(|link| link.1 + 1).max().unwrap_or(0);
    let mut parents: Vec<usize> = (0..german + vietnamese).collect();
    for &(de, vi) in links {
        let (a, b) = (root(&mut parents, de), root(&mut parents, german + vi));
        // The smaller number leads, so that the order of the links does not matter.
        parents[a.max(b)] = a.min(b);
    }
    let mut numbers = BTreeMap::new();
    links
        .iter()
        .map(|&(de, _)| {
            let next = numbers.len();
            *numbers.entry(root(&mut parents, de)).or_insert(next)
        })
        .collect()
}

/// The leader of a set; paths are halved on the way.
fn root(parents: &mut [usize], mut node: usize) -> usize {
    while parents[node] != node {
        parents[node] = parents[parents[node]];
        node = parents[node];
    }
    node
}

#[cfg(test)]
mod tests {
    use super::events;

    #[test]
    fn a_chain_of_matches_is_one_event() {
        assert_eq!(events(&[(0, 0), (1, 1), (2, 0), (2, 2), (3, 3)]), [0, 1, 0, 0, 2]);
        assert_eq!(events(&[(1, 1), (0, 0), (0, 1)]), [0, 0, 0]);
        // 0 and 3 share a Vietnamese report, 3 and 5 another; 1 and 2 stand alone.
        assert_eq!(events(&[(0, 7), (1, 2), (2, 4), (3, 7), (3, 9), (5, 9)]), [0, 1, 2, 0, 0, 0]);
        assert_eq!(events(&[]), [0; 0]);
    }
}

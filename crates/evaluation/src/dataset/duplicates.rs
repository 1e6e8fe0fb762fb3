//! What says the same as something else in the dataset: only the best-scored stays, within reports and across them.

use std::collections::HashSet;

use rayon::prelude::*;

use super::funnel::{Funnel, Reason};
use super::minhash::near_duplicates;
use super::read::Row;
use super::text::{Words, hash_of};

const DE_SAME: Reason = "same German text";
const VI_SAME: Reason = "same Vietnamese text";
const DE_NEAR: Reason = "near-duplicate of a German text";
const VI_NEAR: Reason = "near-duplicate of a Vietnamese text";
/// How often crowded buckets are looked at again; each time at least one duplicate of each crowd goes.
const ROUNDS: usize = 16;

/// Drops pairs one side of which is, but for case, marks and white space, that of a better pair, then those one side of which is nearly
/// that of a better pair: a Jaccard similarity of word pairs of `near` or more; 0 leaves those in.
pub(super) fn drop_duplicates(funnel: &mut Funnel, near: f64) {
    let order = best_first(funnel);
    let reasons = exact(funnel, &order);
    funnel.all("duplicates", &reasons);
    if near > 0.0 {
        // Where those that stay stand now.
        let mut places = 0..;
        let moved: Vec<Option<u32>> =
            reasons.iter().map(|reason| if reason.is_none() { places.next() } else { None }).collect();
        let order = order.into_iter().filter_map(|place| moved[place as usize]).collect();
        let reasons = nearly(funnel, order, near);
        funnel.all("near-duplicates", &reasons);
    }
}

/// Places in `alive`, the best pair first; what is equal stands in the order of reports and spans, whatever the order of the input.
fn best_first(funnel: &Funnel) -> Vec<u32> {
    // The bits of scores, which are not negative, stand in the order of the scores.
    let down = |score: f64| u64::MAX - score.abs().to_bits();
    let mut order: Vec<(u64, u64, u32)> = (0..funnel.alive.len())
        .map(|place| {
            let pair = &funnel.row(place).pair;
            (down(pair.score), down(pair.doc_score), place as u32)
        })
        .collect();
    let key = |place: u32| {
        let Row { row, pair } = funnel.row(place as usize);
        (&pair.de_doc, pair.de.start, &pair.vi_doc, pair.vi.start, *row)
    };
    order.par_sort_unstable_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then_with(|| key(a.2).cmp(&key(b.2))));
    order.into_iter().map(|(_, _, place)| place).collect()
}

fn exact(funnel: &Funnel, order: &[u32]) -> Vec<Option<Reason>> {
    let keys: Vec<(Option<u64>, Option<u64>)> = order
        .par_iter()
        .with_min_len(256)
        .map_init(Words::default, |words, place| {
            let pair = &funnel.row(*place as usize).pair;
            (hash_of(words.read(&pair.de_text)), hash_of(words.read(&pair.vi_text)))
        })
        .collect();
    let mut reasons = vec![None; order.len()];
    let (mut de_seen, mut vi_seen) = (HashSet::new(), HashSet::new());
    for (place, (de, vi)) in order.iter().zip(keys) {
        // A text without any word is nobody's duplicate; it is for the length limits.
        let reason = &mut reasons[*place as usize];
        if de.is_some_and(|de| de_seen.contains(&de)) {
            *reason = Some(DE_SAME);
        } else if vi.is_some_and(|vi| vi_seen.contains(&vi)) {
            *reason = Some(VI_SAME);
        } else {
            de_seen.extend(de);
            vi_seen.extend(vi);
        }
    }
    reasons
}

fn nearly(funnel: &Funnel, mut order: Vec<u32>, least: f64) -> Vec<Option<Reason>> {
    let mut reasons: Vec<Option<Reason>> = vec![None; order.len()];
    for _ in 0..ROUNDS {
        let pair = |place: usize| &funnel.row(order[place] as usize).pair;
        let de = near_duplicates(order.len(), |place| &pair(place).de_text, least);
        let vi = near_duplicates(order.len(), |place| &pair(place).vi_text, least);
        let crowded = de.crowded || vi.crowded;
        let mut edges: Vec<(u32, u32, Reason)> = de
            .pairs
            .into_iter()
            .map(|(a, b)| (b, a, DE_NEAR))
            .chain(vi.pairs.into_iter().map(|(a, b)| (b, a, VI_NEAR)))
            .collect();
        edges.par_sort_unstable();
        // From the best down, a pair goes if one that stays is nearly the same.
        let mut goes = vec![false; order.len()];
        for (worse, better, reason) in edges {
            if !goes[better as usize] && !goes[worse as usize] {
                goes[worse as usize] = true;
                reasons[order[worse as usize] as usize] = Some(reason);
            }
        }
        let before = order.len();
        let mut gone = goes.into_iter();
        order.retain(|_| gone.next() != Some(true));
        if !crowded || order.len() == before {
            break;
        }
    }
    reasons
}

#[cfg(test)]
mod tests {
    use satzpaar_corpus::{Pair, PairKind, Span};

    use super::*;

    fn funnel(pairs: &[(&str, &str, f64)]) -> Funnel {
        let row = |(i, (de, vi, score)): (usize, &(&str, &str, f64))| Row {
            row: i + 1,
            pair: Pair {
                de_doc: format!("d{i}"),
                vi_doc: format!("v{i}"),
                doc_score: 1.0,
                de: Span::new(0, 1),
                vi: Span::new(0, 1),
                bead: (1, 1),
                score: *score,
                kind: PairKind::Parallel,
                de_text: (*de).to_owned(),
                vi_text: (*vi).to_owned(),
            },
        };
        let rows: Vec<Row> = pairs.iter().enumerate().map(row).collect();
        Funnel { alive: (0..rows.len() as u32).collect(), rows, steps: Vec::new() }
    }

    #[test]
    fn the_best_of_equal_texts_stays() {
        let mut f = funnel(&[
            ("Er kommt morgen.", "Mai anh ấy đến.", 0.6),
            ("er kommt  morgen", "Ngày mai anh đến.", 0.9),
            ("Sie geht.", "ngày mai anh đến", 0.7),
            ("Wir bleiben.", "Chúng tôi ở lại.", 0.5),
        ]);
        drop_duplicates(&mut f, 0.8);
        assert_eq!(f.alive, [1, 3]);
        assert_eq!(f.steps[0].dropped[DE_SAME], 1);
        assert_eq!(f.steps[0].dropped[VI_SAME], 1);
    }

    #[test]
    fn near_duplicates_go_on_either_side_unless_left_in() {
        let long =
            "Die neue Brücke über den breiten Fluss im Norden der Stadt wurde am Montag feierlich eröffnet";
        let near = format!("{long} worden");
        let pairs = [
            (long, "Cây cầu mới ở phía bắc thành phố đã được khánh thành", 0.8),
            (&*near, "Hôm thứ Hai người ta cắt băng thông xe cầu mới", 0.9),
        ];
        let mut f = funnel(&pairs);
        drop_duplicates(&mut f, 0.8);
        assert_eq!(f.alive, [1]);
        assert_eq!(f.steps[1].dropped[DE_NEAR], 1);
        let mut f = funnel(&pairs);
        drop_duplicates(&mut f, 0.0);
        assert_eq!((f.alive.len(), f.steps.len()), (2, 1));
    }
}

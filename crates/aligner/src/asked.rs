//! A German sentence laid out to be held against Vietnamese ones.

use crate::bitext::Bitext;

/// A German term and a place in a Vietnamese sentence that answers it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Link {
    /// The term's type.
    pub(crate) term: u32,
    /// The term's place among the counted types of its sentence.
    pub(crate) place: u32,
    /// First syllable, counted over the whole side.
    pub(crate) first: u32,
    /// How many syllables.
    pub(crate) length: u16,
    pub(crate) strength: f32,
    /// What it is worth on the German side before rarity, and the natural log of how often a unit is such an answer.
    pub(crate) gain: f32,
    pub(crate) ln_chance: f32,
    /// What it is worth on the Vietnamese side before the German length is counted, and how many units it explains.
    pub(crate) worth: f32,
    pub(crate) units: f32,
}

/// A German sentence laid out to be held against Vietnamese ones: its terms by the keys that answer them.
#[derive(Debug, Default)]
pub(crate) struct Asked {
    /// For each key the first of its entries, plus one; 0 for none.
    slots: Vec<u32>,
    entries: Vec<Entry>,
    /// A bit for each key that is asked for, by its low bits: most mentions are passed over without a look at the table.
    some: [u64; 32],
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    key: u32,
    term: u32,
    /// The term's place among the counted types of its sentence.
    place: u32,
    strength: f32,
    /// As in [`Link`]: looked up once for all sentences that the term is held against.
    gain: f32,
    ln_chance: f32,
    /// The next entry of the same key, plus one.
    next: u32,
}

impl Asked {
    /// Lays out a sentence; the one before is forgotten.
    pub(crate) fn lay(&mut self, bitext: &Bitext, german: usize) {
        for entry in self.entries.drain(..) {
            self.slots[entry.key as usize] = 0;
        }
        self.some = [0; 32];
        if self.slots.len() < bitext.key_count() {
            self.slots.resize(bitext.key_count(), 0);
        }
        for (place, (number, _)) in (0..).zip(bitext.types_of(german)) {
            let term = &bitext.types[*number as usize];
            for target in bitext.targets_of(term) {
                let slot = &mut self.slots[target.key as usize];
                let next = *slot;
                self.entries.push(Entry {
                    key: target.key,
                    term: *number,
                    place,
                    strength: target.strength,
                    gain: term.gain,
                    ln_chance: term.ln_chance(target.strength),
                    next,
                });
                *slot = self.entries.len() as u32;
                self.some[(target.key >> 6) as usize % 32] |= 1 << (target.key % 64);
            }
        }
    }

    /// Calls `found` for each link between the sentence laid out and a Vietnamese one.
    pub(crate) fn links(&self, bitext: &Bitext, vietnamese: usize, mut found: impl FnMut(Link)) {
        for mention in bitext.mentions_of(vietnamese) {
            if self.some[(mention.key >> 6) as usize % 32] & 1 << (mention.key % 64) == 0 {
                continue;
            }
            let mut next = self.slots[mention.key as usize];
            while next > 0 {
                let entry = self.entries[next as usize - 1];
                found(Link {
                    term: entry.term,
                    place: entry.place,
                    first: mention.first,
                    length: mention.length,
                    strength: entry.strength,
                    gain: entry.gain,
                    ln_chance: entry.ln_chance,
                    worth: mention.worth,
                    units: mention.units,
                });
                next = entry.next;
            }
        }
    }
}

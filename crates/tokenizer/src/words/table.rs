//! A table of rows of syllables: a hash table with open addressing in plain bytes, written by the build script and read in
//! place. A slot holds a key and a record of 32 bits each; the key is what the row begins with and its last syllable.

use super::records::WordRecord;

/// No row.
pub(crate) const NONE: u32 = u32::MAX;
/// Bits of a key that say which syllable it ends with.
const SYLLABLE_BITS: u32 = 14;

/// The table, in the bytes that [`build`] gave.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Table<'b> {
    slots: &'b [u8],
    count: u32,
    syllables: u32,
}

impl<'b> Table<'b> {
    /// The table over `slots`, with so many syllables numbered.
    pub(crate) fn new(slots: &'b [u8], syllables: usize) -> Self {
        Self { slots, count: (slots.len() / 8) as u32, syllables: syllables as u32 }
    }

    /// The row that goes on from the row `parent` (a single syllable's own number, or what this function gave) by
    /// `syllable`, and what is known of it.
    pub(crate) fn child(&self, parent: u32, syllable: u32) -> Option<(u32, WordRecord)> {
        let key = key(parent, syllable)?;
        let mut slot = place(key, self.count);
        for _ in 0..self.count {
            let (found, record) = self.slot(slot)?;
            if found == key {
                return Some((self.syllables + slot, WordRecord(record)));
            }
            if found == NONE {
                return None;
            }
            slot = if slot + 1 == self.count { 0 } else { slot + 1 };
        }
        None
    }

    fn slot(&self, slot: u32) -> Option<(u32, u32)> {
        let bytes: [u8; 8] = self.slots.get(slot as usize * 8..)?.first_chunk().copied()?;
        let number = u64::from_le_bytes(bytes);
        Some((number as u32, (number >> 32) as u32))
    }
}

fn key(parent: u32, syllable: u32) -> Option<u32> {
    (parent < NONE >> SYLLABLE_BITS && syllable < 1 << SYLLABLE_BITS)
        .then_some(parent << SYLLABLE_BITS | syllable)
}

fn place(key: u32, count: u32) -> u32 {
    ((u64::from(key.wrapping_mul(0x9E37_79B1)) * u64::from(count)) >> 32) as u32
}

/// Builds the table of `rows`, each of at least two syllables and after what it begins with (the order of a sorted set).
///
/// # Errors
/// Too many rows or syllables for a key.
#[allow(dead_code)] // the build script's
pub(crate) fn build(rows: &[(WordRecord, Vec<u32>)], syllables: usize) -> Result<Vec<u8>, String> {
    let count = (rows.len() * 5 / 4 + 1) as u32;
    let mut slots = vec![(NONE, 0); count as usize];
    // Shorter rows first, since a slot is what longer ones go on from.
    let mut order: Vec<_> = rows.iter().collect();
    order.sort_by_key(|(_, row)| row.len());
    let mut nodes: std::collections::BTreeMap<&[u32], u32> = std::collections::BTreeMap::new();
    for (record, row) in order {
        let (last, before) = row.split_last().ok_or("an empty row")?;
        let parent = match before {
            [one] => *one,
            more => *nodes.get(more).ok_or("a row without its beginning")?,
        };
        let key = key(parent, *last).ok_or("too many words for the table's keys: widen them in table.rs")?;
        let mut slot = place(key, count);
        while slots[slot as usize].0 != NONE {
            slot = (slot + 1) % count;
        }
        slots[slot as usize] = (key, record.0);
        nodes.insert(row, syllables as u32 + slot);
    }
    Ok(slots.iter().flat_map(|(key, record)| [key.to_le_bytes(), record.to_le_bytes()]).flatten().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_found_and_no_other() {
        let rows: Vec<_> =
            [vec![0, 1], vec![0, 1, 2], vec![0, 2], vec![2, 0], vec![2, 0, 1], vec![2, 0, 1, 1]]
                .into_iter()
                .zip(1..)
                .map(|(row, n)| (WordRecord(n), row))
                .collect();
        let bytes = build(&rows, 3).unwrap();
        let table = Table::new(&bytes, 3);
        let find = |row: &[u32]| {
            let start = (row[0], WordRecord(0));
            row[1..].iter().try_fold(start, |(node, _), id| table.child(node, *id)).map(|(_, record)| record)
        };
        for (record, row) in &rows {
            assert_eq!(find(row), Some(*record), "{row:?}");
        }
        for row in [&[1, 0][..], &[0, 0], &[0, 2, 1], &[2, 0, 1, 2], &[u32::MAX, 0], &[0, u32::MAX]] {
            assert_eq!(find(row), None, "{row:?}");
        }
        assert_eq!(Table::new(&[], 3).child(0, 1), None);
    }
}

//! Rows of parts (the syllables of Vietnamese words, the stems of German phrases) as a table of steps: from a row that some word begins
//! with, by one more part, to a longer one. Parts are numbers, so that a step is one look into the table.
//!
//! Written by the build script and read in place; all numbers are little-endian, of four bytes. First comes how many parts there are, then
//! for each part the step by it from the start: the row that it reaches (0: none goes on from there) and the value of the word that
//! ends there plus one. All other steps are in a hash table with linear probing: for each slot its key, which holds the row that the step leaves
//! and the part (0: the slot is empty), then for each slot what the step leads to, as above. Most looks find nothing; that most of these need not
//! go to the table, which is larger than a processor's near memory, a filter stands before it: eight bits for each two slots, those set that the hash of
//! some key names.

/// What a step leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Step {
    /// The row reached, from which longer ones go on.
    pub(crate) row: Option<u32>,
    /// The value of the word that ends here.
    pub(crate) value: Option<u32>,
}

/// Bytes of a slot: its key, the row reached, the value.
const SLOT: usize = 12;
/// Bits of the filter for each slot, as a power of two.
const FILTER_BITS: u32 = 2;
/// The row that no part has been added to yet.
pub(crate) const START: u32 = 0;
/// Bits of a key that hold the part; the others hold the row.
const PART_BITS: u32 = 14;

/// The key of a step; rows and parts are few enough (the build script sees to it).
fn key(row: u32, part: u32) -> u32 {
    // Parts are counted from 1 in keys: no key is 0.
    row << PART_BITS | (part + 1)
}

/// The hash of a key, of so many bits: the slot where it is looked for first, in a table of 2^`bits` slots.
fn slot(key: u32, bits: u32) -> usize {
    (key.wrapping_mul(0x9e37_79b1) >> (32 - bits)) as usize
}

/// The byte of the filter and the bit in it that stand for a key, in a table of 2^`bits` slots.
fn filter_bit(key: u32, bits: u32) -> (usize, u8) {
    let at = slot(key, bits + FILTER_BITS);
    (at / 8, 1 << (at % 8))
}

/// Bytes of the filter.
fn filter_bytes(slots: usize) -> usize {
    (slots << FILTER_BITS) / 8
}

fn number(table: &[u8], at: usize) -> u32 {
    table.get(at..at + 4).and_then(|b| b.try_into().ok()).map_or(0, u32::from_le_bytes)
}

/// The step whose two numbers stand there; one that leads nowhere is none.
fn step_at(table: &[u8], at: usize) -> Option<Step> {
    let (reached, value) = (number(table, at), number(table, at + 4));
    let step = Step { row: (reached > 0).then_some(reached), value: value.checked_sub(1) };
    (step.row.is_some() || step.value.is_some()).then_some(step)
}

/// The step from a row by a part, if some word goes that way.
pub(crate) fn step(table: &[u8], row: u32, part: u32) -> Option<Step> {
    let parts = number(table, 0);
    if row == START {
        return if part < parts { step_at(table, 4 + part as usize * 8) } else { None };
    }
    let filter = 4 + parts as usize * 8;
    // For two slots there is a byte of the filter.
    let slots = (table.len() - filter) * 2 / (2 * SLOT + 1);
    let wanted = key(row, part);
    let bits = slots.trailing_zeros();
    let (byte, bit) = filter_bit(wanted, bits);
    if table.get(filter + byte).is_none_or(|byte| byte & bit == 0) {
        return None;
    }
    let keys = filter + filter_bytes(slots);
    let mut at = slot(wanted, bits);
    loop {
        match number(table, keys + at * 4) {
            // The table has empty slots.
            0 => return None,
            found if found == wanted => return step_at(table, keys + slots * 4 + at * 8),
            _ => at = (at + 1) & (slots - 1),
        }
    }
}

/// Writes the table of these words; for the build script. `None` if there are more rows or parts than keys can hold.
#[allow(dead_code, reason = "the build script writes, the library reads")]
pub(crate) fn table(words: &[(Vec<u32>, u32)]) -> Option<Vec<u8>> {
    let mut rows: std::collections::BTreeMap<&[u32], (u32, u32)> = std::collections::BTreeMap::new();
    for (parts, value) in words {
        for length in 1..=parts.len() {
            rows.entry(&parts[..length]).or_default();
        }
        rows.entry(parts).or_default().1 = value + 1;
    }
    let mut next = START;
    let longer: std::collections::BTreeSet<Vec<u32>> =
        rows.keys().filter(|r| r.len() > 1).map(|r| r[..r.len() - 1].to_vec()).collect();
    for (row, (number, _)) in &mut rows {
        if longer.contains(*row) {
            next += 1;
            *number = next;
        }
    }
    let parts = words.iter().flat_map(|(parts, _)| parts).max().map_or(0, |most| most + 1);
    if next >= 1 << (32 - PART_BITS) || parts >= 1 << PART_BITS {
        return None;
    }
    let slots = (2 * rows.len()).next_power_of_two().max(2);
    let filter = 4 + parts as usize * 8;
    let keys = filter + filter_bytes(slots);
    let mut table = vec![0; keys + slots * SLOT];
    table[..4].copy_from_slice(&parts.to_le_bytes());
    for (row, (reached, value)) in &rows {
        let Some((part, before)) = row.split_last() else { continue };
        let payload = if before.is_empty() {
            4 + *part as usize * 8
        } else {
            let own = key(rows.get(before).map_or(START, |(number, _)| *number), *part);
            let bits = slots.trailing_zeros();
            let (byte, bit) = filter_bit(own, bits);
            table[filter + byte] |= bit;
            let mut at = slot(own, bits);
            while number(&table, keys + at * 4) != 0 {
                at = (at + 1) & (slots - 1);
            }
            table[keys + at * 4..][..4].copy_from_slice(&own.to_le_bytes());
            keys + slots * 4 + at * 8
        };
        table[payload..][..4].copy_from_slice(&reached.to_le_bytes());
        table[payload + 4..][..4].copy_from_slice(&value.to_le_bytes());
    }
    Some(table)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_step_by_step() {
        let table = table(&[(vec![3], 7), (vec![3, 4, 5], 0), (vec![4, 3], 9)]).unwrap();
        let first = step(&table, START, 3).unwrap();
        assert_eq!(first.value, Some(7));
        let second = step(&table, first.row.unwrap(), 4).unwrap();
        assert_eq!(second.value, None);
        let third = step(&table, second.row.unwrap(), 5).unwrap();
        assert_eq!(third, Step { row: None, value: Some(0) });
        assert_eq!(step(&table, first.row.unwrap(), 5), None);
        assert_eq!(step(&table, START, 5), None);
    }
}

//! Rows of values of different lengths, laid out one after the other.

/// Rows of values, one after the other.
#[derive(Clone, Debug)]
pub(crate) struct Rows<T> {
    pub(crate) values: Vec<T>,
    /// Where each row begins, and the end.
    pub(crate) offsets: Vec<u32>,
}

impl<T> Default for Rows<T> {
    fn default() -> Self {
        Self { values: Vec::new(), offsets: vec![0] }
    }
}

impl<T> Rows<T> {
    /// No rows yet, with room for so many of them and their values: lists that grow are copied, and touch twice the memory.
    pub(crate) fn with_room(rows: usize, values: usize) -> Self {
        let mut offsets = Vec::with_capacity(rows + 1);
        offsets.push(0);
        Self { values: Vec::with_capacity(values), offsets }
    }

    /// Ends the row that was being filled.
    pub(crate) fn end_row(&mut self) {
        self.offsets.push(self.values.len() as u32);
    }

    pub(crate) fn push(&mut self, value: T) {
        self.values.push(value);
    }

    pub(crate) fn row(&self, number: usize) -> &[T] {
        &self.values[self.offsets[number] as usize..self.offsets[number + 1] as usize]
    }

    pub(crate) fn clear(&mut self) {
        self.values.clear();
        self.offsets.truncate(1);
    }
}

impl<T: Copy + Default> Rows<T> {
    /// Rows from pairs of (row, value), which keep their order within a row.
    pub(crate) fn grouped(rows: usize, pairs: impl Iterator<Item = (u32, T)> + Clone) -> Self {
        let mut offsets = vec![0_u32; rows + 1];
        for (row, _) in pairs.clone() {
            offsets[row as usize + 1] += 1;
        }
        for row in 1..offsets.len() {
            offsets[row] += offsets[row - 1];
        }
        let mut next = offsets.clone();
        let mut values = vec![T::default(); offsets[rows] as usize];
        for (row, value) in pairs {
            values[next[row as usize] as usize] = value;
            next[row as usize] += 1;
        }
        Self { values, offsets }
    }
}

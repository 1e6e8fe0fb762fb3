//! Tables for terminals: aligned columns, a rule under the head, no colours (the output may go into a file).

use comfy_table::{CellAlignment, Table, presets};

/// Standard deviations that hold 95 % of the normal distribution.
pub(crate) const Z95: f64 = 1.959_963_984_540_054;

/// A table as text, without a line end. The first column stands left, the others right.
pub(crate) fn table(head: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_header(head.iter().copied());
    table.add_rows(rows);
    for (i, column) in table.column_iter_mut().enumerate() {
        column.set_padding((0, 2));
        if i > 0 {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table.trim_fmt()
}

/// A share with four decimals.
pub(crate) fn share(value: f64) -> String {
    format!("{value:.4}")
}

/// An interval of shares.
pub(crate) fn interval(low: f64, high: f64) -> String {
    format!("{low:.3}–{high:.3}")
}

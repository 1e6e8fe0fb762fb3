//! Byte offsets as the offsets of a browser's strings.

/// Turns byte offsets of `text` into UTF-16 ones. `None` for one that lies past the end or inside a character.
pub(super) fn offsets(text: &str, bytes: &[usize]) -> Vec<Option<usize>> {
    let mut order: Vec<usize> = (0..bytes.len()).collect();
    order.sort_by_key(|&i| bytes[i]);
    let mut found = vec![None; bytes.len()];
    let (mut at, mut units) = (0, 0);
    for i in order {
        let Some(between) = text.get(at..bytes[i]) else { continue };
        units += between.chars().map(char::len_utf16).sum::<usize>();
        at = bytes[i];
        found[i] = Some(units);
    }
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::offsets;

    #[test]
    fn characters_outside_the_basic_plane_count_twice() {
        // ệ has 3 bytes and one unit, the flag letter 4 bytes and two.
        let text = "Việt 🇻!";
        assert_eq!(
            offsets(text, &[text.len(), 0, 5, 6, 7, 11, 99]),
            [Some(8), Some(0), Some(3), Some(4), Some(5), Some(7), None]
        );
        assert_eq!(offsets(text, &[3]), [None]);
    }

    proptest! {
        #[test]
        fn as_encoding_says(text in "\\PC{0,30}", bytes in prop::collection::vec(0_usize..60, 0..9)) {
            for (byte, found) in bytes.iter().zip(offsets(&text, &bytes)) {
                prop_assert_eq!(found, text.get(..*byte).map(|start| start.encode_utf16().count()));
            }
        }
    }
}

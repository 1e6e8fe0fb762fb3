//! Shares of a corpus, for several processes or machines.

use std::collections::HashMap;
use std::str::FromStr;

use satzpaar_aligner::ReportMatch;
use satzpaar_corpus::Report;
use satzpaar_evaluation::events::events;
use xxhash_rust::xxh3::xxh3_64;

/// The share of one process: `2/5` is the second of five.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    /// From 1.
    number: u64,
    of: u64,
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wanted = || "a share such as 2/5 is wanted, from 1/5 to 5/5".to_owned();
        let (number, of) = text.split_once('/').ok_or_else(wanted)?;
        let parse = |part: &str| part.parse::<u64>().map_err(|_| wanted());
        let (number, of) = (parse(number)?, parse(of)?);
        if number == 0 || number > of { Err(wanted()) } else { Ok(Self { number, of }) }
    }
}

impl std::fmt::Display for Shard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.number, self.of)
    }
}

impl Shard {
    /// Keeps the matches of this share. Reports that are matched, over however many others, are an event and stay together; the event's
    /// share follows from the least id of its German reports alone, so that other events that come or go change nothing.
    pub(crate) fn keep(self, matches: &mut Vec<ReportMatch>, german: &[Report]) {
        let links: Vec<(usize, usize)> = matches.iter().map(|m| (m.german, m.vietnamese)).collect();
        let events = events(&links);
        let mut least: HashMap<usize, &str> = HashMap::new();
        for (m, event) in matches.iter().zip(&events) {
            let id = german[m.german].id.as_str();
            least.entry(*event).and_modify(|least| *least = id.min(*least)).or_insert(id);
        }
        let mut events = events.iter();
        matches.retain(|_| {
            let least = events.next().and_then(|event| least.get(event));
            least.is_some_and(|id| xxh3_64(id.as_bytes()) % self.of == self.number - 1)
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_read() {
        assert_eq!("2/5".parse(), Ok(Shard { number: 2, of: 5 }));
        for wrong in ["0/3", "4/3", "1/0", "0/0", "3", "a/b", "1/2/3", "-1/3", ""] {
            assert!(wrong.parse::<Shard>().unwrap_err().contains("2/5"), "{wrong}");
        }
    }

    #[test]
    fn where_an_id_goes_never_changes() {
        // Shards that were made last year have to fit those of today.
        assert_eq!(xxh3_64(b""), 0x2D06_8005_38D3_94C2);
    }
}

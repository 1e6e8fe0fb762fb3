//! The rows that every format is written from: pairs with cleaned texts, their names, and what is known of their reports.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rayon::prelude::*;
use satzpaar_corpus::{Language, Pair};

use super::clean;
use crate::dataset::{Dataset, Item, SourceReport};

/// The rows of a dataset.
pub(crate) struct Rows<'a> {
    pub(crate) dataset: &'a Dataset,
    /// The pairs whose texts had to be cleaned, by item.
    cleaned: Vec<Option<Box<Pair>>>,
    /// The place of each item in its event, from 1.
    places: Vec<u32>,
    /// The items of each split, in their order.
    splits: Vec<Vec<u32>>,
    /// The reports that items come from, cleaned; those that nothing is known of are there too.
    pub(crate) sources: BTreeMap<(Language, &'a str), SourceReport>,
}

/// A pair as it is written.
#[derive(Clone, Copy)]
pub(crate) struct Row<'a> {
    pub(crate) pair: &'a Pair,
    pub(crate) item: &'a Item,
    pub(crate) split: &'a str,
    place: u32,
}

impl<'a> Rows<'a> {
    /// Cleans the texts and names the items. Items whose split there is not are in none.
    pub(crate) fn new(dataset: &'a Dataset) -> Self {
        let cleaned = dataset.items.par_iter().map(|item| cleaned(&item.pair)).collect();
        let mut counts: HashMap<&str, u32> = HashMap::new();
        let mut splits = vec![Vec::new(); dataset.splits.len()];
        let mut places = Vec::with_capacity(dataset.items.len());
        let mut used = BTreeSet::new();
        for (i, item) in dataset.items.iter().enumerate() {
            let count = counts.entry(&item.event).or_default();
            *count += 1;
            places.push(*count);
            if let Some(split) = splits.get_mut(item.split) {
                split.push(i as u32);
            }
            used.insert((Language::German, item.pair.de_doc.as_str()));
            used.insert((Language::Vietnamese, item.pair.vi_doc.as_str()));
        }
        let known: HashMap<(Language, &str), &SourceReport> = dataset
            .sources
            .iter()
            .map(|((language, doc), source)| ((*language, doc.as_str()), source))
            .collect();
        let sources = used
            .into_iter()
            .map(|key| (key, known.get(&key).map(|source| cleaned_source(source)).unwrap_or_default()))
            .collect();
        Self { dataset, cleaned, places, splits, sources }
    }

    /// How many rows a split has.
    pub(crate) fn count(&self, split: usize) -> usize {
        self.splits[split].len()
    }

    /// The name of a split.
    pub(crate) fn name(&self, split: usize) -> &'a str {
        &self.dataset.splits[split]
    }

    /// The rows of a split.
    pub(crate) fn of(&self, split: usize) -> impl Iterator<Item = Row<'_>> {
        let name = self.name(split);
        self.splits[split].iter().map(move |i| {
            let i = *i as usize;
            let item = &self.dataset.items[i];
            Row {
                pair: self.cleaned[i].as_deref().unwrap_or(&item.pair),
                item,
                split: name,
                place: self.places[i],
            }
        })
    }

    /// What is known of reports, for many look-ups.
    pub(crate) fn lookup(&self) -> HashMap<(Language, &str), &SourceReport> {
        self.sources.iter().map(|((language, doc), source)| ((*language, *doc), source)).collect()
    }
}

impl Row<'_> {
    /// The name of the item: its event, `#`, and its place in it.
    pub(crate) fn id(&self) -> String {
        format!("{}#{}", self.item.event, self.place)
    }

    /// The pair's contamination, or nothing.
    pub(crate) fn contamination(&self) -> &str {
        self.item.contamination.as_deref().unwrap_or_default()
    }
}

fn cleaned(pair: &Pair) -> Option<Box<Pair>> {
    use std::borrow::Cow::Borrowed;
    match (clean(&pair.de_text), clean(&pair.vi_text)) {
        (Borrowed(_), Borrowed(_)) => None,
        (de, vi) => {
            let (de_text, vi_text) = (de.into_owned(), vi.into_owned());
            Some(Box::new(Pair {
                de_doc: pair.de_doc.clone(),
                vi_doc: pair.vi_doc.clone(),
                de_text,
                vi_text,
                ..*pair
            }))
        }
    }
}

fn cleaned_source(source: &SourceReport) -> SourceReport {
    let field = |field: &Option<String>| {
        field.as_deref().map(clean).filter(|text| !text.is_empty()).map(std::borrow::Cow::into_owned)
    };
    SourceReport {
        title: field(&source.title),
        date: field(&source.date),
        url: field(&source.url),
        license: field(&source.license),
    }
}

//! Verbs that rules for endings do not reach: strong forms, participles with `ge-`, particles and prefixes, infinitives with `-zu-`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use satzpaar_language::fold::fold_german;

use super::tables::{PREFIXES, STRONG};

/// A strong form: the infinitive that it belongs to, and how it may be used.
#[derive(Clone, Copy, Debug)]
struct Form {
    infinitive: u16,
    finite: bool,
    /// A participle that a prefix has robbed of its `ge-`.
    bare_participle: bool,
}

struct StrongForms {
    infinitives: Vec<String>,
    forms: FxHashMap<String, Vec<Form>>,
}

/// The endings of adjectives, which participles take too.
const ADJECTIVE: [&str; 6] = ["", "e", "en", "em", "er", "es"];

static FORMS: LazyLock<StrongForms> = LazyLock::new(|| {
    let mut table = StrongForms { infinitives: Vec::new(), forms: FxHashMap::default() };
    for [infinitive, present, past, participle, subjunctive] in STRONG.iter() {
        let id = table.infinitives.len() as u16;
        let mut folded = String::new();
        fold_german(infinitive, &mut folded);
        table.infinitives.push(folded);
        let finite = Form { infinitive: id, finite: true, bare_participle: false };
        for form in split(present) {
            table.add(form, &[""], finite);
            // du nimmst: the stem of the third person with -st; the imperative (gib, nimm, hilf) where e has become i.
            let stem = form.strip_suffix('t').unwrap_or(form);
            table.add(stem, &["st"], finite);
            if stem.contains('i') && !infinitive.contains('i') && stem.len() >= 3 {
                table.add(stem, &[""], finite);
            }
        }
        for form in split(past) {
            let endings: &[&str] = if form.ends_with('e') {
                &["", "n", "st", "t"]
            } else if form.ends_with(['s', 'ß']) {
                // du lasest; lasst is of lassen.
                if last_vowel_is_i(form) { &["", "en", "est", "et", "e"] } else { &["", "en", "est", "et"] }
            } else if last_vowel_is_i(form) {
                // No umlaut marks the subjunctive: fiele, ließe, ginge.
                &["", "en", "st", "t", "est", "et", "e"]
            } else {
                &["", "en", "st", "t", "est", "et"]
            };
            table.add(form, endings, finite);
        }
        for form in split(subjunctive) {
            table.add(form, &["", "n", "st", "t"], finite);
        }
        for form in split(participle) {
            table.add(form, &ADJECTIVE, Form { finite: false, ..finite });
            let bare = form.strip_prefix("ge").unwrap_or(form);
            table.add(bare, &ADJECTIVE, Form { finite: false, bare_participle: true, ..finite });
        }
    }
    table
});

fn split(cell: &'static str) -> impl Iterator<Item = &'static str> {
    cell.split(',').filter(|f| !f.is_empty())
}

fn last_vowel_is_i(form: &str) -> bool {
    let last = form.trim_end_matches(|c| !"aeiouäöü".contains(c));
    last.ends_with('i') || last.ends_with("ie")
}

impl StrongForms {
    fn add(&mut self, form: &str, endings: &[&str], entry: Form) {
        for ending in endings {
            let mut key = String::new();
            fold_german(form, &mut key);
            key.push_str(ending);
            self.forms.entry(key).or_default().push(entry);
        }
    }
}

/// The separable particles (`ab`, `teil`, `zurück` …), folded and sorted.
pub fn separable_particles() -> impl Iterator<Item = &'static str> {
    PREFIXES.iter().filter(|(_, separable, _)| *separable).map(|(prefix, ..)| prefix.as_str())
}

/// Whether a folded word is a particle that a German verb may leave at the end of its clause (`nahm … teil`).
pub fn is_separable_particle(key: &str) -> bool {
    PREFIXES.binary_search_by(|(prefix, ..)| prefix.as_str().cmp(key)).is_ok_and(|i| PREFIXES[i].1)
}

/// Calls `found(infinitive, finite)` for every infinitive that a folded form may belong to; `finite` says that the form can be nothing
/// but a finite verb. None need be a verb of the lexicon.
pub(super) fn infinitives(key: &str, scratch: &mut String, found: &mut dyn FnMut(&str, bool)) {
    scratch.clear();
    with_prefix(key, Place::Alone, 2, scratch, found);
}

/// As [`infinitives`], of what follows the particle of a verb that the lexicon does not list with it: `zuverbreiten` (weiter-).
pub(super) fn infinitives_after_particle(key: &str, scratch: &mut String, found: &mut dyn FnMut(&str, bool)) {
    scratch.clear();
    with_prefix(key, Place::AfterParticle, 1, scratch, found);
}

/// What stands before the rest of a verb.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Alone,
    AfterParticle,
    AfterPrefix,
}

/// `before` holds the prefixes already taken off; `depth` says how many more may be.
fn with_prefix(rest: &str, place: Place, depth: u8, before: &mut String, found: &mut dyn FnMut(&str, bool)) {
    let length = before.len();
    let mut propose = |before: &mut String, parts: [&str; 2], finite| {
        before.extend(parts);
        found(before, finite);
        before.truncate(length);
    };
    if let Some(forms) = FORMS.forms.get(rest) {
        for form in forms {
            // Only a prefix without stress takes the place of ge-: verstanden, but aufgestanden.
            if form.bare_participle && place != Place::AfterPrefix {
                continue;
            }
            propose(before, [&FORMS.infinitives[usize::from(form.infinitive)], ""], form.finite);
        }
    }
    if let Some(weak) = rest.strip_prefix("ge") {
        for stem in ADJECTIVE.iter().filter_map(|ending| weak.strip_suffix(ending)?.strip_suffix('t')) {
            // gearbeitet, geredet, geöffnet: only such stems take -et.
            let dental = stem.strip_suffix('e').filter(|stem| stem.ends_with(['t', 'd', 'n', 'm']));
            for stem in [Some(stem), dental].into_iter().flatten().filter(|s| s.len() >= 2) {
                propose(before, [stem, "en"], false);
                propose(before, [stem, "n"], false);
            }
        }
    }
    if place == Place::AfterParticle
        && let Some(infinitive) = rest.strip_prefix("zu")
    {
        for ending in ["", "de", "den", "der", "des", "dem"] {
            if let Some(infinitive) = infinitive.strip_suffix(ending)
                && infinitive.ends_with('n')
            {
                propose(before, [infinitive, ""], false);
            }
        }
    }
    if depth == 0 {
        return;
    }
    let Some(first) = rest.get(..1).or_else(|| rest.get(..2)) else { return };
    let from = PREFIXES.partition_point(|(prefix, ..)| prefix.as_str() < first);
    for (prefix, separable, stays) in PREFIXES[from..].iter().take_while(|(p, ..)| p.starts_with(first)) {
        let Some(inner) = rest.strip_prefix(prefix.as_str()).filter(|inner| inner.len() >= 3) else {
            continue;
        };
        before.push_str(prefix);
        if *separable {
            with_prefix(inner, Place::AfterParticle, depth - 1, before, found);
        }
        if *stays {
            with_prefix(inner, Place::AfterPrefix, depth - 1, before, found);
        }
        before.truncate(length);
    }
}

//! Verbs that rules for endings do not reach: strong forms, participles with `ge-`, particles and prefixes, infinitives with `-zu-`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use satzpaar_language::fold::fold_german;

use super::tables::{PREFIXES, STRONG};

/// A strong form: the infinitive that it belongs to, and whether it is a participle that a prefix has robbed of its `ge-`.
#[derive(Clone, Copy, Debug)]
struct Form {
    infinitive: u16,
    bare_participle: bool,
}

struct StrongForms {
    infinitives: Vec<String>,
    forms: FxHashMap<String, Vec<Form>>,
}

static FORMS: LazyLock<StrongForms> = LazyLock::new(|| {
    let mut table = StrongForms { infinitives: Vec::new(), forms: FxHashMap::default() };
    for [infinitive, present, past, participle, subjunctive] in STRONG.iter() {
        let id = table.infinitives.len() as u16;
        let mut folded = String::new();
        fold_german(infinitive, &mut folded);
        table.infinitives.push(folded);
        for form in split(present) {
            table.add(form, &[""], id, false);
            // du nimmst: the stem of the third person with -st.
            table.add(form.strip_suffix('t').unwrap_or(form), &["st"], id, false);
        }
        for form in split(past) {
            let endings: &[&str] =
                if form.ends_with('e') { &["", "n", "st", "t"] } else { &["", "en", "st", "t", "est", "et"] };
            table.add(form, endings, id, false);
        }
        for form in split(subjunctive) {
            table.add(form, &["", "n", "st", "t"], id, false);
        }
        const ADJECTIVE: &[&str] = &["", "e", "en", "em", "er", "es"];
        for form in split(participle) {
            table.add(form, ADJECTIVE, id, false);
            table.add(form.strip_prefix("ge").unwrap_or(form), ADJECTIVE, id, true);
        }
    }
    table
});

fn split(cell: &'static str) -> impl Iterator<Item = &'static str> {
    cell.split(',').filter(|f| !f.is_empty())
}

impl StrongForms {
    fn add(&mut self, form: &str, endings: &[&str], infinitive: u16, bare_participle: bool) {
        for ending in endings {
            let mut key = String::new();
            fold_german(form, &mut key);
            key.push_str(ending);
            self.forms.entry(key).or_default().push(Form { infinitive, bare_participle });
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

/// Calls `found(infinitive, cost)` for every infinitive that a folded form may belong to. None need be a verb of the lexicon.
pub(super) fn infinitives(key: &str, scratch: &mut String, found: &mut dyn FnMut(&str, u8)) {
    scratch.clear();
    with_prefix(key, false, 2, scratch, found);
}

/// `before` holds the prefixes already taken off; `depth` says how many more may be.
fn with_prefix(
    rest: &str,
    inseparable: bool,
    depth: u8,
    before: &mut String,
    found: &mut dyn FnMut(&str, u8),
) {
    let length = before.len();
    let mut propose = |before: &mut String, parts: [&str; 2], cost| {
        parts.iter().for_each(|part| before.push_str(part));
        found(before, cost);
        before.truncate(length);
    };
    if let Some(forms) = FORMS.forms.get(rest) {
        for form in forms {
            // Only a prefix without stress takes the place of ge-: verstanden, but aufgestanden.
            if form.bare_participle && !inseparable {
                continue;
            }
            propose(before, [&FORMS.infinitives[usize::from(form.infinitive)], ""], 0);
        }
    }
    if let Some(weak) = rest.strip_prefix("ge") {
        for ending in ["t", "te", "ten", "ter", "tes", "tem", "et", "ete", "eten", "eter", "etes", "etem"] {
            if let Some(stem) = weak.strip_suffix(ending)
                && stem.len() >= 2
            {
                propose(before, [stem, "en"], 0);
                propose(before, [stem, "n"], 0);
            }
        }
    }
    if length > 0
        && let Some(infinitive) = rest.strip_prefix("zu")
        && infinitive.ends_with('n')
    {
        propose(before, [infinitive, ""], 0);
    }
    if depth == 0 {
        return;
    }
    for (prefix, separable, stays) in PREFIXES.iter() {
        let Some(inner) = rest.strip_prefix(prefix.as_str()) else { continue };
        if inner.len() < 3 {
            continue;
        }
        before.push_str(prefix);
        if *separable {
            with_prefix(inner, false, depth - 1, before, found);
        }
        if *stays {
            with_prefix(inner, true, depth - 1, before, found);
        }
        before.truncate(length);
    }
}

//! Events: who, where, what, and the sentences that tell it, in both languages.

use super::random::{Random, number_of};
use super::slots::{Said, Slot, Value, fill, number};
use super::tables::{ANY, TABLES, Template, of};

/// Sentences that both sides may tell.
pub(super) const CORE: usize = 18;
/// Sentences that each side may add, German ones first.
pub(super) const EXTRA: usize = 2;
const ALL: usize = CORE + 2 * EXTRA;
/// How many of them are of the event's own topic, and of a second one; the others fit into any report.
const OWN: usize = 10;
const SECOND: usize = 5;

/// A sentence in both languages, with a small first letter unless it is a noun's or a name's.
#[derive(Clone, Debug)]
pub(super) struct Sentence {
    pub(super) said: Said,
    /// Whether another main clause can follow after "und" and "và".
    pub(super) joinable: bool,
}

/// An event.
#[derive(Debug)]
pub(super) struct Event {
    /// Decides topic, sentences and words.
    shape: u64,
    /// Decides names and numbers.
    facts: u64,
    topic: &'static str,
    places: Vec<Said>,
    persons: Vec<(Said, bool)>,
    companies: Vec<Said>,
    clubs: Vec<Said>,
    plan: Vec<Said>,
}

impl Event {
    /// The event of this shape with these facts; events of one shape are told in the same words.
    pub(super) fn new(shape: u64, facts: u64) -> Self {
        let mut random = Random::new(&[shape, 1]);
        let first = random.below(TABLES.topics.len());
        let second = (first + random.between(1, TABLES.topics.len() - 1)) % TABLES.topics.len();
        let topics = [TABLES.topics[first], TABLES.topics[second]];
        let plan = plan(topics, &mut random);
        let mut random = Random::new(&[facts, 2]);
        let mut places: Vec<Said> = Vec::new();
        while places.len() < 3 {
            let place = place(&mut random);
            if !places.contains(&place) {
                places.push(place);
            }
        }
        Self {
            shape,
            facts,
            topic: topics[0],
            persons: (0..4).map(|_| person(&mut random)).collect(),
            companies: (0..2).map(|_| company(&mut random)).collect(),
            clubs: (0..2).map(|i| club(&places[i], &mut random)).collect(),
            places,
            plan,
        }
    }

    /// The sentence number `index` of the event, below `CORE + 2 * EXTRA`.
    pub(super) fn sentence(&self, index: usize) -> Sentence {
        let template = &self.plan[index];
        let mut random = Random::new(&[self.facts, 3, index as u64]);
        let said = fill(template, |slot| self.value(slot, &mut random));
        let joinable = !template.de.contains(['„', ':', '('])
            && !template.de.contains(", dass")
            && !template.de.contains(" und ")
            && !template.vi.contains(" và ");
        Sentence { said, joinable }
    }

    fn value(&self, slot: Slot, random: &mut Random) -> Value {
        if let Some(said) = number(slot.kind, random) {
            return Value::Said(said);
        }
        let event_own =
            |list: &[Said]| list.get(slot.number % list.len().max(1)).cloned().unwrap_or_default();
        match slot.kind {
            "place" => Value::Said(event_own(&self.places)),
            "company" => Value::Said(event_own(&self.companies)),
            "club" => Value::Said(event_own(&self.clubs)),
            "person" => Value::Said(self.persons[slot.number % self.persons.len()].0.clone()),
            "role" => {
                let woman = self.persons[slot.number % self.persons.len()].1;
                let role = self.chosen(of(&TABLES.roles, self.topic), "role", slot.number);
                Value::Said(Said::new(if woman { role.woman } else { role.man }, role.vi))
            }
            class => Value::Word(self.chosen(of(&TABLES.words, class), class, slot.number)),
        }
    }

    /// One of a class, the same in the whole event and another for each number.
    fn chosen<T: Copy + Default>(&self, of: &[T], class: &str, number: usize) -> T {
        let first = Random::new(&[self.shape, 4, number_of(class)]).below(of.len());
        of.get((first + number) % of.len().max(1)).copied().unwrap_or_default()
    }
}

/// Which sentences tell an event, clauses and quotes put in: the first is of its own topic.
fn plan(topics: [&'static str; 2], random: &mut Random) -> Vec<Said> {
    let some = |topic: &str, count: usize, random: &mut Random| {
        let mut templates = of(&TABLES.sentences, topic).to_vec();
        random.shuffle(&mut templates);
        templates.truncate(count);
        templates
    };
    let mut chosen = some(topics[0], OWN, random);
    chosen.extend(some(topics[1], SECOND, random));
    let missing = ALL - chosen.len();
    chosen.extend(some(ANY, missing, random));
    if let Some(rest) = chosen.get_mut(1..) {
        random.shuffle(rest);
    }
    let mut clauses: Vec<Template> = topics.iter().flat_map(|t| of(&TABLES.clauses, t)).copied().collect();
    let mut quotes = TABLES.quotes.clone();
    random.shuffle(&mut clauses);
    random.shuffle(&mut quotes);
    chosen
        .into_iter()
        .map(|template| {
            let (slot, inner) = if template.de.contains("{that}") {
                ("{that}", clauses.pop())
            } else if template.de.contains("{quote}") {
                ("{quote}", quotes.pop())
            } else {
                ("", None)
            };
            match inner {
                Some(inner) => {
                    Said::new(template.de.replace(slot, inner.de), template.vi.replace(slot, inner.vi))
                }
                None => Said::new(template.de, template.vi),
            }
        })
        .collect()
}

/// A part of a name.
fn part(class: &str, random: &mut Random) -> Template {
    random.one_of(of(&TABLES.names, class))
}

fn joined(parts: &[Template], between: &str) -> Said {
    let de: Vec<&str> = parts.iter().map(|p| p.de).collect();
    let vi: Vec<&str> = parts.iter().map(|p| p.vi).collect();
    Said::new(de.join(between), vi.join(between))
}

fn place(random: &mut Random) -> Said {
    match random.below(10) {
        0..3 => joined(&[part("city", random)], ""),
        3..6 => {
            let first = part("commune", random);
            let mut second = part("commune-end", random);
            while second.vi == first.vi {
                second = part("commune-end", random);
            }
            joined(&[first, second], " ")
        }
        _ => {
            let before = random.one_of(&["", "", "", "Bad ", "Groß ", "Klein "]);
            let name = joined(&[part("village", random), part("village-end", random)], "");
            Said::new(format!("{before}{}", name.de), format!("{before}{}", name.vi))
        }
    }
}

/// A name, and whether it is a woman's.
fn person(random: &mut Random) -> (Said, bool) {
    let woman = random.percent(45);
    let name = if random.percent(60) {
        joined(&[part(if woman { "woman" } else { "man" }, random), part("surname", random)], " ")
    } else {
        let (middle, given) =
            if woman { ("middle-woman", "given-woman") } else { ("middle-man", "given-man") };
        joined(&[part("family", random), part(middle, random), part(given, random)], " ")
    };
    (name, woman)
}

fn company(random: &mut Random) -> Said {
    let name = if random.percent(60) {
        joined(&[part("firm", random), part("firm-end", random)], "")
    } else {
        joined(&[part("house", random), part("house-end", random)], " ")
    };
    Said { vi: format!("công ty {}", name.vi), ..name }
}

fn club(place: &Said, random: &mut Random) -> Said {
    let kind = part("club", random);
    Said::new(format!("{} {}", kind.de, place.de), format!("{} {}", kind.vi, place.vi))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_template_is_filled_with_what_there_is() {
        let known = |slot: &str| {
            let kind = slot.split(':').next().unwrap().trim_end_matches(|c: char| c.is_ascii_digit());
            ["place", "person", "role", "company", "club", "that", "quote"].contains(&kind)
                || number(kind, &mut Random::new(&[])).is_some()
                || !of(&TABLES.words, kind).is_empty()
        };
        let slots = |text: &'static str| -> Vec<&'static str> {
            text.split('{').skip(1).map(|rest| rest.split_once('}').expect("a closing brace").0).collect()
        };
        let names = |text| {
            let mut names: Vec<_> = slots(text).iter().map(|s| s.split(':').next().unwrap()).collect();
            names.sort_unstable();
            names.dedup();
            names
        };
        let all = TABLES.sentences.values().chain(TABLES.clauses.values()).flatten().chain(&TABLES.quotes);
        for template in all {
            assert_eq!(names(template.de), names(template.vi), "{}", template.de);
            for slot in slots(template.de) {
                assert!(known(slot), "{slot} in {}", template.de);
                let (class, form) = slot.split_once(':').unwrap_or((slot, ""));
                let class = class.trim_end_matches(|c: char| c.is_ascii_digit());
                let article = of(&TABLES.words, class).iter().any(|w| w.gender.is_some());
                assert_eq!(!form.is_empty(), article, "{slot} in {}", template.de);
                assert!(
                    ["", "nom", "acc", "dat", "gen", "ein", "einen", "einem"].contains(&form),
                    "{slot} in {}",
                    template.de
                );
            }
        }
    }

    #[test]
    fn no_sentence_is_told_twice_and_no_slot_left() {
        for seed in 0..200 {
            let event = Event::new(seed, seed + 1000);
            let mut all: Vec<Said> = (0..ALL).map(|i| event.sentence(i).said).collect();
            for said in &all {
                assert!(!said.de.contains(['{', '}']) && !said.vi.contains(['{', '}']), "{said:?}");
                assert!(!said.de.contains("  ") && !said.vi.contains("  "), "{said:?}");
            }
            all.sort_by(|a, b| a.de.cmp(&b.de));
            all.dedup();
            assert_eq!(all.len(), ALL);
        }
    }
}

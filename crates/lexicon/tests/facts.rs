//! Numbers, dates and times: the same facts from both languages, by tables and by properties. Each text is cut in three ways:
//! coarsely, finely, and by the tokenizer.

use proptest::prelude::*;
use satzpaar_lexicon::facts::{Fact, FactKind, Value, facts};
use satzpaar_tokenizer::{Language, Span, Token, TokenKind, Tokenizer};

/// Cut at white space, marks at the ends of words apart; a stop stays with what goes on after it.
fn coarse(text: &str, _: Language) -> Vec<Token> {
    let mut tokens = Vec::new();
    let push = |start: usize, end: usize, tokens: &mut Vec<Token>| {
        if start < end {
            tokens.push(Token { span: Span::new(start, end), kind: TokenKind::Word });
        }
    };
    let mut at = 0;
    for word in text.split_whitespace() {
        let start = at + text[at..].find(word).expect("the word stands in the text");
        at = start + word.len();
        let head = word.len() - word.trim_start_matches(['(', '"', '„', '“']).len();
        let marks: &[char] =
            if at == text.trim_end().len() { &['.', ',', ')', ':', '!', '?'] } else { &[',', ')', ':'] };
        let tail = word.trim_end_matches(marks).len().max(head);
        push(start, start + head, &mut tokens);
        push(start + head, start + tail, &mut tokens);
        push(start + tail, at, &mut tokens);
    }
    tokens
}

/// Every run of letters, run of digits and mark for itself, but that German ordinals keep their stop.
fn fine(text: &str, _: Language) -> Vec<Token> {
    let class = |c: char| {
        if c.is_ascii_digit() {
            1
        } else if c.is_alphabetic() {
            2
        } else {
            3
        }
    };
    let mut tokens: Vec<Token> = Vec::new();
    let mut last = 0;
    for (start, c) in text.char_indices() {
        let end = start + c.len_utf8();
        let this = if c.is_whitespace() { 0 } else { class(c) };
        let ordinal = c == '.' && last == 1 && text[end..].starts_with(' ');
        match tokens.last_mut() {
            Some(token) if token.span.end == start && ((this == last && this != 3) || ordinal) => {
                token.span.end = end;
            }
            _ if this == 0 => {}
            _ => tokens.push(Token { span: Span::new(start, end), kind: TokenKind::Word }),
        }
        last = this;
    }
    tokens
}

fn by_tokenizer(text: &str, language: Language) -> Vec<Token> {
    let mut tokens = Vec::new();
    Tokenizer::new(language).tokenize(text, &mut tokens);
    tokens
}

fn facts_of(text: &str, language: Language, cut: Cut) -> Vec<Fact> {
    let mut out = Vec::new();
    facts(text, &cut(text, language), language, &mut out);
    out
}

fn found(text: &str, language: Language, cut: Cut) -> Vec<(FactKind, Value)> {
    let out = facts_of(text, language, cut);
    let mut found: Vec<_> = out.iter().map(|fact| (fact.kind, fact.value)).collect();
    found.sort_unstable();
    found
}

fn rows(table: &str) -> impl Iterator<Item = (&str, &str)> {
    table
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(|line| line.split_once('\t').unwrap_or_else(|| panic!("a row without a tab: {line}")))
}

/// Kinds and values in words: `Number 5, Unit km`.
fn told(found: &[(FactKind, Value)]) -> String {
    let value = |kind: FactKind, value: Value| match kind {
        FactKind::Unit | FactKind::Currency => {
            let mut name = String::new();
            value.code_name(&mut name);
            name
        }
        _ if value.denominator() > 1 => {
            format!(
                "{}/{}",
                value.mantissa() * 10_i64.pow(value.exponent().unsigned_abs().into()),
                value.denominator()
            )
        }
        _ => value.to_f64().to_string(),
    };
    found
        .iter()
        .map(|&(kind, number)| format!("{kind:?} {}", value(kind, number)))
        .collect::<Vec<_>>()
        .join(", ")
}

/// How a text is cut into tokens.
type Cut = fn(&str, Language) -> Vec<Token>;

fn cuts() -> [Cut; 3] {
    [coarse, fine, by_tokenizer]
}

#[test]
fn pairs_that_say_the_same_give_the_same_facts() {
    let table = include_str!("tables/facts-same.tsv");
    let mut count = 0;
    let mut wrong = Vec::new();
    for (german, rest) in rows(table) {
        let (vietnamese, expected) = rest.split_once('\t').unwrap_or((rest, ""));
        count += 1;
        for cut in cuts() {
            let left = told(&found(german, Language::German, cut));
            let right = told(&found(vietnamese, Language::Vietnamese, cut));
            if left != expected || right != expected {
                wrong.push(format!("{german}\t{vietnamese}\t{expected}: German {left}; Vietnamese {right}"));
            }
        }
    }
    wrong.dedup();
    assert!(wrong.is_empty(), "{} of {count} wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert!(count >= 300, "only {count} pairs");
}

#[test]
fn pairs_that_say_other_things_give_other_facts() {
    let mut count = 0;
    for (german, vietnamese) in rows(include_str!("tables/facts-different.tsv")) {
        count += 1;
        for cut in cuts() {
            let left = found(german, Language::German, cut);
            let right = found(vietnamese, Language::Vietnamese, cut);
            assert!(
                !left.is_empty() && left != right,
                "{german} [{}] | {vietnamese} [{}]",
                told(&left),
                told(&right)
            );
        }
    }
    assert!(count >= 60, "only {count} pairs");
}

#[test]
fn words_that_only_look_like_numbers_tell_nothing() {
    let mut wrong = Vec::new();
    for (language, text) in rows(include_str!("tables/facts-none.tsv")) {
        let language: Language = language.parse().expect("a language");
        for cut in cuts() {
            let found = found(text, language, cut);
            if !found.is_empty() {
                wrong.push(format!("{text} [{}]", told(&found)));
            }
        }
    }
    wrong.dedup();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_fact_names_the_tokens_that_tell_it() {
    let text = "Rund 1,5 Milliarden Euro am 2. April";
    let tokens = by_tokenizer(text, Language::German);
    let facts = facts_of(text, Language::German, by_tokenizer);
    let of = |fact: &Fact| {
        let span = Span::new(tokens[fact.tokens.start].span.start, tokens[fact.tokens.end - 1].span.end);
        span.of(text)
    };
    let surfaces: Vec<_> = facts.iter().map(of).collect();
    assert_eq!(surfaces, ["1,5 Milliarden", "Euro", "2.", "April"]);
}

#[test]
fn facts_are_appended() {
    let mut out = facts_of("drei", Language::German, coarse);
    let text = "am 4. Mai";
    facts(text, &coarse(text, Language::German), Language::German, &mut out);
    assert_eq!(out.len(), 3);
}

const GERMAN_ONES: [&str; 20] = [
    "",
    "ein",
    "zwei",
    "drei",
    "vier",
    "fünf",
    "sechs",
    "sieben",
    "acht",
    "neun",
    "zehn",
    "elf",
    "zwölf",
    "dreizehn",
    "vierzehn",
    "fünfzehn",
    "sechzehn",
    "siebzehn",
    "achtzehn",
    "neunzehn",
];
const GERMAN_TENS: [&str; 10] =
    ["", "", "zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig"];

fn german_below_thousand(number: usize) -> String {
    let hundreds = match number / 100 {
        0 => String::new(),
        count => format!("{}hundert", GERMAN_ONES[count]),
    };
    let rest = number % 100;
    let rest = match (rest / 10, rest % 10) {
        (0 | 1, _) => GERMAN_ONES[rest].to_owned(),
        (tens, 0) => GERMAN_TENS[tens].to_owned(),
        (tens, ones) => format!("{}und{}", GERMAN_ONES[ones], GERMAN_TENS[tens]),
    };
    hundreds + &rest
}

fn german_below_million(number: usize) -> String {
    let thousands = match number / 1000 {
        0 => String::new(),
        count => format!("{}tausend", german_below_thousand(count)),
    };
    let word = thousands + &german_below_thousand(number % 1000);
    if word.ends_with("ein") { word + "s" } else { word }
}

const VIETNAMESE_DIGITS: [&str; 10] =
    ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];

fn vietnamese_below_thousand(number: usize, goes_on: bool) -> String {
    let (hundreds, tens, ones) = (number / 100, number / 10 % 10, number % 10);
    let mut words: Vec<&str> = Vec::new();
    if hundreds > 0 || goes_on {
        words.extend([VIETNAMESE_DIGITS[hundreds], "trăm"]);
    }
    let said = !words.is_empty();
    match (tens, ones) {
        (0, 0) => {}
        (0, _) if said => words.extend(["linh", VIETNAMESE_DIGITS[ones]]),
        (0, _) => words.push(VIETNAMESE_DIGITS[ones]),
        (1, _) => words.push("mười"),
        _ => words.extend([VIETNAMESE_DIGITS[tens], "mươi"]),
    }
    match (tens, ones) {
        (0, _) | (_, 0) => {}
        (_, 5) => words.push("lăm"),
        (2.., 1) => words.push("mốt"),
        _ => words.push(VIETNAMESE_DIGITS[ones]),
    }
    words.join(" ")
}

/// A number below 10^15 in Vietnamese words, as a school book writes it.
fn vietnamese_words(number: usize) -> String {
    let below_billion = |number: usize, goes_on: bool| {
        let mut words: Vec<String> = Vec::new();
        for (scale, word) in [(1_000_000, "triệu"), (1000, "nghìn"), (1, "")] {
            let group = number / scale % 1000;
            if group > 0 {
                words.push(vietnamese_below_thousand(group, goes_on || !words.is_empty()));
                words.push(word.to_owned());
            }
        }
        words.join(" ")
    };
    let billions = number / 1_000_000_000;
    let rest = number % 1_000_000_000;
    if billions == 0 {
        return below_billion(rest, false);
    }
    format!("{} tỷ {}", below_billion(billions, false), below_billion(rest, true))
}

proptest! {
    #[test]
    fn no_text_panics_and_tokens_are_within_bounds(text in "\\PC{0,60}", vietnamese in any::<bool>()) {
        let language = if vietnamese { Language::Vietnamese } else { Language::German };
        // Cut here: what the tokenizer makes of any text is for its own tests to say.
        for cut in [coarse as Cut, fine] {
            let count = cut(&text, language).len();
            for fact in facts_of(&text, language, cut) {
                prop_assert!(fact.tokens.start < fact.tokens.end && fact.tokens.end <= count);
            }
        }
    }

    #[test]
    fn no_row_of_number_words_panics(
        words in proptest::collection::vec(
            proptest::sample::select(vec![
                "ein", "eine", "halbe", "zwei", "fünf", "2.", "12", "4", "April", "bis", "und", "Millionen", "Uhr", "2/3", "-",
                "99999999999999999999", "1.234,5", "5-12/5", "ngày", "tháng", "năm", "hai", "mươi", "trăm", "nghìn", "tỷ",
                "linh", "rưỡi", "giờ", "phần", "ba", "thứ", "những", "thế", "kỷ", "thập", "niên", "quý", "hàng", "chục", "kém",
                "999999999999999999", "triệu", "Billionen", "2025-04-02", "14:30", "$", "%", "XIII", ".", ",", "(", "Drittel",
            ]),
            0..14,
        ),
        glued in any::<bool>(),
    ) {
        let text = words.join(if glued { "" } else { " " });
        for language in [Language::German, Language::Vietnamese] {
            for cut in cuts() {
                let count = cut(&text, language).len();
                for fact in facts_of(&text, language, cut) {
                    prop_assert!(fact.tokens.start < fact.tokens.end && fact.tokens.end <= count);
                    let _ = fact.keys().count();
                    let _ = fact.agreement(&fact.clone());
                }
            }
        }
    }

    #[test]
    fn numbers_in_words_read_back_equal(number in 2_usize..1_000_000, shift in 0_u32..10) {
        let german = german_below_million(number);
        let expected = vec![(FactKind::Number, Value::integer(number as i64))];
        prop_assert_eq!(found(&german, Language::German, coarse), expected, "{}", german);
        let large = number * 10_usize.pow(shift);
        let vietnamese = format!("{} người", vietnamese_words(large));
        let expected = vec![(FactKind::Number, Value::integer(large as i64))];
        prop_assert_eq!(found(&vietnamese, Language::Vietnamese, coarse), expected, "{}", vietnamese);
    }

    #[test]
    fn numbers_in_digits_read_back_equal(number in 10_000_u64..1_000_000_000_000_000) {
        let mut grouped = number.to_string();
        for at in (1..grouped.len()).rev().filter(|at| (number.to_string().len() - at).is_multiple_of(3)) {
            grouped.insert(at, '.');
        }
        let expected = vec![(FactKind::Number, Value::integer(number as i64))];
        for language in [Language::German, Language::Vietnamese] {
            for cut in cuts() {
                prop_assert_eq!(&found(&grouped, language, cut), &expected, "{}", grouped);
            }
            prop_assert_eq!(&found(&grouped.replace('.', ","), language, coarse), &expected, "{}", grouped);
        }
    }

    #[test]
    fn agreement_is_the_same_from_both_sides(a in 0_i64..3000, b in 0_i64..3000, text in 0_usize..6) {
        let write = |kind: usize, value: i64| match kind {
            0 => format!("{value} Menschen"),
            1 => format!("im Jahr {value}"),
            2 => format!("{value}. Jahrestag"),
            3 => format!("{value} Uhr"),
            4 => format!("{value}er Jahre"),
            _ => format!("{value} Millionen Euro"),
        };
        let left = facts_of(&write(text, a), Language::German, coarse);
        let right = facts_of(&write((text + 1) % 6, b), Language::German, coarse);
        for (mine, theirs) in left.iter().flat_map(|mine| right.iter().map(move |theirs| (mine, theirs))) {
            let agreement = mine.agreement(theirs);
            prop_assert!((agreement - theirs.agreement(mine)).abs() < 1e-6);
            prop_assert!((0.0..=1.0).contains(&agreement));
            let shared = mine.keys().any(|key| theirs.keys().any(|other| key == other));
            prop_assert!(agreement < 0.5 || shared || mine.kind == FactKind::Clock, "{:?} {:?}", mine, theirs);
        }
    }
}

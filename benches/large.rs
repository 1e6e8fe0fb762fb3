//! 50 MB of text of each language for measuring speed: the paragraphs of our own sample reports and sentences made of rows of
//! the lexicon, shuffled. The same on every machine.

/// So many bytes are made.
pub(crate) const SIZE: usize = 50_000_000;

const GERMAN: [&str; 9] = [
    include_str!("../data/samples/de/hafen-ausbau.txt"),
    include_str!("../data/samples/de/ministerin-in-hanoi.txt"),
    include_str!("../data/samples/de/ministerin-zwischenbilanz.txt"),
    include_str!("../data/samples/de/nordhafen-testspiel.txt"),
    include_str!("../data/samples/de/salztoleranter-reis.txt"),
    include_str!("../data/samples/de/schuppentiere-pu-mat.txt"),
    include_str!("../data/samples/de/seilbahn-rabenkopf.txt"),
    include_str!("../data/samples/de/sensorwerk-quang-ninh.txt"),
    include_str!("../data/samples/de/taifun-nghe-an.txt"),
];

const VIETNAMESE: [&str; 10] = [
    include_str!("../data/samples/vi/bao-so-6-nghe-an.txt"),
    include_str!("../data/samples/vi/cang-bien-mo-rong.txt"),
    include_str!("../data/samples/vi/giong-lua-chiu-man.txt"),
    include_str!("../data/samples/vi/hai-long-thua-nguoc.txt"),
    include_str!("../data/samples/vi/lu-quet-que-phong.txt"),
    include_str!("../data/samples/vi/quang-ninh-trao-giay-chung-nhan.txt"),
    include_str!("../data/samples/vi/tha-te-te-ve-rung.txt"),
    include_str!("../data/samples/vi/thi-lop-10-can-tho.txt"),
    include_str!("../data/samples/vi/thoa-thuan-lao-dong-tay-nghe.txt"),
    include_str!("../data/samples/vi/trien-lam-tranh-son-mai.txt"),
];

const LEXICON: [&str; 5] = [
    include_str!("../data/lexicon/general-nouns.tsv"),
    include_str!("../data/lexicon/general-verbs.tsv"),
    include_str!("../data/lexicon/general-adjectives.tsv"),
    include_str!("../data/lexicon/politics.tsv"),
    include_str!("../data/lexicon/geography.tsv"),
];

/// Numbers that look random and are always the same (a linear congruential generator, Knuth's MMIX constants).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }
}

/// German text of [`SIZE`] bytes and a little more.
pub(crate) fn german() -> String {
    text(&GERMAN, &words(0))
}

/// Vietnamese text of [`SIZE`] bytes and a little more.
pub(crate) fn vietnamese() -> String {
    text(&VIETNAMESE, &words(1))
}

/// The words of a column of the lexicon, the first of several.
fn words(column: usize) -> Vec<&'static str> {
    let rows = LEXICON.iter().flat_map(|file| file.lines()).filter(|line| !line.starts_with('#'));
    rows.filter_map(|row| row.split('\t').nth(column)?.split("; ").next()).collect()
}

fn text(reports: &[&str], words: &[&str]) -> String {
    let paragraphs: Vec<&str> =
        reports.iter().flat_map(|report| report.lines()).filter(|line| line.len() > 60).collect();
    let mut numbers = Numbers(1);
    let mut text = String::with_capacity(SIZE + 8192);
    while text.len() < SIZE {
        text.push_str(paragraphs[numbers.below(paragraphs.len())]);
        text.push(' ');
        for i in 0..6 + numbers.below(14) {
            let word = words[numbers.below(words.len())];
            if i == 0 {
                text.extend(word.chars().take(1).flat_map(char::to_uppercase));
                text.extend(word.chars().skip(1));
            } else {
                text.push_str(if numbers.below(8) == 0 { ", " } else { " " });
                text.push_str(word);
            }
        }
        text.push_str(if numbers.below(10) == 0 { "!\n\n" } else { ".\n\n" });
    }
    text
}

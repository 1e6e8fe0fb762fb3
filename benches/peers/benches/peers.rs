//! Sentences and words, ours and those of the other crates, on the same 50 MB of each language, on one thread. A peer is given the
//! whole text where it takes one; what it returns is counted and let go.

#[path = "../../large.rs"]
mod large;

use criterion::{Criterion, SamplingMode, Throughput, criterion_group, criterion_main};
use icu_segmenter::{SentenceSegmenter, WordSegmenter as IcuWords};
use satzpaar_sentence_splitter::{Language, Splitter};
use satzpaar_tokenizer::{Tokenizer, WordSegmenter};
use std::hint::black_box;
use std::time::Duration;
use unicode_segmentation::UnicodeSegmentation;

fn texts() -> [(&'static str, Language, String); 2] {
    [("german", Language::German, large::german()), ("vietnamese", Language::Vietnamese, large::vietnamese())]
}

fn sentences(c: &mut Criterion) {
    for (name, language, text) in &texts() {
        let text = text.as_str();
        let mut group = c.benchmark_group(format!("sentences/{name}"));
        group.sampling_mode(SamplingMode::Flat).throughput(Throughput::Bytes(text.len() as u64));
        let splitter = Splitter::new(*language);
        group.bench_function("satzpaar", |b| b.iter(|| splitter.split(black_box(text)).count()));
        let icu = SentenceSegmenter::new(Default::default());
        group.bench_function("icu_segmenter", |b| b.iter(|| icu.segment_str(black_box(text)).count()));
        group.bench_function("unicode-segmentation", |b| {
            b.iter(|| black_box(text).split_sentence_bounds().count());
        });
        // sentencex knows no Vietnamese and falls back to English.
        let code = if *language == Language::German { "de" } else { "vi" };
        group.bench_function("sentencex", |b| b.iter(|| sentencex::segment(code, black_box(text)).len()));
        group.finish();
    }
}

fn words(c: &mut Criterion) {
    for (name, language, text) in &texts() {
        let text = text.as_str();
        let mut group = c.benchmark_group(format!("words/{name}"));
        group.sampling_mode(SamplingMode::Flat).throughput(Throughput::Bytes(text.len() as u64));
        let tokenizer = Tokenizer::new(*language);
        let mut segmenter = WordSegmenter::new();
        let (mut tokens, mut words) = (Vec::new(), Vec::new());
        // Paragraph by paragraph, as the command does: the buffers stay small.
        group.bench_function("satzpaar", |b| {
            b.iter(|| {
                let mut count = 0;
                for line in black_box(text).lines() {
                    tokenizer.tokenize(line, &mut tokens);
                    if *language == Language::Vietnamese {
                        segmenter.segment(line, &tokens, &mut words);
                        count += words.len();
                    } else {
                        count += tokens.len();
                    }
                }
                count
            });
        });
        let icu = IcuWords::new_auto(Default::default());
        group.bench_function("icu_segmenter", |b| b.iter(|| icu.segment_str(black_box(text)).count()));
        group.bench_function("unicode-segmentation", |b| {
            b.iter(|| black_box(text).split_word_bounds().count());
        });
        group.finish();
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2));
    targets = sentences, words
}
criterion_main!(benches);

//! Speed of cutting text into tokens, and Vietnamese syllables into words.

mod news;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use satzpaar_tokenizer::{Language, Tokenizer, WordSegmenter};

fn tokenize(c: &mut Criterion) {
    let (german, vietnamese) = news::report(1, 1000);
    let mut group = c.benchmark_group("tokenizer");
    for (name, language, text) in
        [("german", Language::German, &german), ("vietnamese", Language::Vietnamese, &vietnamese)]
    {
        let tokenizer = Tokenizer::new(language);
        let mut tokens = Vec::new();
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(format!("{name} tokens"), |b| {
            b.iter(|| {
                tokenizer.tokenize(text, &mut tokens);
                tokens.len()
            });
        });
    }
    let mut syllables = Vec::new();
    Tokenizer::new(Language::Vietnamese).tokenize(&vietnamese, &mut syllables);
    let (mut segmenter, mut words) = (WordSegmenter::new(), Vec::new());
    group.throughput(Throughput::Bytes(vietnamese.len() as u64));
    group.bench_function("vietnamese words", |b| {
        b.iter(|| {
            segmenter.segment(&vietnamese, &syllables, &mut words);
            words.len()
        });
    });
    group.finish();
}

criterion_group!(benches, tokenize);
criterion_main!(benches);

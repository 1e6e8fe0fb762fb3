//! Speed of cutting text into tokens, and Vietnamese syllables into words: 50 MB of each language, line by line, as the command
//! does it, with buffers that are used again.

mod large;

use criterion::{Criterion, SamplingMode, Throughput, criterion_group, criterion_main};
use satzpaar_tokenizer::{Language, Tokenizer, WordSegmenter};

fn tokenize(c: &mut Criterion) {
    let mut group = c.benchmark_group("tokenizer");
    group.sampling_mode(SamplingMode::Flat).sample_size(10);
    let (mut tokens, mut words) = (Vec::new(), Vec::new());
    let vietnamese = large::vietnamese();
    for (name, language, text) in
        [("german", Language::German, &large::german()), ("vietnamese", Language::Vietnamese, &vietnamese)]
    {
        let tokenizer = Tokenizer::new(language);
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(format!("{name} tokens"), |b| {
            b.iter(|| {
                text.lines().fold(0, |count, line| {
                    tokenizer.tokenize(line, &mut tokens);
                    count + tokens.len()
                })
            });
        });
    }
    let (tokenizer, mut segmenter) = (Tokenizer::new(Language::Vietnamese), WordSegmenter::new());
    group.bench_function("vietnamese words", |b| {
        b.iter(|| {
            vietnamese.lines().fold(0, |count, line| {
                tokenizer.tokenize(line, &mut tokens);
                segmenter.segment(line, &tokens, &mut words);
                count + words.len()
            })
        });
    });
    group.finish();
}

criterion_group!(benches, tokenize);
criterion_main!(benches);

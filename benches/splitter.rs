//! Speed of splitting text into sentences: 50 MB of each language, from memory and as a stream.

mod large;

use criterion::{Criterion, SamplingMode, Throughput, criterion_group, criterion_main};
use satzpaar_sentence_splitter::{Language, SplitReader, Splitter};

fn split(c: &mut Criterion) {
    for (name, language, text) in [
        ("german", Language::German, large::german()),
        ("vietnamese", Language::Vietnamese, large::vietnamese()),
    ] {
        let splitter = Splitter::new(language);
        let mut group = c.benchmark_group("splitter");
        group.sampling_mode(SamplingMode::Flat).sample_size(10);
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(name, |b| b.iter(|| splitter.split(&text).count()));
        group.bench_function(format!("{name} stream"), |b| {
            b.iter(|| {
                let mut sentences = SplitReader::new(text.as_bytes(), splitter);
                let mut count = 0;
                while sentences.next_sentence().expect("UTF-8 from memory").is_some() {
                    count += 1;
                }
                count
            });
        });
        group.finish();
    }
}

criterion_group!(benches, split);
criterion_main!(benches);

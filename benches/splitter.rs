//! Speed of splitting text into sentences.

mod news;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use satzpaar_sentence_splitter::{Language, Splitter};

fn split(c: &mut Criterion) {
    let (german, vietnamese) = news::report(2, 1000);
    let mut group = c.benchmark_group("splitter");
    for (name, language, text) in
        [("german", Language::German, &german), ("vietnamese", Language::Vietnamese, &vietnamese)]
    {
        let splitter = Splitter::new(language);
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(name, |b| b.iter(|| splitter.split(text).count()));
    }
    group.finish();
}

criterion_group!(benches, split);
criterion_main!(benches);

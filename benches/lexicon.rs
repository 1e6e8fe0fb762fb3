//! Speed of reading sentences into what they can mean: German with its translations, Vietnamese with what is mentioned.

mod news;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use satzpaar_lexicon::Lexicon;
use satzpaar_lexicon::terms::{GermanReader, VietnameseReader};

fn read(c: &mut Criterion) {
    let sentences = news::sentences(3, 300);
    let lexicon = Lexicon::new();
    let mut group = c.benchmark_group("lexicon");
    group.throughput(Throughput::Bytes(sentences.iter().map(|s| s.0.len() as u64).sum()));
    // Readers remember words, as they do within a run.
    let mut reader = GermanReader::new(&lexicon);
    group.bench_function("german terms", |b| {
        b.iter(|| sentences.iter().map(|s| reader.read(&s.0).terms.len()).sum::<usize>());
    });
    group.throughput(Throughput::Bytes(sentences.iter().map(|s| s.1.len() as u64).sum()));
    let mut reader = VietnameseReader::new(&lexicon);
    group.bench_function("vietnamese terms", |b| {
        b.iter(|| sentences.iter().map(|s| reader.read(&s.1).units.len()).sum::<usize>());
    });
    group.finish();
}

criterion_group!(benches, read);
criterion_main!(benches);

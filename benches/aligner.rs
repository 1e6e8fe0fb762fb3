//! Speed of matching reports, aligning their sentences, and mining, the sentences being read already.

mod news;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use satzpaar_aligner::{Gaps, Mode, ReportTerms, Weights, align, match_reports, mine};
use satzpaar_lexicon::Lexicon;
use satzpaar_lexicon::terms::{GermanReader, GermanTerms, VietnameseReader, VietnameseTerms};

type Terms = (Vec<GermanTerms>, Vec<VietnameseTerms>);

/// The terms of a report's sentences, and how many bytes they were.
fn terms(lexicon: &Lexicon, report: usize, count: usize) -> (Terms, u64) {
    let sentences = news::sentences(report, count);
    let (mut german, mut vietnamese) = (GermanReader::new(lexicon), VietnameseReader::new(lexicon));
    let terms = sentences.iter().map(|(de, vi)| (german.read(de), vietnamese.read(vi))).unzip();
    (terms, sentences.iter().map(|(de, vi)| (de.len() + vi.len()) as u64).sum())
}

fn sentences(c: &mut Criterion) {
    let (lexicon, weights) = (Lexicon::new(), Weights::default());
    let mut group = c.benchmark_group("aligner");
    group.sample_size(20);
    for count in [30, 300] {
        let ((german, vietnamese), bytes) = terms(&lexicon, 4, count);
        group.throughput(Throughput::Bytes(bytes));
        for (name, mode) in [("parallel", Mode::Parallel), ("comparable", Mode::Comparable)] {
            group.bench_function(format!("{name}, {count} sentences a side"), |b| {
                b.iter(|| align(&german, &vietnamese, mode, Gaps::Allowed, &weights));
            });
        }
        group.bench_function(format!("mine, {count} sentences a side"), |b| {
            b.iter(|| mine(&german, &vietnamese, None, 0.5, &weights));
        });
    }
    group.finish();
}

fn reports(c: &mut Criterion) {
    let (lexicon, weights) = (Lexicon::new(), Weights::default());
    let mut bytes = 0;
    let (german, vietnamese): (Vec<_>, Vec<_>) = (0..60)
        .map(|report| {
            let ((german, vietnamese), size) = terms(&lexicon, report, 15);
            bytes += size;
            (
                ReportTerms { sentences: german, published: None },
                ReportTerms { sentences: vietnamese, published: None },
            )
        })
        .unzip();
    let mut group = c.benchmark_group("matching");
    group.sample_size(20).throughput(Throughput::Bytes(bytes));
    group.bench_function("60 reports a side", |b| b.iter(|| match_reports(&german, &vietnamese, &weights)));
    group.finish();
}

criterion_group!(benches, sentences, reports);
criterion_main!(benches);

//! Speed of the whole main job, from a folder of files to pairs.tsv, on all processors.

mod news;

use std::fs;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use satzpaar_cli::Status;

/// Reports a side.
const REPORTS: usize = 100;

fn pipeline(c: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a folder for temporary files");
    let mut bytes = 0;
    for side in ["de", "vi"] {
        fs::create_dir(folder.path().join(side)).expect("a new folder");
    }
    for number in 0..REPORTS {
        let (german, vietnamese) = news::report(number, 15);
        for (side, text) in [("de", german), ("vi", vietnamese)] {
            bytes += text.len() as u64;
            fs::write(folder.path().join(format!("{side}/{number:03}.txt")), text).expect("room on the disk");
        }
    }
    let path = |name: &str| folder.path().join(name).into_os_string();
    let mut group = c.benchmark_group("pipeline");
    group.sample_size(10).throughput(Throughput::Bytes(bytes));
    // By name, since matching is measured apart and these reports resemble one another more than news does.
    for (name, more) in [("align", None), ("align --by-name", Some("--by-name"))] {
        let mut args = vec!["satzpaar".into(), "align".into(), path("de"), path("vi"), "-q".into()];
        args.extend(["-o".into(), path("pairs.tsv")]);
        args.extend(more.map(Into::into));
        group.bench_function(format!("{name}, {REPORTS} reports a side"), |b| {
            b.iter(|| assert_eq!(satzpaar_cli::run(args.clone()), Status::Done));
        });
    }
    group.finish();
}

criterion_group!(benches, pipeline);
criterion_main!(benches);

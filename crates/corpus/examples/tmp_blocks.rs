#![allow(clippy::print_stdout, missing_docs)]
use satzpaar_corpus::*;
fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let lang: Language = args[0].parse().unwrap();
    let t = std::time::Instant::now();
    let r = read_reports(&args[1..], lang, &ReadOptions::default(), |_, _| {}).unwrap();
    eprintln!("{} reports {} problems {:?}", r.reports.len(), r.problems.len(), t.elapsed());
    for p in &r.problems { eprintln!("{p}"); }
    for rep in &r.reports { for b in &rep.blocks { println!("{}\t{}\t{}", rep.id, b.start, b.end); } }
}

#![allow(clippy::print_stdout, missing_docs)]
use satzpaar_corpus::*;
use std::time::Instant;
fn main() {
    let lang: Language = std::env::args().nth(1).unwrap().parse().unwrap();
    let text = std::fs::read_to_string(std::env::args().nth(2).unwrap()).unwrap();
    let t = Instant::now(); strip("x", lang); println!("compile {:?}", t.elapsed());
    for _ in 0..3 { let t = Instant::now(); let n = strip(&text, lang).len(); println!("{n} strip {:?} {:.1} MB/s", t.elapsed(), text.len() as f64/1e6/t.elapsed().as_secs_f64()); }
    let t = Instant::now(); println!("{:?} {:?}", identify(&text, lang), t.elapsed());
}

# What is done by hand, by name. `just` lists it.

# Lists the recipes.
default:
    @just --list --unsorted

# Formatting and lints, as continuous integration has them.
check:
    cargo fmt --all --check
    cargo clippy --workspace --all-targets -- -D warnings

# All tests, or those whose names hold the given words: `just test bad_input`.
test *words:
    cargo test --workspace {{ if words == "" { "" } else { "-- " + words } }}

# The properties that hold for every text, on a hundred times as many texts as `just test`, new ones each time.
soak cases="100000":
    PROPTEST_CASES={{ cases }} cargo test --release --workspace --exclude satzpaar

# Writes the snapshots of helps and messages anew; read the diff before committing it.
bless:
    INSTA_UPDATE=always cargo test -p satzpaar

# Speed of every stage and of the whole; one of them: `just bench aligner`.
bench name="":
    cargo bench --workspace {{ if name == "" { "" } else { "--bench " + name } }}

# Instructions of a fixed job for each command, without the noise of a clock; also those of an earlier build: `just bench-instructions old/satzpaar`.
bench-instructions before="":
    cargo build --release -p satzpaar
    tests/instructions.sh target/release/satzpaar {{ before }}

# How time and memory grow with the job, as a Markdown table; `just scale --large` adds 100,000 reports and sentences a side.
scale *how:
    cargo build --release -p satzpaar
    tests/scale.sh target/release/satzpaar {{ how }}

# The measures on the cases beside this folder, as the table of docs/evaluation.md.
eval cases="../shared/cases":
    cargo build --release -p satzpaar
    tests/evaluation.sh target/release/satzpaar {{ cases }}

# Looks for texts that break what holds for every text (split_german, split_vietnamese, tokenize, read_report), ten minutes; wants cargo-fuzz.
fuzz target seconds="600":
    mkdir -p fuzz/corpus/{{ target }}
    RUSTC_BOOTSTRAP=1 cargo fuzz run --sanitizer none {{ target }} fuzz/corpus/{{ target }} fuzz/seeds/{{ target }} -- -max_total_time={{ seconds }} -max_len=4096

# Speed beside the other splitters and tokenizers of the Rust world, in one run.
bench-peers:
    cd benches/peers && cargo bench
# Opens every format of a dataset with the programs that people read it with; installs them into a folder of its own.
consumers folder="target/consumers":
    tests/consumers.sh {{ folder }}

# Opens the page of `satzpaar report` in a headless browser; `just page shots` leaves screenshots in shots/.
page shots="":
    cargo build -p satzpaar
    tests/page.sh target/debug/satzpaar {{ shots }}

# The documentation of all crates, without warnings.
docs:
    RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps

# The command with its manual page, completions, licences and samples, packed into target/dist/.
dist:
    #!/usr/bin/env bash
    set -euo pipefail
    cargo build --release --locked -p satzpaar
    version=$(target/release/satzpaar --version | cut -d' ' -f2)
    target=$(rustc -vV | sed -n 's/^host: //p')
    name="satzpaar-$version-$target"
    dist=target/dist
    rm -rf "$dist/$name"
    mkdir -p "$dist/$name/completions" "$dist/$name/data"
    cp target/release/satzpaar README.md CHANGELOG.md LICENSE-MIT LICENSE-APACHE "$dist/$name/"
    cp -r data/samples data/LICENSE "$dist/$name/data/"
    target/release/satzpaar man >"$dist/$name/satzpaar.1"
    for shell in bash zsh fish elvish powershell; do
        target/release/satzpaar completions "$shell" >"$dist/$name/completions/satzpaar.$shell"
    done
    # The same sources give the same archive: fixed order, owner and time.
    tar --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$(git log -1 --format=%ct)" \
        -C "$dist" -cf - "$name" | gzip -n >"$dist/$name.tar.gz"
    (cd "$dist" && sha256sum "$name.tar.gz" >"$name.tar.gz.sha256")
    echo "$dist/$name.tar.gz"

# Everything that continuous integration does.
ci:
    .ci/run

# Learns the alignment weights from ladders with gold; look at the difference, then at `just eval`, before committing it.
train cases="../shared/cases/ladder":
    cargo build --release -p satzpaar
    target/release/satzpaar train {{ cases }} -o data/alignment-weights.tsv \
        --lists data/training/politics.tsv data/training/economy.tsv data/training/culture.tsv \
        data/training/nature.tsv data/training/sport.tsv

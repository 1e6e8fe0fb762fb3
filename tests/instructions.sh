#!/usr/bin/env bash
# Counts the instructions of a fixed job for each command under callgrind and prints them as a Markdown table.
#   tests/instructions.sh SATZPAAR [BEFORE]      (`just bench-instructions` builds the command first)
# BEFORE is an earlier build to compare with; it need not know `bench generate`. Counts do not depend on what else the machine does, and
# differ from run to run by less than a thousandth (hash tables are seeded anew each time): they show changes of a percent that clocks do not.
set -euo pipefail
satzpaar=$(realpath "${1:?the command to measure is wanted: tests/instructions.sh SATZPAAR [BEFORE]}")
before=${2:+$(realpath "$2")}
command -v valgrind >/dev/null || { echo "valgrind is wanted: install it, or measure with 'satzpaar bench'" >&2; exit 1; }

out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
cd "$out"
"$satzpaar" bench generate -q --reports 30 --seed 1 -o reports
"$satzpaar" bench generate -q --format lines --sentences 400 --seed 1 -o lines
cat reports/de/*.txt >de.txt
cat reports/vi/*.txt >vi.txt

# Million instructions of a command line.
counted() {
    valgrind --tool=callgrind --callgrind-out-file=counts "$@" >/dev/null 2>log || { cat log >&2; exit 1; }
    sed -n 's/^\(summary\|totals\): *\([0-9]*\).*/\2/p' counts | head -n 1 | awk '{ printf "%.1f", $1 / 1e6 }'
}

row() {
    local name=$1 new old change=""
    shift
    new=$(counted "$satzpaar" -q -j 1 "$@")
    if [ -n "$before" ]; then
        old=$(counted "$before" -q -j 1 "$@")
        change=" $old | $(awk -v new="$new" -v old="$old" 'BEGIN { printf "%+.2f %%", 100 * (new / old - 1) }') |"
    fi
    echo "| $name | $new |$change"
}

echo "| job, one thread | million instructions |${before:+ before | change |}"
echo "|---|---|${before:+---|---|}"
row "start (--version)" --version
row "split de, $(wc -c <de.txt) bytes" split --lang de de.txt
row "split vi, $(wc -c <vi.txt) bytes" split --lang vi vi.txt
row "tokenize de" tokenize --lang de de.txt
row "tokenize vi" tokenize --lang vi vi.txt
row "align --presegmented, 400 sentences" align --presegmented lines/de.txt lines/vi.txt
row "mine, 400 sentences" mine lines/de.txt lines/vi.txt
row "match, 30 reports" match reports/de reports/vi
row "align, 30 reports" align reports/de reports/vi

#!/usr/bin/env bash
# Runs the measures on the cases that lie beside this project and prints them as a Markdown table.
#   tests/evaluation.sh [SATZPAAR [CASES]]      (`just eval` builds the command first)
# Scores are those of the cases' own score.py; those of `satzpaar score` stand beside them and have to agree.
# Times are those of the whole command, start included, on this machine.
set -euo pipefail

satzpaar=$(realpath "${1:-target/release/satzpaar}" 2>/dev/null || true)
cases=${2:-../shared/cases}
if [ ! -x "$satzpaar" ]; then
    echo "evaluation: no command at '${1:-target/release/satzpaar}'; build it: cargo build --release -p satzpaar" >&2
    exit 2
fi
if [ ! -f "$cases/score.py" ]; then
    echo "evaluation: no cases at '$cases': they are no part of the project; name their folder: just eval FOLDER" >&2
    exit 2
fi
command -v python3 >/dev/null || { echo "evaluation: python3 is wanted for $cases/score.py" >&2; exit 2; }
cases=$(realpath "$cases")

out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

# Runs the command given and leaves its seconds in $seconds. Exit code 1 says that an input was left out, which it names.
timed() {
    local start end status=0
    start=$(date +%s%N)
    "$@" || status=$?
    end=$(date +%s%N)
    [ "$status" -le 1 ] || exit "$status"
    seconds=$(awk -v n=$((end - start)) 'BEGIN { printf "%.2f", n / 1e9 }')
}

# A figure of score.py's lines: file, the line's beginning, what stands before the figure.
figure() { sed -n "s/^$2: .*$3 \([0-9.]*\).*/\1/p" "$1" | head -1; }

# Likewise for ladders, whose lines hold several kinds of scores: "group: strict P … R … F1 … | lax P … | strict+nulls F1 …".
ladder_figure() {
    sed -n "s/^$2: //p" "$1" | tr '|' '\n' | sed -n "s/^ *$3 \(.*\)/\1/p" | sed -n "s/\(.* \|^\)$4 \([0-9.]*\).*/\2/p"
}

# The strict F1 of a group by our own scorer; "–" if it has none.
own() {
    python3 -c '
import json, sys
groups = json.load(open(sys.argv[1]))["groups"]
found = [g["scores"]["strict"]["f1"] for g in groups if (g["name"] == "single reports") == (sys.argv[2] == "single")]
print(f"{found[0]:.4f}" if found else "–")' "$1" "$2"
}

echo "\`$("$satzpaar" --version)\`, $(nproc) processors"
echo
echo "| ladders | strict P | strict R | strict F1 | lax F1 | strict F1 with nulls | strict F1, \`satzpaar score\` | seconds |"
echo "|---|---|---|---|---|---|---|---|"
for kind in clean noisy comparable; do
    mkdir "$out/$kind"
    {
        printf 'de\tvi\tout\n'
        for case in "$cases/ladder/$kind"/*/; do
            printf '%sde.txt\t%svi.txt\t%s\n' "$case" "$case" "$out/$kind/$(basename "$case").txt"
        done
    } >"$out/$kind.tsv"
    timed "$satzpaar" align -q --presegmented --batch "$out/$kind.tsv" --format ladder
    python3 "$cases/score.py" ladder "$cases/ladder/$kind" "$out/$kind" >"$out/$kind.scores"
    "$satzpaar" score --format json "$cases/ladder/$kind" "$out/$kind" >"$out/$kind.json"
    for group in single long; do
        name="single reports"
        [ "$group" = single ] || name="one long document"
        row="| $kind, $group"
        for measure in "strict P" "strict R" "strict F1" "lax F1" "strict+nulls F1"; do
            row+=" | $(ladder_figure "$out/$kind.scores" "$name" "${measure% *}" "${measure#* }")"
        done
        echo "$row | $(own "$out/$kind.json" "$group") | $([ "$group" = single ] && echo "$seconds (all)" || true) |"
    done
done

timed "$satzpaar" align -q "$cases/reports/de" "$cases/reports/vi" -o "$out/pairs.tsv"
python3 "$cases/score.py" reports "$cases/reports/gold" "$out/pairs.tsv" >"$out/reports.scores"
echo
echo "| reports | P | R | F1 | seconds |"
echo "|---|---|---|---|---|"
for what in documents "sentence pairs"; do
    row="| $what"
    for measure in P R F1; do
        row+=" | $(figure "$out/reports.scores" "$what" "\b$measure")"
    done
    echo "$row | $([ "$what" = documents ] && echo "$seconds" || true) |"
done

timed "$satzpaar" mine -q --mode search "$cases/retrieval/de.txt" "$cases/retrieval/vi.txt" -o "$out/mined.tsv"
tail -n +2 "$out/mined.tsv" | cut -f3 >"$out/mined.txt"
python3 "$cases/score.py" retrieval "$out/mined.txt" >"$out/retrieval.scores"
echo
echo "| retrieval | error | seconds |"
echo "|---|---|---|"
echo "| $(wc -l <"$out/mined.txt") sentences | $(figure "$out/retrieval.scores" retrieval error) | $seconds |"

here=$(dirname "$0")
echo
echo "Mining, a third of the lines of each side removed (tests/mining.py), then the same with our own pairs that nothing was learned from:"
echo
python3 "$here/mining.py" "$satzpaar" "$cases/retrieval/de.txt" "$cases/retrieval/vi.txt" | sed 's/^/- /'
python3 "$here/mining.py" "$satzpaar" "$here/../data/training/crime.tsv" "$here/../data/training/vietnam.tsv" | sed 's/^/- /'

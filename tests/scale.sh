#!/usr/bin/env bash
# Measures how time and memory grow with the size of the job, on generated text, and prints a Markdown table.
#   tests/scale.sh SATZPAAR [--large]
# --large adds what takes long: 100,000 reports and 100,000 sentences a side. Times are of the whole command; each small job is run three
# times and the quickest counts. Ratios are those of processor times, but what threads gain shows on the wall: run it on a machine that does
# nothing else.
set -euo pipefail
satzpaar=$(realpath "${1:?the command to measure is wanted: tests/scale.sh SATZPAAR [--large]}")
large=${2:-}
[ -z "$large" ] || [ "$large" = --large ] || { echo "$large: only --large is known" >&2; exit 2; }
[ -x /usr/bin/time ] || { echo "/usr/bin/time is wanted: install GNU time" >&2; exit 1; }

out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
cd "$out"
export LC_ALL=C

# Sets the seconds (wall), processor seconds and megabytes of the quickest of so many runs. Exit code 1 (nothing found) counts as done.
timed() {
    local runs=$1 i s cpu kb
    shift
    seconds=
    for ((i = 0; i < runs; i++)); do
        rm -f found.*
        /usr/bin/time -f '%e %U %S %M' -o time "$@" >/dev/null 2>log || [ $? -eq 1 ] || { cat log >&2; exit 1; }
        read -r s cpu kb < <(tail -n 1 time | awk '{ print $1, $2 + $3, $4 }')
        if [ -z "$seconds" ] || awk "BEGIN { exit !($cpu < $processor) }"; then
            seconds=$s
            processor=$cpu
            megabytes=$((kb * 1024 / 1000000))
        fi
    done
}
of() { awk "BEGIN { printf \"%.${2:-2}f\", $1 }"; }
row() { echo "| $1 | $2 | $3 | $4 | $5 |"; }
# A row of what was timed last.
timed_row() { row "$1" "$(of "$seconds") s" "$(of "$processor") s" "$megabytes MB" "$2"; }

echo "\`$("$satzpaar" --version)\`, $(nproc) processors, $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), load $(cut -d' ' -f1 /proc/loadavg) at the start"
echo
echo "| job | wall | processor | memory | beside |"
echo "|---|---|---|---|---|"

# A clock of finer steps than /usr/bin/time has.
best=
for _ in 1 2 3 4 5 6 7 8 9; do
    begin=$(date +%s%N)
    "$satzpaar" split --lang de /dev/null >/dev/null
    ms=$(of "($(date +%s%N) - $begin) / 1e6" 1)
    if [ -z "$best" ] || awk "BEGIN { exit !($ms < $best) }"; then best=$ms; fi
done
row "start to end, split of an empty text" "$best ms" "" "" "best of 9"

declare -A took
for n in 4000 16000 64000; do
    "$satzpaar" bench generate -q --format lines --sentences $n -o "lines-$n"
    cat "lines-$n/de.txt" "lines-$n/vi.txt" >both
    # Gzip of one text is too quick for this clock: of ten copies, a tenth.
    for _ in 1 2 3 4 5 6 7 8 9 10; do cat both; done >ten
    timed 3 gzip -6 -c ten
    gzip=$(of "$processor / 10" 4)
    timed $((n > 20000 ? 1 : 3)) "$satzpaar" align -q -j 1 --presegmented "lines-$n/de.txt" "lines-$n/vi.txt" -o found.txt
    took[$n]=$processor
    beside="$(of "$processor / $gzip" 1) × gzip -6 ($gzip s)"
    [ $n = 4000 ] || beside+=", $(of "$processor / ${took[4000]}" 1) × 4,000"
    f1=$("$satzpaar" score "lines-$n/gold.txt" found.txt --format json | sed -n '/"strict"/,/}/ s/.*"f1": *\([0-9.]*\).*/\1/p' | head -n 1)
    timed_row "align --presegmented, $n sentences a side, 1 thread" "$beside${f1:+, strict F1 $(of "$f1" 4)}"
done

"$satzpaar" bench generate -q --reports 2000 -o reports
for j in 1 2; do
    timed 3 "$satzpaar" align -q -j $j reports/de reports/vi -o found.tsv
    took[align-$j]=$seconds
    beside="$(of "4000 / $seconds" 0) reports/s of both sides, $(of "2000 / $seconds" 0) of one"
    [ $j = 1 ] || beside+="; $(of "${took[align-1]} / $seconds") × 1 thread"
    timed_row "align, 2,000 reports a side, $j threads" "$beside"
done
timed 3 "$satzpaar" match -q -j 2 reports/de reports/vi -o found.tsv
right=$(tail -n +2 found.tsv | cut -f1,2 | sort | comm -12 - <(tail -n +2 reports/gold/documents.tsv | sort) | wc -l)
timed_row "match, 2,000 reports a side, 2 threads" \
    "recall $right of $(($(wc -l <reports/gold/documents.tsv) - 1)), $right of $(($(wc -l <found.tsv) - 1)) right"
timed 1 "$satzpaar" mine -q -j 2 lines-16000/de.txt lines-16000/vi.txt -o found.tsv
timed_row "mine, 16,000 sentences a side, 2 threads" "$(($(wc -l <found.tsv) - 1)) pairs"

[ "$large" = --large ] || exit 0
"$satzpaar" bench generate -q --reports 100000 --format jsonl -o many
timed 1 "$satzpaar" match -q -j 2 many/de.jsonl many/vi.jsonl -o found.tsv
right=$(tail -n +2 found.tsv | cut -f1,2 | sort | comm -12 - <(tail -n +2 many/gold/documents.tsv | sort) | wc -l)
timed_row "match, 100,000 reports a side, 2 threads" \
    "recall $right of $(($(wc -l <many/gold/documents.tsv) - 1)), $right of $(($(wc -l <found.tsv) - 1)) right"
timed 1 "$satzpaar" align -q -j 2 many/de.jsonl many/vi.jsonl -o found.tsv
timed_row "align, 100,000 reports a side, 2 threads" "$(of "100000 / $seconds" 0) reports/s of one side"
"$satzpaar" bench generate -q --format lines --sentences 100000 -o lines
timed 1 "$satzpaar" mine -q -j 2 lines/de.txt lines/vi.txt -o found.tsv
timed_row "mine, 100,000 sentences a side, 2 threads" "$(($(wc -l <found.tsv) - 1)) pairs"

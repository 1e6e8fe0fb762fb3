#!/usr/bin/env bash
# Opens the page of `satzpaar report` in a headless browser: pairs are there, search and filters work, nothing is asked of the
# network, nothing fails in the console.
#   tests/page.sh [SATZPAAR [FOLDER FOR SCREENSHOTS]]
# Debian: apt-get install chromium. Without a browser the test is skipped, and says so.
set -euo pipefail

satzpaar=$(realpath "${1:-target/release/satzpaar}" 2>/dev/null || true)
if [ ! -x "$satzpaar" ]; then
    echo "page: no command at '${1:-target/release/satzpaar}'; build it: cargo build --release -p satzpaar" >&2
    exit 2
fi
browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)
if [ -z "$browser" ]; then
    echo "skipped: no chromium here; install it to test the page in a browser (Debian: apt-get install chromium)"
    exit 0
fi
shots=${2:-}
[ -z "$shots" ] || { mkdir -p "$shots"; shots=$(realpath "$shots"); }
cd "$(dirname "$0")/.."

out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
failures=0
check() { # what, wanted, found
    if [ "$2" = "$3" ]; then echo "ok    $1"; else
        echo "FAIL  $1: wanted '$2', found '$3'"
        failures=$((failures + 1))
    fi
}

# Runs the browser on a page of $out with further arguments: a profile of its own, no host but this one.
run() {
    local url=$1
    shift
    timeout 120 "$browser" --headless --no-sandbox --disable-gpu --user-data-dir="$out/profile" --no-first-run \
        --disable-background-networking --disable-component-update --host-resolver-rules="MAP * ~NOTFOUND" \
        --enable-logging=stderr --log-net-log="$out/net.json" --hide-scrollbars --virtual-time-budget=4000 "$@" "file://$out/$url" \
        2>>"$out/stderr"
    cat "$out/net.json" >>"$out/requests"
}
dom() { run "$1" --window-size=1300,1600 --dump-dom >"$out/dom"; }
# An attribute of the page's root that the script leaves there.
root() { head -c 2000 "$out/dom" | grep -o "<html[^>]*>" | grep -o "data-$1=\"[^\"]*\"" | cut -d'"' -f2; }
count() { grep -o -- "$1" "$out/dom" | wc -l; }

"$satzpaar" align -q data/samples/de data/samples/vi -o "$out/pairs.tsv"
# A text that wants to be a script; were it one, the console would tell.
printf 'x\ty\t1\t0\t9\t0\t9\t1-1\t0.4\tcomparable\t</script><img src=x onerror="console.error(1)"> Fährhafen\t<b>Cảng</b> phà\n' >>"$out/pairs.tsv"
"$satzpaar" report -q "$out/pairs.tsv" -o "$out/rows.html"
sed -i '$d' "$out/pairs.tsv"
"$satzpaar" report -q "$out/pairs.tsv" --reports data/samples/de data/samples/vi -o "$out/full.html"
pairs=$(($(wc -l <"$out/pairs.tsv") - 1))
found() { tail -n +2 "$out/pairs.tsv" | cut -f"${2:-1,2,11,12}" | grep -ci -- "$1" || true; }

dom rows.html
check "the script ran to its end" yes "$(root ready)"
check "all pairs fit without a filter" "$((pairs + 1))" "$(root pairs)"
check "pairs in view are rendered" yes "$([ "$(count 'class="row"')" -gt 3 ] && echo yes)"
check "what is far away is not" yes "$([ "$(count 'class="row"')" -lt "$pairs" ] && echo yes)"

dom "rows.html#q=Kaffee"
check "a search finds what grep finds" "$(found kaffee)" "$(root pairs)"
check "and marks it" yes "$([ "$(count '<mark>Kaffee</mark>')" -gt 0 ] && echo yes)"
dom "rows.html#q=da+nang"
check "a search without accents finds letters with any" yes "$([ "$(count '<mark>Đà</mark>')" -gt 0 ] && echo yes)"
dom "rows.html#q=F%C3%A4hrhafen"
check "markup in a text stays text" "1 0 1" "$(root pairs) $(count '<img') $(count '&lt;b&gt;Cảng&lt;/b&gt;')"
dom "rows.html#kind=comparable&min=0&max=0.5"
check "filters by kind and score" 1 "$(root pairs)"
dom "rows.html#q=nichts%20davon"
check "nothing found is said" 0 "$(root pairs)"

dom "full.html"
check "the full text is shown" yes "$([ "$(count 'class="furniture"')" -gt 0 ] && [ "$(count 'class="free"')" -gt 0 ] && echo yes)"
check "light by default" light "$(root theme)"
dom "full.html#theme=dark&at=9"
check "dark on demand" dark "$(root theme)"
check "a link leads to its pair of reports" 1 "$(count 'class="card now"')"

check "no error in the console" "" "$(grep -E 'CONSOLE' "$out/stderr" | head -3)"
# Requests of the page itself are marked in the log by the loader's annotation; the browser's own services have others. A page that does
# ask for something shows that the log is understood.
requests() {
    grep -oE '"traffic_annotation":101845102,"url":"[^"]+"' "$out/requests" | cut -d'"' -f6 | grep -vE '^(file|data):' | sort -u || true
}
check "no request but for the page" "" "$(requests)"
sed 's/<meta http-equiv="Content-Security[^>]*>//; s#<body>#<body><img src="http://127.0.0.1:9/probe.png">#' "$out/rows.html" >"$out/probe.html"
dom probe.html
check "a request would be seen" "http://127.0.0.1:9/probe.png" "$(requests)"

if [ -n "$shots" ]; then
    run "full.html" --window-size=1300,2200 --screenshot="$shots/light.png"
    run "full.html#theme=dark&view=rows" --window-size=1300,2200 --screenshot="$shots/dark.png"
    run "full.html" --window-size=500,2600 --screenshot="$shots/narrow.png"
    run "full.html" --no-pdf-header-footer --print-to-pdf="$shots/print.pdf"
    echo "screenshots in $shots"
fi
[ "$failures" -eq 0 ] || { echo "page: $failures of the checks failed" >&2; exit 1; }

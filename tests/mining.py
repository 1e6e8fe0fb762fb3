"""Mining with partners missing: takes two files of which line i translates line i (or lists of data/training: event, German, Vietnamese, parted
by tabs), removes a third of the lines of each side, so that of each three pairs one keeps both, and mines what is left; three times, each third
in turn. Prints precision, recall and F1 of the pairs with a score of at least 0.5, and the expected calibration error of all.

    python3 tests/mining.py SATZPAAR DE VI
    python3 tests/mining.py SATZPAAR data/training/crime.tsv data/training/vietnam.tsv
"""

import pathlib
import subprocess
import sys
import tempfile

THRESHOLD = 0.5


def lines(path):
    return pathlib.Path(path).read_text(encoding="utf-8").splitlines()


def mined(satzpaar, german, vietnamese):
    """The scores and lines of all pairs, however unlikely."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [pathlib.Path(folder) / name for name in ("de.txt", "vi.txt")]
        for path, side in zip(paths, (german, vietnamese)):
            path.write_text("".join(line + "\n" for line in side), encoding="utf-8")
        command = [satzpaar, "mine", "-q", "--min-score", "0", *paths]
        rows = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()
    columns = rows[0].split("\t")
    score, de, vi = (columns.index(name) for name in ("score", "de_line", "vi_line"))
    cells = [row.split("\t") for row in rows[1:]]
    return [(float(row[score]), int(row[de]), int(row[vi])) for row in cells]


def measure(name, satzpaar, german, vietnamese):
    scored, wanted, single = [], 0, []
    for turn in range(3):
        de = [i for i in range(len(german)) if (i + turn) % 3 != 0]
        vi = [i for i in range(len(vietnamese)) if (i + turn) % 3 != 1]
        pairs = mined(satzpaar, [german[i] for i in de], [vietnamese[i] for i in vi])
        found = [(score, de[i] == vi[j]) for score, i, j in pairs]
        partners = len(set(de) & set(vi))
        single.append(rates(found, partners)[2])
        scored += found
        wanted += partners
    precision, recall, f1 = rates(scored, wanted)
    turns = ", ".join(f"{value:.3f}" for value in single)
    print(f"{name}: P {precision:.4f} R {recall:.4f} F1 {f1:.4f} (turns: {turns}); calibration error {calibration(scored):.3f}")


def rates(found, wanted):
    kept = [right for score, right in found if score >= THRESHOLD]
    right = sum(kept)
    return right / max(1, len(kept)), right / max(1, wanted), 2 * right / max(1, len(kept) + wanted)


def calibration(found):
    bins = [[] for _ in range(10)]
    for score, right in found:
        bins[min(9, int(score * 10))].append((score, right))
    off = [abs(sum(score - right for score, right in some)) for some in bins]
    return sum(off) / max(1, len(found))


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    satzpaar, *files = sys.argv[1:]
    if all(name.endswith(".tsv") for name in files):
        for name in files:
            rows = [line.split("\t") for line in lines(name) if line and not line.startswith("#")]
            measure(pathlib.Path(name).stem, satzpaar, [row[1] for row in rows], [row[2] for row in rows])
    else:
        german, vietnamese = (lines(name) for name in files)
        measure("lines", satzpaar, german, vietnamese)


main()

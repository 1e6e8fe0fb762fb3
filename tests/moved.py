#!/usr/bin/env python3
"""Makes ladders whose Vietnamese side has a block moved, from ladders that stand in order.

    moved.py LADDERS FOLDER

LADDERS holds NAME/{de.txt,vi.txt,gold.txt}; FOLDER/half gets every text of at least twelve lines with its second half first,
FOLDER/block with its second quarter last. No bead of the gold is cut. Align and score them like the others:

    satzpaar align --presegmented FOLDER/half/NAME/de.txt FOLDER/half/NAME/vi.txt -o found/NAME.txt
    satzpaar score FOLDER/half found
"""
import ast
import sys
from pathlib import Path


def lines(path):
    return path.read_text(encoding="utf-8").splitlines()


def moved(beads, count, how):
    """The new order of the Vietnamese lines."""
    inside = {line for _, vi in beads if vi for line in range(min(vi) + 1, max(vi) + 1)}
    cuts = [line for line in range(1, count) if line not in inside]
    near = lambda share: min(cuts, key=lambda cut: abs(cut - count * share))
    if how == "half":
        return [*range(near(1 / 2), count), *range(near(1 / 2))]
    return [*range(near(1 / 4)), *range(near(1 / 2), count), *range(near(1 / 4), near(1 / 2))]


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    ladders, folder = map(Path, sys.argv[1:])
    for case in sorted(path.parent for path in ladders.glob("*/gold.txt")):
        german, vietnamese = lines(case / "de.txt"), lines(case / "vi.txt")
        beads = [[ast.literal_eval(side) for side in line.split(":")[:2]] for line in lines(case / "gold.txt")]
        if len(vietnamese) < 12:
            continue
        for how in ("half", "block"):
            order = moved(beads, len(vietnamese), how)
            place = {old: new for new, old in enumerate(order)}
            out = folder / how / case.name
            out.mkdir(parents=True, exist_ok=True)
            (out / "de.txt").write_text("\n".join(german) + "\n", encoding="utf-8")
            (out / "vi.txt").write_text("\n".join(vietnamese[old] for old in order) + "\n", encoding="utf-8")
            gold = [f"{de}:{sorted(place[line] for line in vi)}" for de, vi in beads]
            (out / "gold.txt").write_text("\n".join(gold) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

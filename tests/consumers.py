#!/usr/bin/env python3
"""Opens every format of a dataset with a program that people read it with, and compares the texts: consumers.py FOLDER

A line a consumer: `ok NAME …`, `skip NAME: reason`, `FAIL NAME: reason`. The exit code is 1 if one failed, or with --all if one was
skipped for not being installed. The reference is what the standard library reads from the JSON lines or the TSV.

  --all            every consumer has to be installed
  --tmx-dtd FILE   tmx14.dtd (packages that carry it: omegat of Debian, in OmegaT.jar)
"""

import argparse
import csv
import hashlib
import importlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

os.environ.update(HF_HUB_OFFLINE="1", HF_DATASETS_OFFLINE="1", HF_HUB_DISABLE_PROGRESS_BARS="1", HF_DATASETS_DISABLE_PROGRESS_BARS="1")
TEXTS = ("de_text", "vi_text")


class Skip(Exception):
    """The dataset has nothing for this consumer."""


class Missing(Exception):
    """The consumer is not installed."""


def need(module):
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise Missing(f"not installed ({error.name})") from error


def same(found, wanted, what):
    found, wanted = list(found), list(wanted)
    if len(found) != len(wanted):
        raise AssertionError(f"{what}: {len(found)} instead of {len(wanted)}")
    for i, (one, other) in enumerate(zip(found, wanted)):
        if one != other:
            raise AssertionError(f"{what} {i + 1}: {one!r} instead of {other!r}")


class Dataset:
    """A dataset folder, and what it should say."""

    def __init__(self, folder):
        self.folder = folder
        self.manifest = json.loads(self.path("MANIFEST.json").read_text("utf-8"))
        self.deferred = self.manifest["deferred"]
        self.splits = [split["name"] for split in self.manifest["splits"] if split["pairs"]]
        self.rows = {split: self.read(split) for split in self.splits}

    def path(self, name):
        return self.folder / name

    def have(self, name):
        path = self.path(name)
        if not path.exists():
            raise Skip(f"the dataset has no {name}")
        return path

    def read(self, split):
        lines = self.path(f"{split}.jsonl")
        return self.jsonl(split) if lines.exists() else self.tsv(split)

    def jsonl(self, split):
        with self.have(f"{split}.jsonl").open(encoding="utf-8", newline="\n") as file:
            return [json.loads(line) for line in file]

    def tsv(self, split):
        with self.have(f"{split}.tsv").open(encoding="utf-8", newline="\n") as file:
            return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))

    def column(self, split, name):
        return [row[name] for row in self.rows[split]]

    def lines(self, name):
        """Lines as Python parts them in text files, and as str.splitlines does, which knows more ends of line."""
        text = self.have(name).read_text("utf-8")
        same(text.splitlines(), text.split("\n")[:-1], f"lines of {name}")
        return text.splitlines()

    @property
    def texts(self):
        return ("de_sha256", "vi_sha256") if self.deferred else TEXTS


def manifest(data, _):
    for file in data.manifest["files"]:
        content = data.path(file["path"]).read_bytes()
        if len(content) != file["bytes"] or hashlib.sha256(content).hexdigest() != file["sha256"]:
            raise AssertionError(f"{file['path']} is not the file of the manifest")
    found = {str(path.relative_to(data.folder).as_posix()) for path in data.folder.rglob("*") if path.is_file()}
    listed = {file["path"] for file in data.manifest["files"]} | {"MANIFEST.json"}
    if found != listed:
        raise AssertionError(f"files and manifest differ: {sorted(found ^ listed)}")
    same([len(data.rows[split]) for split in data.splits], [s["pairs"] for s in data.manifest["splits"] if s["pairs"]], "pairs of split")
    return f"{len(listed)} files"


def tsv(data, _):
    for split in data.splits:
        rows = data.tsv(split)
        for name in (*data.texts, "id", "event", "bead"):
            same((row[name] for row in rows), data.column(split, name), name)
    with data.path("sources.tsv").open(encoding="utf-8", newline="\n") as file:
        sources = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    same((s["doc"] for s in sources), (s["doc"] for s in data.manifest["sources"]), "source")
    return f"{sum(map(len, data.rows.values()))} rows, {len(sources)} sources"


def sacrebleu_scores(data, _):
    need("sacrebleu")
    scores = []
    for split in data.splits:
        for side in ("de", "vi"):
            same(data.lines(f"{split}.{side}"), data.column(split, f"{side}_text"), f"{split}.{side}")
        data.lines(f"{split}.docids")
        file = str(data.path(f"{split}.vi"))
        command = [sys.executable, "-m", "sacrebleu", file, "-i", file, "-m", "bleu", "chrf", "-b", "-w", "2"]
        ran = subprocess.run(command, capture_output=True, text=True, check=True)
        scores = json.loads(ran.stdout)
        if any(score < 99.9 for score in scores):
            raise AssertionError(f"{split}.vi scored against itself: {scores}")
    return f"BLEU and chrF of the reference against itself: {scores}"


def sacrebleu_wmt(data, _):
    need("lxml")
    reader = need("sacrebleu.dataset.wmt_xml").WMTXMLDataset._unwrap_wmt21_or_later
    for split in data.splits:
        fields = reader(str(data.have(f"{split}.wmt.xml")))
        same(fields["src"], data.column(split, "de_text"), "src")
        same(fields["ref:A"], data.column(split, "vi_text"), "ref")
        if data.path(f"{split}.docids").exists():
            same(fields["docid"], data.lines(f"{split}.docids"), "docid")
    return f"{len(set(fields['docid']))} documents in {split}"


def lxml_wmt(data, _):
    etree = need("lxml.etree")
    for split in data.splits:
        root = etree.parse(str(data.have(f"{split}.wmt.xml"))).getroot()
        for doc in root.iterfind("collection/doc"):
            src, ref = ([[seg.get("id") for seg in p.iterfind("seg")] for p in doc.find(side)] for side in ("src", "ref"))
            same(src, ref, f"paragraphs of {doc.get('id')}")
    return f"{len(root.findall('.//src/p'))} paragraphs in {split}"


def translate_toolkit(data, _):
    tmx = need("translate.storage.tmx")
    for split in data.splits:
        with data.have(f"{split}.tmx").open("rb") as file:
            units = tmx.tmxfile(file, "de", "vi").units
        same((unit.source for unit in units), data.column(split, "de_text"), "source")
        same((unit.target for unit in units), data.column(split, "vi_text"), "target")
    return f"{len(units)} units in {split}"


def tmx_dtd(data, options):
    etree = need("lxml.etree")
    files = [data.have(f"{split}.tmx") for split in data.splits]
    if not options.tmx_dtd:
        raise Missing("no tmx14.dtd; name one with --tmx-dtd")
    dtd = etree.DTD(str(options.tmx_dtd))
    for file in files:
        tree = etree.parse(str(file), etree.XMLParser(huge_tree=True, load_dtd=False, no_network=True))
        if not dtd.validate(tree):
            raise AssertionError(str(dtd.error_log.filter_from_errors()[0]))
    return f"{len(files)} files are valid"


def opustools(data, _):
    if data.deferred:
        raise Skip("a deferred dataset has links, but no texts")
    need("opustools")
    for split in data.splits:
        data.have(f"xces/{split}.xml")
        with tempfile.TemporaryDirectory() as folder:
            out = [str(Path(folder) / side) for side in ("de", "vi")]
            # It names the documents as it finds them in the links, below the folder that it downloads to.
            command = (
                "import sys; from opustools import OpusRead; OpusRead(directory='dataset', source='de', target='vi', preprocess='raw', "
                "root_directory=sys.argv[1], download_dir=sys.argv[1], alignment_file=sys.argv[2], write=sys.argv[3:], "
                "write_mode='moses', suppress_prompts=True, leave_non_alignments_out=True).printPairs()"
            )
            arguments = [str(data.path("xces")), str(data.path(f"xces/{split}.xml")), *out]
            subprocess.run([sys.executable, "-c", command, *arguments], capture_output=True, text=True, check=True)
            for side, file in zip(("de", "vi"), out):
                lines = Path(file).read_text("utf-8").split("\n")[:-1]
                same(lines, data.column(split, f"{side}_text"), f"{side} segment")
    return f"{len(lines)} links in {split}"


def lxml_xces(data, _):
    etree = need("lxml.etree")
    for split in data.splits:
        root = etree.parse(str(data.have(f"xces/{split}.xml"))).getroot()
        links = root.findall("linkGrp/link")
        same([f"{float(link.get('certainty')):.4f}" for link in links], [f"{float(s):.4f}" for s in data.column(split, "score")], "certainty")
    return f"{len(links)} links in {split}"


def pyarrow(data, _):
    parquet = need("pyarrow.parquet")
    for split in data.splits:
        table = parquet.read_table(str(data.have(f"{split}.parquet")))
        if data.path(f"{split}.jsonl").exists():
            same(table.to_pylist(), data.jsonl(split), "row")
        for name in TEXTS:
            same(table.column(name).to_pylist(), data.column(split, name), name)
    return f"{table.num_rows} rows, {table.num_columns} columns in {split}"


def hugging_face(data, _):
    datasets = need("datasets")
    with tempfile.TemporaryDirectory() as cache:
        loaded = datasets.load_dataset(str(data.folder), cache_dir=cache)
        same(loaded.keys(), data.splits, "split")
        for split in data.splits:
            for name in (*data.texts, "id"):
                same(loaded[split][name], data.column(split, name), name)
            if loaded[split].features["score"].dtype != "float64":
                raise AssertionError(f"score is {loaded[split].features['score']}")
        return f"{', '.join(data.splits)}, as the card says"


def hugging_face_jsonl(data, _):
    datasets = need("datasets")
    files = {split: str(data.have(f"{split}.jsonl")) for split in data.splits}
    with tempfile.TemporaryDirectory() as cache:
        for split, file in files.items():
            loaded = datasets.load_dataset("json", data_files=file, split="train", cache_dir=cache)
            for name in (*data.texts, "id"):
                same(loaded[name], data.column(split, name), name)
    return f"{len(files)} files"


def hub_card(data, _):
    hub = need("huggingface_hub")
    card = hub.DatasetCard.load(str(data.path("README.md")))
    same(card.data.language, ["de", "vi"], "language")
    same(card.data.task_categories, ["translation"], "task category")
    if "<!-- audit -->" not in card.text or "<!-- /audit -->" not in card.text:
        raise AssertionError("no section for an audit")
    return f"license {card.data.license}, size {card.data.size_categories}"


def mlcroissant(data, _):
    croissant = need("mlcroissant")
    document = croissant.Dataset(jsonld=str(data.path("croissant.json")))
    issues = document.metadata.issues
    if issues.errors:
        raise AssertionError("; ".join(sorted(issues.errors)))
    count = 0
    if not document.metadata.record_sets and not any(data.path(f"{split}.jsonl").exists() for split in data.splits):
        return "valid; no records are described without JSON lines or Parquet"
    for split in data.splits:
        records = list(document.records(split))
        for name in (*data.texts, "id"):
            decode = lambda value: value.decode("utf-8") if isinstance(value, bytes) else value
            same((decode(record[f"{split}/{name}"]) for record in records), data.column(split, name), name)
        count += len(records)
    return f"{count} records, {len(issues.warnings)} warnings"


CONSUMERS = {
    "manifest": manifest,
    "tsv (csv of Python)": tsv,
    "plain (sacrebleu)": sacrebleu_scores,
    "wmt (sacrebleu)": sacrebleu_wmt,
    "wmt (lxml)": lxml_wmt,
    "tmx (translate-toolkit)": translate_toolkit,
    "tmx (DTD, lxml)": tmx_dtd,
    "xces (opustools)": opustools,
    "xces (lxml)": lxml_xces,
    "parquet (pyarrow)": pyarrow,
    "folder (datasets)": hugging_face,
    "jsonl (datasets)": hugging_face_jsonl,
    "card (huggingface_hub)": hub_card,
    "croissant (mlcroissant)": mlcroissant,
}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--tmx-dtd", type=Path)
    options = parser.parse_args()
    try:
        data = Dataset(options.folder)
    except (OSError, Skip) as error:
        parser.error(f"{options.folder}: no dataset with JSON lines or TSV: {error}")
    failed = False
    for name, consumer in CONSUMERS.items():
        try:
            print(f"ok {name}: {consumer(data, options)}", flush=True)
        except Skip as skip:
            print(f"skip {name}: {skip}", flush=True)
        except Missing as missing:
            failed |= options.all
            print(f"skip {name}: {missing}", flush=True)
        except Exception as error:  # whatever a consumer throws is a failure of the file
            failed = True
            told = error.stderr.strip().splitlines()[-1] if isinstance(error, subprocess.CalledProcessError) else error
            print(f"FAIL {name}: {type(error).__name__}: {told}", flush=True)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())

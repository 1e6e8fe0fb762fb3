//! README.md: the dataset card, as the Hugging Face Hub reads it (YAML header) and as people do.

use std::collections::BTreeMap;
use std::fmt::{self, Write};

use super::croissant::{FieldType, fields, table_ending};
use super::files::SOURCES;
use super::formats::{DatasetFormat, Rows};
use super::licenses;
use super::manifest;
use super::summary::Summary;

/// More files of input than this are counted, not listed: a card is read by people.
const INPUTS_SHOWN: usize = 20;

/// The name of the file.
pub(crate) const NAME: &str = "README.md";

/// The marks between which the figures of an audit are written.
pub const AUDIT_MARKS: (&str, &str) = ("<!-- audit -->", "<!-- /audit -->");

/// The card.
pub(crate) fn text(rows: &Rows, summary: &Summary, formats: &[DatasetFormat], deferred: bool) -> String {
    let mut text = String::new();
    let card = Card { rows, summary, formats, deferred };
    // Writing into a string cannot fail.
    let _ = card.header(&mut text).and_then(|()| card.body(&mut text));
    text
}

struct Card<'a> {
    rows: &'a Rows<'a>,
    summary: &'a Summary<'a>,
    formats: &'a [DatasetFormat],
    deferred: bool,
}

impl Card<'_> {
    fn header(&self, out: &mut String) -> fmt::Result {
        let licenses = licenses::count(self.rows);
        writeln!(
            out,
            "---\npretty_name: {}\nlanguage:\n- de\n- vi\nmultilinguality:\n- translation",
            json(&self.rows.dataset.name)
        )?;
        writeln!(
            out,
            "task_categories:\n- translation\nsize_categories:\n- {}",
            size_category(self.summary.pairs())
        )?;
        writeln!(out, "license: {}", licenses::hub_id(&licenses))?;
        writeln!(out, "tags:\n- satzpaar\n- parallel-corpus\n- evaluation\n- news")?;
        let splits: Vec<&str> = self
            .summary
            .splits
            .iter()
            .filter(|split| split.pairs > 0)
            .map(|split| split.name.as_str())
            .collect();
        if let Some(ending) = table_ending(self.formats).filter(|_| !splits.is_empty()) {
            writeln!(out, "configs:\n- config_name: default\n  data_files:")?;
            for split in &splits {
                writeln!(out, "  - split: {split}\n    path: {split}.{ending}")?;
            }
            if ending == "tsv" {
                // No quoting: a quotation mark is a character as others.
                writeln!(out, "  sep: \"\\t\"\n  quoting: 3\n  keep_default_na: false")?;
            }
            writeln!(out, "dataset_info:\n- config_name: default\n  features:")?;
            for (name, kind, _) in fields(ending, self.deferred) {
                let kind = match kind {
                    FieldType::Text => "string",
                    FieldType::Integer => "int64",
                    FieldType::Float => "float64",
                };
                writeln!(out, "  - name: {name}\n    dtype: {kind}")?;
            }
        }
        writeln!(out, "---\n")
    }

    fn body(&self, out: &mut String) -> fmt::Result {
        self.what_it_is(out)?;
        self.how_it_was_made(out)?;
        self.quality(out)?;
        self.sources(out)?;
        self.use_of_it(out)
    }

    fn what_it_is(&self, out: &mut String) -> fmt::Result {
        let (dataset, summary) = (self.rows.dataset, self.summary);
        writeln!(out, "# {}\n", plain(&dataset.name))?;
        writeln!(
            out,
            "{} pairs of German and Vietnamese sentences from news reports of the same events, for evaluating translation. Reports were \
             matched and aligned automatically; each pair has a score, the estimated probability that both sides say the same.\n",
            summary.pairs()
        )?;
        if self.deferred {
            writeln!(
                out,
                "**This form holds no text.** The tables say where each text stands in its report (bytes), how long it is and its \
                 SHA-256. Whoever has the reports gets the dataset with its texts: see *Restoring the texts* below.\n"
            )?;
        }
        writeln!(
            out,
            "| split | pairs | events | German reports | Vietnamese reports |\n|---|--:|--:|--:|--:|"
        )?;
        for split in &summary.splits {
            let (name, pairs, events) = (&split.name, split.pairs, split.events);
            writeln!(
                out,
                "| {name} | {pairs} | {events} | {} | {} |",
                split.german_reports, split.vietnamese_reports
            )?;
        }
        writeln!(
            out,
            "\nSplits are made by event, never by sentence: reports that are linked through any match are in one split.\n"
        )
    }

    fn how_it_was_made(&self, out: &mut String) -> fmt::Result {
        let dataset = self.rows.dataset;
        write!(out, "## How it was made\n\nBy satzpaar {}", plain(&dataset.version))?;
        if dataset.inputs.is_empty() {
            writeln!(out, ".\n")?;
        } else if dataset.inputs.len() > INPUTS_SHOWN {
            let bytes: u64 = dataset.inputs.iter().map(|input| input.bytes).sum();
            let (files, manifest) = (dataset.inputs.len(), manifest::NAME);
            writeln!(
                out,
                " from {files} files of together {bytes} bytes; `{manifest}` names each with its SHA-256.\n"
            )?;
        } else {
            writeln!(out, " from:\n\n| file | bytes | SHA-256 |\n|---|--:|---|")?;
            for input in &dataset.inputs {
                writeln!(out, "| {} | {} | `{}` |", plain(&input.name), input.bytes, plain(&input.sha256))?;
            }
            writeln!(out)?;
        }
        if !dataset.settings.is_empty() {
            writeln!(out, "| setting | value |\n|---|---|")?;
            for (name, value) in &dataset.settings {
                writeln!(out, "| {} | {} |", plain(name), plain(value))?;
            }
            writeln!(out)?;
        }
        if !dataset.funnel.is_empty() {
            writeln!(out, "What was left after each step, and why the rest was not taken:\n")?;
            writeln!(out, "| step | left | of what | dropped |\n|---|--:|---|---|")?;
            for step in &dataset.funnel {
                let dropped: Vec<String> =
                    step.dropped.iter().map(|(reason, count)| format!("{count} {}", plain(reason))).collect();
                let (name, unit) = (plain(&step.step), plain(&step.unit));
                writeln!(out, "| {name} | {} | {unit} | {} |", step.kept, dropped.join(", "))?;
            }
            writeln!(out)?;
        }
        Ok(())
    }

    fn quality(&self, out: &mut String) -> fmt::Result {
        let (dataset, summary) = (self.rows.dataset, self.summary);
        writeln!(out, "## How far to trust it\n")?;
        match dataset.estimated_precision {
            Some(estimate) => writeln!(
                out,
                "By their scores, {} of the pairs are right (95 % interval: {} to {}). This is an estimate, not a judgement by people.\n",
                percent(estimate.value),
                percent(estimate.low),
                percent(estimate.high)
            )?,
            None => writeln!(out, "How many of the pairs are right was not estimated.\n")?,
        }
        writeln!(out, "{}\n{}\n", AUDIT_MARKS.0, AUDIT_MARKS.1)?;
        let scores = &summary.scores;
        if let (Some(min), Some(mean), Some(median), Some(max)) =
            (scores.min, scores.mean, scores.median, scores.max)
        {
            writeln!(out, "Scores go from {min:.4} to {max:.4}; mean {mean:.4}, median {median:.4}.\n")?;
            writeln!(out, "| score | pairs |\n|---|--:|")?;
            for (i, count) in scores.bins.iter().enumerate().filter(|(_, count)| **count > 0) {
                writeln!(out, "| {:.1}–{:.1} | {count} |", i as f64 / 10.0, (i + 1) as f64 / 10.0)?;
            }
            writeln!(out, "\n| sentences (German–Vietnamese) | pairs |\n|---|--:|")?;
            for ((de, vi), count) in &summary.beads {
                writeln!(out, "| {de}–{vi} | {count} |")?;
            }
            writeln!(out, "\n| kind | pairs |\n|---|--:|")?;
            for (kind, count) in &summary.kinds {
                writeln!(out, "| {kind} | {count} |")?;
            }
            writeln!(out)?;
        }
        writeln!(out, "### Known limits\n")?;
        writeln!(
            out,
            "- Which side is the original is not known: either may be a translation, or both retell a third text."
        )?;
        writeln!(
            out,
            "- Pairs of the kind `comparable` come from reports that tell the same event in their own words; one side may add or leave out a detail."
        )?;
        writeln!(out, "- The texts are news; other domains are not represented.")?;
        writeln!(
            out,
            "- A pair may group several sentences (see the table); what stood between them may be left out."
        )?;
        writeln!(
            out,
            "- Texts are in Unicode NFC, on one line: control characters, tabs and ends of line became a space, runs of spaces one. They are the same in every format."
        )?;
        match summary.contaminated {
            0 => writeln!(
                out,
                "- No pair is flagged as found in another collection; whether and against what that was checked, the settings say.\n"
            ),
            n => writeln!(
                out,
                "- {n} pairs were found in other collections; the column `contamination` says where.\n"
            ),
        }
    }

    fn sources(&self, out: &mut String) -> fmt::Result {
        let rows = self.rows;
        let licenses = licenses::count(rows);
        writeln!(out, "## Sources and licences\n")?;
        writeln!(
            out,
            "The pairs come from {} reports, listed in `{SOURCES}` with address, licence and date as far as the input had them. The rights \
             in the texts stay with their publishers. By licence, as the reports declare it:\n",
            rows.sources.len()
        )?;
        writeln!(out, "| licence | reports |\n|---|--:|")?;
        for (license, count) in &licenses {
            writeln!(out, "| {} | {count} |", license.map_or("not given".to_owned(), plain))?;
        }
        let mut hosts: BTreeMap<&str, u64> = BTreeMap::new();
        for host in rows.sources.values().filter_map(|source| host(source.url.as_deref()?)) {
            *hosts.entry(host).or_default() += 1;
        }
        if !hosts.is_empty() {
            let mut hosts: Vec<(&str, u64)> = hosts.into_iter().collect();
            hosts.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
            writeln!(out, "\n| site | reports |\n|---|--:|")?;
            for (host, count) in hosts.iter().take(20) {
                writeln!(out, "| {} | {count} |", plain(host))?;
            }
            if hosts.len() > 20 {
                writeln!(
                    out,
                    "| {} more | {} |",
                    hosts.len() - 20,
                    hosts[20..].iter().map(|(_, n)| n).sum::<u64>()
                )?;
            }
        }
        writeln!(out)
    }

    fn use_of_it(&self, out: &mut String) -> fmt::Result {
        let has = |format: DatasetFormat| self.formats.contains(&format);
        let split = self.rows.dataset.splits.first().map_or("test", String::as_str);
        writeln!(out, "## Files\n")?;
        for format in self.formats {
            writeln!(out, "- {}", describe(*format, self.deferred))?;
        }
        writeln!(
            out,
            "- `{SOURCES}`: the reports; `croissant.json`: Croissant metadata; `{}`: counts, settings and the SHA-256 of every file.\n",
            manifest::NAME
        )?;
        if self.deferred {
            writeln!(
                out,
                "### Restoring the texts\n\nFetch the reports from their addresses (`{SOURCES}`) and put them into two folders under the ids \
                 of the table, as files or records that satzpaar reads. Then\n\n    satzpaar dataset restore . --reports DE VI -o FOLDER\n\n\
                 cuts each text out of its report by its bytes, brings it into the form named above, and takes it if its SHA-256 is \
                 that of the table. Pairs whose reports are missing or were changed are named and left out.\n"
            )?;
        }
        if has(DatasetFormat::Plain) {
            writeln!(
                out,
                "Scoring a translation of `{split}.de` with sacreBLEU:\n\n    sacrebleu {split}.vi -i translation.vi -m bleu chrf\n"
            )?;
        }
        if table_ending(self.formats).is_some() {
            writeln!(
                out,
                "Reading it in Python:\n\n    from datasets import load_dataset\n    pairs = load_dataset(\"FOLDER\", split=\"{split}\")\n"
            )?;
        }
        writeln!(out, "## How to cite\n")?;
        writeln!(
            out,
            "Name the dataset ({}), satzpaar {}, and the SHA-256 of `{}` (`sha256sum {}`), which stands for exactly these files; and the \
             publishers of the reports.\n",
            plain(&self.rows.dataset.name),
            plain(&self.rows.dataset.version),
            manifest::NAME,
            manifest::NAME
        )?;
        writeln!(out, "## How to audit it\n")?;
        writeln!(
            out,
            "    satzpaar dataset audit . --sample 100 -o sheet.csv\n\ndraws pairs from every range of scores into a sheet with instructions; \
             `satzpaar dataset audit . --read sheet.csv` counts the judgements of one or several annotators and writes precision and agreement \
             into this card."
        )
    }
}

fn describe(format: DatasetFormat, deferred: bool) -> &'static str {
    match format {
        DatasetFormat::Plain => {
            "`SPLIT.de`, `SPLIT.vi`, `SPLIT.docids`: a text a line, and the German report that it comes from (also the files for Moses)."
        }
        DatasetFormat::Moses => "`SPLIT.de`, `SPLIT.vi`: a text a line.",
        DatasetFormat::Tsv if deferred => "`SPLIT.tsv`: a row a pair, without texts; no quoting.",
        DatasetFormat::Tsv => {
            "`SPLIT.tsv`: a row a pair; no quoting, so that a quotation mark is a character as others."
        }
        DatasetFormat::Jsonl if deferred => "`SPLIT.jsonl`: the same as JSON lines.",
        DatasetFormat::Jsonl => {
            "`SPLIT.jsonl`: an object a pair, with address, licence, date and title of both reports."
        }
        DatasetFormat::Tmx => "`SPLIT.tmx`: Translation Memory eXchange 1.4.",
        DatasetFormat::Xces if deferred => "`xces/SPLIT.xml`: XCES links between bytes of the reports.",
        DatasetFormat::Xces => {
            "`xces/SPLIT.xml`: XCES links (OPUS) between the segments of `xces/SPLIT.de.xml` and `xces/SPLIT.vi.xml`."
        }
        DatasetFormat::Wmt => {
            "`SPLIT.wmt.xml`: the XML of WMT test sets. A document is a German report, a paragraph a run of sentences without a gap on either side."
        }
        DatasetFormat::Parquet => "`SPLIT.parquet`: the fields of the JSON lines.",
    }
}

fn size_category(pairs: u64) -> &'static str {
    match pairs {
        0..1_000 => "n<1K",
        1_000..10_000 => "1K<n<10K",
        10_000..100_000 => "10K<n<100K",
        100_000..1_000_000 => "100K<n<1M",
        1_000_000..10_000_000 => "1M<n<10M",
        10_000_000..100_000_000 => "10M<n<100M",
        _ => "100M<n<1B",
    }
}

fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}

/// A string of JSON is one of YAML.
fn json(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Text from outside inside a table: on one line, without what Markdown or HTML would take for its own.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in super::clean(text).chars() {
        match c {
            '<' => plain.push_str("&lt;"),
            '>' => plain.push_str("&gt;"),
            '&' => plain.push_str("&amp;"),
            '|' | '*' | '_' | '`' | '[' | ']' | '\\' => plain.extend(['\\', c]),
            c => plain.push(c),
        }
    }
    plain
}

/// The host of a web address.
fn host(url: &str) -> Option<&str> {
    let rest = url.split_once("://")?.1;
    let host = rest.split(['/', '?', '#']).next()?;
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    let host = host.strip_prefix("www.").unwrap_or(host);
    (!host.is_empty()).then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_cut_out_of_addresses() {
        assert_eq!(host("https://www.beispiel.example/a/b?c"), Some("beispiel.example"));
        assert_eq!(host("http://u@h.example:8080"), Some("h.example:8080"));
        assert_eq!(host("beispiel"), None);
    }

    #[test]
    fn markup_from_outside_stays_text() {
        assert_eq!(plain("a|b\n<b>*x*"), "a\\|b &lt;b&gt;\\*x\\*");
        assert_eq!(plain("<!-- audit -->"), "&lt;!-- audit --&gt;");
    }
}

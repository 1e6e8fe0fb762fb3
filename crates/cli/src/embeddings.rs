//! Vectors from outside on their way to the aligner.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use satzpaar_aligner::{SideVectors, Vectors, Weights};
use satzpaar_corpus::Embeddings;

use crate::args::{EvidenceArg, VectorArgs};
use crate::progress::Reporter;
use crate::status::UseError;

/// The most sentences on one side of a bead.
const MOST: usize = 4;

impl VectorArgs {
    /// Reports are cut into sentences here, so that nobody can have encoded them: that is an error of use.
    pub(crate) fn only_for_lines(&self) -> Result<()> {
        if self.embeddings.is_empty() {
            return Ok(());
        }
        let hint = "--embeddings go with --presegmented: cut the reports with `satzpaar split`, then encode `satzpaar overlaps` of the lines";
        Err(UseError(hint.to_owned()).into())
    }

    /// The weights: without those of words if vectors are to speak alone.
    pub(crate) fn weights(&self) -> Weights {
        let weights = Weights::default();
        if self.evidence == Some(EvidenceArg::Embeddings) {
            return Weights { links: 0.0, misses: 0.0, ..weights };
        }
        weights
    }
}

/// A file and its lines.
type Lines<'l> = (&'l Path, &'l [String]);

/// The texts and vectors of both sides.
pub(crate) struct Tables {
    german: Table,
    vietnamese: Table,
}

struct Table {
    texts: PathBuf,
    embeddings: Embeddings,
}

impl Table {
    fn read(texts: &Path, vectors: &Path) -> Result<Self> {
        Ok(Self { texts: texts.to_owned(), embeddings: Embeddings::read(texts, vectors)? })
    }

    /// The vectors of lines and of groups of up to `most`.
    fn side(&self, (path, lines): Lines, most: usize) -> Result<SideVectors> {
        let groups = match self.embeddings.groups(lines, most) {
            Ok(groups) => groups,
            Err(missing) => {
                let (path, texts) = (path.display(), self.texts.display());
                let (first, last) = (missing.first + 1, missing.first + missing.size);
                let lines = if missing.size == 1 {
                    format!("line {first}")
                } else {
                    format!("lines {first} to {last}")
                };
                bail!(
                    "{texts}: no line '{}', the text of {lines} of {path}: write the file anew with `satzpaar overlaps {path} --most {}` and encode that",
                    start_of(&missing.text),
                    most.max(missing.size),
                );
            }
        };
        let embeddings = &self.embeddings;
        SideVectors::new(embeddings.values(), embeddings.dimension(), groups)
            .with_context(|| self.texts.display().to_string())
    }
}

/// The start of a text that may be long, for a message.
fn start_of(text: &str) -> String {
    match text.char_indices().nth(80) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

impl Tables {
    /// Reads what the arguments name; nothing if that is not needed.
    pub(crate) fn open(args: &VectorArgs) -> Result<Option<Self>> {
        let ([de, vi], [de_texts, vi_texts]) = (&args.embeddings[..], &args.overlaps[..]) else {
            return Ok(None);
        };
        if args.evidence == Some(EvidenceArg::Lexicon) {
            return Ok(None);
        }
        let (german, vietnamese) = rayon::join(|| Table::read(de_texts, de), || Table::read(vi_texts, vi));
        let (german, vietnamese) = (german?, vietnamese?);
        let (a, b) = (german.embeddings.dimension(), vietnamese.embeddings.dimension());
        if a != b {
            bail!(
                "{} has rows of {a} numbers, {} of {b}: encode both sides with one model, and check that each belongs to its --overlaps",
                de.display(),
                vi.display()
            );
        }
        Ok(Some(Self { german, vietnamese }))
    }

    /// The vectors of two files of lines and of the groups that their beads need; says so if there are too few for the largest beads.
    pub(crate) fn vectors(&self, de: Lines, vi: Lines, say: Option<&Reporter>) -> Result<Arc<Vectors>> {
        let (german, vietnamese) = (self.german.side(de, MOST)?, self.vietnamese.side(vi, MOST)?);
        for (side, table, (path, _)) in [(&german, &self.german, de), (&vietnamese, &self.vietnamese, vi)] {
            let most = side.most();
            if let Some(say) = say.filter(|_| most < MOST) {
                let (path, texts) = (path.display(), table.texts.display());
                say.note(&format!(
                    "{texts} holds groups of at most {most} sentences: beads have no more lines of {path}; `satzpaar overlaps {path} --most {MOST}` writes more"
                ));
            }
        }
        Ok(Arc::new(Vectors::new(german, vietnamese)?))
    }

    /// The vectors of two lists of lines in no order.
    pub(crate) fn single_vectors(&self, de: Lines, vi: Lines) -> Result<Arc<Vectors>> {
        let vectors = Vectors::new(self.german.side(de, 1)?, self.vietnamese.side(vi, 1)?)?;
        Ok(Arc::new(vectors.anywhere()))
    }
}

//! Files that are hashed while they are written or read.

use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::dataset::error::DatasetError;
use crate::dataset::files::WrittenFile;

/// How much is gathered before it is hashed and written.
const BUFFER: usize = 1 << 18;

/// The folder that a dataset is written into.
pub(crate) struct Folder {
    path: PathBuf,
}

impl Folder {
    pub(crate) fn new(path: &Path) -> Self {
        Self { path: path.to_owned() }
    }

    /// Writes the file `path` (below the folder, with `/`) through `fill`, and hashes it on the way.
    pub(crate) fn write(
        &self,
        path: &str,
        fill: impl FnOnce(&mut HashedFile) -> io::Result<()>,
    ) -> Result<WrittenFile, DatasetError> {
        let told = |error| DatasetError::write(self.path.join(path).display().to_string(), error);
        let mut file = self.open(path).map_err(told)?;
        fill(&mut file).map_err(told)?;
        file.finish(path).map_err(told)
    }

    /// The files of both sides, filled together.
    pub(crate) fn write_both(
        &self,
        paths: [&str; 2],
        fill: impl FnOnce(&mut HashedFile, &mut HashedFile) -> io::Result<()>,
    ) -> Result<Vec<WrittenFile>, DatasetError> {
        let told = |error| DatasetError::write(self.path.join(paths[0]).display().to_string(), error);
        let (mut one, mut other) = (self.open(paths[0]).map_err(told)?, self.open(paths[1]).map_err(told)?);
        fill(&mut one, &mut other).map_err(told)?;
        Ok(vec![one.finish(paths[0]).map_err(told)?, other.finish(paths[1]).map_err(told)?])
    }

    fn open(&self, path: &str) -> io::Result<HashedFile> {
        let file = File::create_new(self.path.join(path))?;
        Ok(BufWriter::with_capacity(BUFFER, Hashing { file, sha256: Sha256::new(), bytes: 0 }))
    }
}

/// A file of the dataset in the making.
pub(crate) type HashedFile = BufWriter<Hashing>;

/// Hashes what passes through.
pub(crate) struct Hashing {
    file: File,
    sha256: Sha256,
    bytes: u64,
}

impl Write for Hashing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.sha256.update(&bytes[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// Closes a file.
trait Finish {
    fn finish(self, path: &str) -> io::Result<WrittenFile>;
}

impl Finish for HashedFile {
    fn finish(self, path: &str) -> io::Result<WrittenFile> {
        let Hashing { sha256, bytes, .. } = self.into_inner().map_err(io::IntoInnerError::into_error)?;
        Ok(WrittenFile { path: path.to_owned(), bytes, sha256: hex(&sha256.finalize()) })
    }
}

/// Hashes what is read through it.
pub(crate) struct HashingReader<R> {
    inner: R,
    sha256: Sha256,
    bytes: u64,
}

impl<R> HashingReader<R> {
    pub(crate) fn new(inner: R) -> Self {
        Self { inner, sha256: Sha256::new(), bytes: 0 }
    }

    /// How many bytes were read, and their SHA-256 in lower-case hexadecimal.
    pub(crate) fn finish(self) -> (u64, String) {
        (self.bytes, hex(&self.sha256.finalize()))
    }
}

impl<R: Read> Read for HashingReader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.sha256.update(&buffer[..count]);
        self.bytes += count as u64;
        Ok(count)
    }
}

/// SHA-256 in lower-case hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Bytes in lower-case hexadecimal.
fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |four: u8| char::from(DIGITS[usize::from(four)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn sha256_as_published() {
        // FIPS 180-2, appendix B.1.
        let wanted = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(super::sha256(b"abc"), wanted);
    }
}

//! Writes a dataset whose texts hold whatever a format may stumble over, for trying programs on it (tests/consumers.py) and for measuring:
//! `hostile_dataset FOLDER [PAIRS] [FORMAT…|deferred]`. The folder is made.

use std::error::Error;
use std::path::PathBuf;

use satzpaar_evaluation::dataset::{FileOptions, write_files};

#[allow(unreachable_pub, reason = "shared with the tests")]
#[path = "../tests/hostile/mod.rs"]
mod hostile;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().ok_or("hostile_dataset FOLDER [PAIRS] [FORMAT…|deferred]")?);
    let count = arguments.next().map_or(Ok(60), |count| count.parse())?;
    let mut options = FileOptions::default();
    let mut formats = Vec::new();
    for word in arguments {
        match &*word {
            "deferred" => options.deferred = true,
            format => formats.push(format.parse()?),
        }
    }
    if !formats.is_empty() {
        options.formats = formats;
    }
    std::fs::create_dir(&folder)?;
    write_files(&hostile::dataset(count), &folder, &options)?;
    Ok(())
}

//! The `satzpaar` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    satzpaar_cli::run(std::env::args_os()).into()
}

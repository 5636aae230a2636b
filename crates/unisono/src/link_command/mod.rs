//! `unisono link`: links from the command line, and for programs that read and write lines.

mod lines;
mod parse;

use std::io::{self, BufReader, Read, Write};

use clap::Subcommand;

/// What can be done with links that needs no server and no settings.
#[derive(Subcommand)]
pub enum LinkCommand {
    /// Read texts, one a line, and write what each points at, or why it is no link: one JSON object a line.
    Parse,
}

impl LinkCommand {
    /// Answers every line of `input` in order. A reader that leaves early ends the work without a fault.
    pub fn run(&self, input: impl Read, output: impl Write) -> io::Result<()> {
        let mut input = BufReader::new(input);
        let outcome = match self {
            Self::Parse => {
                lines::answer_each(&mut input, output, parse::LINE_BYTES_MAX, parse::answer)
            }
        };
        match outcome {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            outcome => outcome,
        }
    }
}

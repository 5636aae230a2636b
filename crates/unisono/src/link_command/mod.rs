//! `unisono link`: links from the command line, and for programs that read and write lines.

mod convert;
mod lines;
mod match_records;
mod parse;

use std::io::{self, BufReader, Read, Write};

use clap::Subcommand;

pub use convert::{NotConverted, Question};

/// What can be done with links.
#[derive(Subcommand)]
pub enum LinkCommand {
    /// Find the same piece on every other service.
    Convert(Question),
    /// Lines in, lines out.
    #[command(flatten)]
    Lines(LinesCommand),
}

/// What needs no settings: every line of the input has its line in the output.
#[derive(Subcommand)]
pub enum LinesCommand {
    /// Read texts, one a line, and write what each points at, or why it is no link: one JSON object a line.
    Parse,
    /// Read pairs of records, one JSON object a line, and write whether they are the same recording, how sure that is,
    /// and why: one JSON object a line.
    Match,
}

impl LinesCommand {
    /// Answers every line of `input` in order. A reader that leaves early ends the work without a fault.
    pub fn run(&self, input: impl Read, output: impl Write) -> io::Result<()> {
        let mut input = BufReader::new(input);
        let outcome = match self {
            Self::Parse => {
                lines::answer_each(&mut input, output, parse::LINE_BYTES_MAX, parse::answer)
            }
            Self::Match => {
                let bytes_max = match_records::LINE_BYTES_MAX;
                lines::answer_each(&mut input, output, bytes_max, match_records::answer)
            }
        };
        match outcome {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            outcome => outcome,
        }
    }
}

//! Replays a recorded tape and prints the room's fingerprint after each step: `tape FILE`.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command line tool talks to its user"
)]

use std::process::ExitCode;

use room::tape::Tape;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let (Some(file), None) = (arguments.next(), arguments.next()) else {
        eprintln!("usage: tape FILE");
        return ExitCode::FAILURE;
    };
    let text = match std::fs::read_to_string(&file) {
        Ok(text) => text,
        Err(error) => {
            eprintln!("{file}: {error}");
            return ExitCode::FAILURE;
        }
    };
    let tape = match Tape::parse(&text) {
        Ok(tape) => tape,
        Err(error) => {
            eprintln!("{file}: {error}");
            return ExitCode::FAILURE;
        }
    };
    let mut room = tape.open();
    for step in &tape.steps {
        let result = step.tell(&mut room);
        let said = match result {
            Ok(done) => format!("{} events", done.events.len()),
            Err(rejected) => format!("rejected: {rejected}"),
        };
        println!("{} {} {said}", room.position().seq, room.hash());
    }
    ExitCode::SUCCESS
}

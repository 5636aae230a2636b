//! The command line.

use std::process::ExitCode;
use std::sync::Arc;

use base::{OsEntropy, SystemClock};
use clap::{Parser, Subcommand};
use tokio::signal::unix::{SignalKind, signal};
use unisono::{Server, Settings, banner, doctor, log};

/// Hear the same thing together: cast a laptop's sound to phones nearby or far away.
#[derive(Parser)]
#[command(version, about)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Start the server.
    Serve,
    /// Look at the settings.
    #[command(subcommand)]
    Config(ConfigCommand),
    /// Check ports, database, clock, relay, TLS and disk, and say what to do.
    Doctor,
}

#[derive(Subcommand)]
enum ConfigCommand {
    /// Read every source, name what is wrong, and print what is in force.
    Check,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let settings = match Settings::read() {
        Ok(settings) => settings,
        Err(error) => return fail(&error),
    };
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => return fail(&error),
    };
    match arguments.command {
        Command::Serve => runtime.block_on(serve(settings)),
        Command::Config(ConfigCommand::Check) => say(&doctor::explain(&settings)),
        Command::Doctor => {
            let report = runtime.block_on(doctor::examine(&settings));
            say(&report.text());
            if report.is_healthy() {
                ExitCode::SUCCESS
            } else {
                ExitCode::FAILURE
            }
        }
    }
}

async fn serve(settings: Settings) -> ExitCode {
    log::start(settings.log);
    let (terminate, interrupt) = (
        signal(SignalKind::terminate()),
        signal(SignalKind::interrupt()),
    );
    let (Ok(mut terminate), Ok(mut interrupt)) = (terminate, interrupt) else {
        return fail(&"signals cannot be handled here");
    };
    let server = match Server::start(&settings, Arc::new(SystemClock), Arc::new(OsEntropy)).await {
        Ok(server) => server,
        Err(error) => return fail(&error),
    };
    say(&banner::banner(&server, &settings));
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    say("Stopping: saying goodbye to open sockets.");
    server.stop().await;
    ExitCode::SUCCESS
}

#[expect(
    clippy::print_stdout,
    reason = "the command line speaks to a person here"
)]
fn say(text: &str) -> ExitCode {
    println!("{text}");
    ExitCode::SUCCESS
}

#[expect(
    clippy::print_stderr,
    reason = "the command line speaks to a person here"
)]
fn fail(error: &impl std::fmt::Display) -> ExitCode {
    eprintln!("unisono: {error}");
    ExitCode::FAILURE
}

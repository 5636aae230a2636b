//! The command line.

use std::io;
use std::process::ExitCode;
use std::sync::Arc;

use base::{Clock, OsEntropy, SystemClock};
use clap::{Parser, Subcommand};
use outbound::Outbound;
use tokio::runtime::Runtime;
use tokio::signal::unix::{SignalKind, signal};
use unisono::account_command::AccountCommand;
use unisono::backup::{self, RestoreCommand};
use unisono::errors_command::ErrorsCommand;
use unisono::link_command::{LinesCommand, LinkCommand, Question};
use unisono::mail_command::MailCommand;
use unisono::plan_command::{Checked, PlanCommand};
use unisono::privacy_command::{Desk, PrivacyCommand};
use unisono::support_command::SupportCommand;
use unisono::{Server, Settings, banner, doctor, log, store_part};

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
    /// Find, lock, promote and sign out accounts.
    #[command(subcommand)]
    Account(AccountCommand),
    /// Look up what failed by the reference that a person was shown.
    #[command(subcommand)]
    Errors(ErrorsCommand),
    /// Look at the letters that wait to be sent.
    #[command(subcommand)]
    Mail(MailCommand),
    /// Read and answer what people wrote to whoever runs this.
    #[command(subcommand)]
    Support(SupportCommand),
    /// Make an encrypted backup now. With a recipient set, the server makes one a day.
    Backup,
    /// Put a backup in the place of the data, without those who were erased since.
    Restore(RestoreCommand),
    /// Do what is owed to people and authorities: retention, requests, policy, breaches.
    #[command(subcommand)]
    Privacy(PrivacyCommand),
    /// Explain the limits of the plans, give Pro by hand, and count.
    #[command(subcommand)]
    Plans(PlanCommand),
    /// Recognise, compare and convert links to music.
    #[command(subcommand)]
    Link(LinkCommand),
}

#[derive(Subcommand)]
enum ConfigCommand {
    /// Read every source, name what is wrong, and print what is in force.
    Check,
}

fn main() -> ExitCode {
    match Arguments::parse().command {
        Command::Serve => prepared(|settings, runtime| runtime.block_on(serve(settings))),
        Command::Config(ConfigCommand::Check) => {
            prepared(|settings, _| say(&doctor::explain(&settings)))
        }
        Command::Doctor => prepared(|settings, runtime| runtime.block_on(examine(&settings))),
        Command::Account(command) => {
            prepared(|settings, runtime| runtime.block_on(manage(&command, &settings)))
        }
        Command::Mail(command) => {
            prepared(|settings, runtime| runtime.block_on(look_at_mail(&command, &settings)))
        }
        Command::Errors(command) => {
            prepared(|settings, runtime| runtime.block_on(look_up(&command, &settings)))
        }
        Command::Support(command) => {
            prepared(|settings, runtime| runtime.block_on(support(&command, &settings)))
        }
        Command::Backup => prepared(|settings, runtime| runtime.block_on(back_up(&settings))),
        Command::Restore(command) => {
            prepared(|settings, runtime| runtime.block_on(restore(&command, &settings)))
        }
        Command::Privacy(command) => {
            prepared(|settings, runtime| runtime.block_on(owe(&command, &settings)))
        }
        Command::Plans(command) => {
            prepared(|settings, runtime| runtime.block_on(look_at_plans(&command, &settings)))
        }
        Command::Link(LinkCommand::Lines(command)) => answer_lines(&command),
        Command::Link(LinkCommand::Convert(question)) => {
            prepared(|settings, runtime| runtime.block_on(convert(&question, settings)))
        }
    }
}

/// Turns of tasks between two looks at the network, while some are ready, and what one look may find. A room waits until
/// whoever was found ready has spoken, and writes all of it together: the more is going on, the less a delivery costs.
/// With the 61 turns of the library a room seldom heard two.
const TURNS_BETWEEN_LOOKS: u32 = 512;
const EVENTS_A_LOOK: usize = 4096;

/// Does what needs settings and a runtime.
fn prepared(deed: impl FnOnce(Settings, Runtime) -> ExitCode) -> ExitCode {
    let settings = match Settings::read() {
        Ok(settings) => settings,
        Err(error) => return fail(&error),
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .event_interval(TURNS_BETWEEN_LOOKS)
        .max_io_events_per_tick(EVENTS_A_LOOK)
        .build();
    match runtime {
        Ok(runtime) => deed(settings, runtime),
        Err(error) => fail(&error),
    }
}

async fn examine(settings: &Settings) -> ExitCode {
    let report = doctor::examine(settings).await;
    say(&report.text());
    if report.is_healthy() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

async fn manage(command: &AccountCommand, settings: &Settings) -> ExitCode {
    let store = match store_part::open(settings, &OsEntropy).await {
        Ok(store) => store,
        Err(error) => return fail(&error),
    };
    let done = command.run(&store, settings).await;
    store.close().await;
    match done {
        Ok(text) => say(&text),
        Err(error) => fail(&error),
    }
}

async fn support(command: &SupportCommand, settings: &Settings) -> ExitCode {
    let store = match store_part::open(settings, &OsEntropy).await {
        Ok(store) => store,
        Err(error) => return fail(&error),
    };
    let done = command.run(&store, SystemClock.now()).await;
    store.close().await;
    match done {
        Ok(text) => say(&text),
        Err(error) => fail(&error),
    }
}

async fn look_at_mail(command: &MailCommand, settings: &Settings) -> ExitCode {
    let store = match store_part::open(settings, &OsEntropy).await {
        Ok(store) => store,
        Err(error) => return fail(&error),
    };
    let has_server = !settings.mail.host.is_empty();
    let done = command
        .run(&store, settings.site(), has_server, SystemClock.now())
        .await;
    store.close().await;
    match done {
        Ok(text) => say(&text),
        Err(error) => fail(&error),
    }
}

async fn owe(command: &PrivacyCommand, settings: &Settings) -> ExitCode {
    let store = match store_part::open(settings, &OsEntropy).await {
        Ok(store) => store,
        Err(error) => return fail(&error),
    };
    let desk = Desk {
        store: &store,
        held: settings.inventory(),
        grounds: &settings.operator.grounds,
        site: settings.site(),
        now: SystemClock.now(),
        entropy: &OsEntropy,
    };
    let done = command.run(&desk).await;
    store.close().await;
    match done {
        Ok(text) => say(&text),
        Err(error) => fail(&error),
    }
}

async fn look_at_plans(command: &PlanCommand, settings: &Settings) -> ExitCode {
    let command = match command {
        PlanCommand::Check => return check_plans(settings).await,
        PlanCommand::Kept(command) => command,
    };
    let store = match store_part::open(settings, &OsEntropy).await {
        Ok(store) => store,
        Err(error) => return fail(&error),
    };
    let done = command.run(&store, settings, SystemClock.now()).await;
    store.close().await;
    match done {
        Ok(text) => say(&text),
        Err(error) => fail(&error),
    }
}

async fn check_plans(settings: &Settings) -> ExitCode {
    let outbound = match Outbound::start(settings.outbound.clone(), Arc::new(SystemClock)) {
        Ok(outbound) => outbound,
        Err(error) => return fail(&error),
    };
    let checked = Checked::of(settings, &outbound).await;
    say(&checked.text());
    match checked.is_sound() {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    }
}

async fn look_up(command: &ErrorsCommand, settings: &Settings) -> ExitCode {
    let store = match store_part::open(settings, &OsEntropy).await {
        Ok(store) => store,
        Err(error) => return fail(&error),
    };
    let found = command.run(&store, SystemClock.now()).await;
    store.close().await;
    match found {
        Ok(text) => say(&text),
        Err(error) => fail(&error),
    }
}

async fn back_up(settings: &Settings) -> ExitCode {
    let store = match store_part::open(settings, &OsEntropy).await {
        Ok(store) => store,
        Err(error) => return fail(&error),
    };
    let made = backup::back_up_in_turn(settings, &store, &SystemClock, &OsEntropy).await;
    store.close().await;
    match made {
        Ok(file) => say(&file.display().to_string()),
        Err(error) => fail(&error),
    }
}

async fn restore(command: &RestoreCommand, settings: &Settings) -> ExitCode {
    let restored = command.run(settings, SystemClock.now(), &OsEntropy).await;
    match restored {
        Ok(restored) => say(&restored.text()),
        Err(error) => fail(&error),
    }
}

/// Works wherever the program is, whatever its settings say.
fn answer_lines(command: &LinesCommand) -> ExitCode {
    match command.run(io::stdin().lock(), io::stdout().lock()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&error),
    }
}

async fn convert(question: &Question, settings: Settings) -> ExitCode {
    match question.answer(settings).await {
        Ok(answer) => say(&answer),
        Err(error) if question.wants_json() => {
            say(&question.complaint(&error));
            ExitCode::FAILURE
        }
        Err(error) => fail(&question.complaint(&error)),
    }
}

async fn serve(settings: Settings) -> ExitCode {
    let failures = log::start(settings.log);
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
    server.keep_failures(failures);
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

//! `forward`: the server as it is, by a clock that is put forward. Each line that it reads lets so many seconds pass at once;
//! it answers with the same line when they have. At the end of its input it stops.
#![expect(clippy::print_stdout, reason = "what has passed is its output")]

use std::error::Error;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use base::OsEntropy;
use testkit::ForwardClock;
use unisono::{Server, Settings, log};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let settings = Settings::read()?;
    let failures = log::start(settings.log);
    let clock = ForwardClock::default();
    let server = Server::start(&settings, Arc::new(clock.clone()), Arc::new(OsEntropy)).await?;
    server.keep_failures(failures);
    tokio::task::spawn_blocking(move || let_time_pass(&clock)).await??;
    server.stop().await;
    Ok(())
}

fn let_time_pass(clock: &ForwardClock) -> io::Result<()> {
    for line in io::stdin().lines() {
        let line = line?;
        let span_s = line.parse().map_err(io::Error::other)?;
        clock.pass(Duration::from_secs(span_s));
        println!("{line}");
    }
    Ok(())
}

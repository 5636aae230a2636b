//! `providers [--latency-ms N] [--no-limits] [--keys] [--catalogue built-in|shared|FILE] [--port N]`: the providers on
//! 127.0.0.1. Prints one line of JSON with their address, and a settings file for a node that shall use them.
#![expect(clippy::print_stdout, reason = "the address is its output")]

use std::error::Error;
use std::path::Path;
use std::time::Duration;

use serde_json::json;
use testkit::providers::{Behaviour, Catalogue, EVERY_HOST, Providers, settings_text};

const USAGE: &str = "providers [--latency-ms N] [--no-limits] [--keys] [--catalogue built-in|shared|FILE] [--port N]";

#[derive(Default)]
struct Wishes {
    behaviour: Behaviour,
    has_keys: bool,
    catalogue: Option<Catalogue>,
    port: u16,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let wishes = Wishes::read(std::env::args().skip(1))?;
    let catalogue = wishes.catalogue.unwrap_or_else(Catalogue::built_in);
    let songs = catalogue.songs().len();
    let providers = Providers::start_at(catalogue, wishes.port).await;
    let address = providers.address();
    let settings = settings_text(address, wishes.behaviour.limits, wishes.has_keys);
    providers.behave(EVERY_HOST, wishes.behaviour);
    let line = json!({
        "address": format!("http://{address}"), "control": format!("http://{address}/control"), "songs": songs,
        "settings": settings,
    });
    println!("{line}");
    providers.serve().await;
    Ok(())
}

impl Wishes {
    fn read(mut arguments: impl Iterator<Item = String>) -> Result<Self, Box<dyn Error>> {
        let mut wishes = Self::default();
        while let Some(name) = arguments.next() {
            match name.as_str() {
                "--no-limits" => {
                    wishes.behaviour.limits = false;
                    continue;
                }
                "--keys" => {
                    wishes.has_keys = true;
                    continue;
                }
                _ => {}
            }
            let value = arguments.next().ok_or(USAGE)?;
            match name.as_str() {
                "--latency-ms" => {
                    let latency = Duration::from_millis(value.parse()?);
                    wishes.behaviour.latency_ms = Behaviour::slow(latency).latency_ms;
                }
                "--port" => wishes.port = value.parse()?,
                "--catalogue" => {
                    wishes.catalogue = Some(match value.as_str() {
                        "built-in" => Catalogue::built_in(),
                        "shared" => {
                            let file = Catalogue::shared_file()
                                .ok_or("there are no link sets beside this clone")?;
                            Catalogue::read(&file)?
                        }
                        file => Catalogue::read(Path::new(file))?,
                    });
                }
                _ => return Err(USAGE.into()),
            }
        }
        Ok(wishes)
    }
}

//! What of an event becomes a line. Fields come by the inventory alone: one that it does not declare is left out, whoever
//! logs it. What libraries say is scrubbed as well, for nobody here has read their sentences.

use std::collections::BTreeSet;
use std::fmt;

use base::Scrubbed;
use serde_json::{Map, Value};
use tracing::field::{Field, Visit};
use tracing::{Event, Level, Metadata, Subscriber};
use tracing_subscriber::fmt::FmtContext;
use tracing_subscriber::fmt::format::{FormatEvent, FormatFields, Writer};
use tracing_subscriber::fmt::time::{FormatTime, SystemTime};
use tracing_subscriber::registry::LookupSpan;

use crate::settings::LogForm;

/// The crates of this program: the fields and sentences of their lines are checked when it is built.
const OURS: [&str; 17] = [
    "account", "app", "base", "bus", "music", "outbound", "privacy", "protocol", "relay", "room",
    "store", "sync", "testkit", "texts", "unisono", "web", "xtask",
];
/// Colours of terminals (ECMA-48, section 8.3.117).
const RED: &str = "\u{1b}[31m";
const YELLOW: &str = "\u{1b}[33m";
const PLAIN: &str = "\u{1b}[0m";

/// Writes lines in one form.
pub(super) struct Lines {
    pub form: LogForm,
    /// The fields that the inventory declares.
    pub declared: BTreeSet<&'static str>,
}

impl<S, N> FormatEvent<S, N> for Lines
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    N: for<'a> FormatFields<'a> + 'static,
{
    fn format_event(
        &self,
        _: &FmtContext<'_, S, N>,
        writer: Writer<'_>,
        event: &Event<'_>,
    ) -> fmt::Result {
        let mut said = Said {
            declared: &self.declared,
            message: String::new(),
            fields: Map::new(),
        };
        event.record(&mut said);
        let metadata = event.metadata();
        if !is_ours(metadata) {
            said.message = Scrubbed::of(&said.message).as_str().to_owned();
            said.fields.clear();
        }
        match self.form {
            LogForm::Human => said.for_people(*metadata.level(), writer),
            LogForm::Json => said.for_programs(*metadata.level(), writer),
        }
    }
}

fn is_ours(metadata: &Metadata<'_>) -> bool {
    let name = metadata.target().split("::").next();
    name.is_some_and(|name| OURS.contains(&name))
}

/// A line of people's log is one line, whatever a text holds.
fn in_one_line(text: &str) -> String {
    text.replace(char::is_control, " ")
}

/// What a line says.
struct Said<'d> {
    declared: &'d BTreeSet<&'static str>,
    message: String,
    fields: Map<String, Value>,
}

impl Said<'_> {
    fn for_people(&self, level: Level, mut writer: Writer<'_>) -> fmt::Result {
        SystemTime.format_time(&mut writer)?;
        let colour = match level {
            Level::ERROR => RED,
            Level::WARN => YELLOW,
            _ => PLAIN,
        };
        let message = in_one_line(&self.message);
        if writer.has_ansi_escapes() {
            write!(writer, " {colour}{level:>5}{PLAIN} {message}")?;
        } else {
            write!(writer, " {level:>5} {message}")?;
        }
        for (name, value) in &self.fields {
            match value {
                Value::String(text) => write!(writer, " {name}={}", in_one_line(text))?,
                other => write!(writer, " {name}={other}")?,
            }
        }
        writeln!(writer)
    }

    fn for_programs(self, level: Level, mut writer: Writer<'_>) -> fmt::Result {
        let mut time = String::new();
        SystemTime.format_time(&mut Writer::new(&mut time))?;
        let mut line = self.fields;
        line.insert("timestamp".to_owned(), time.into());
        line.insert("level".to_owned(), level.as_str().into());
        line.insert("message".to_owned(), self.message.into());
        writeln!(writer, "{}", Value::Object(line))
    }

    fn keep(&mut self, field: &Field, value: Value) {
        if self.declared.contains(field.name()) {
            self.fields.insert(field.name().to_owned(), value);
        }
    }
}

impl Visit for Said<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        let text = format!("{value:?}");
        if field.name() == "message" {
            self.message = text;
        } else {
            self.keep(field, text.into());
        }
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "message" {
            value.clone_into(&mut self.message);
        } else {
            self.keep(field, value.into());
        }
    }

    fn record_f64(&mut self, field: &Field, value: f64) {
        self.keep(field, value.into());
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.keep(field, value.into());
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.keep(field, value.into());
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.keep(field, value.into());
    }
}

#[cfg(test)]
mod tests {
    use std::io;
    use std::sync::Mutex;

    use tracing_subscriber::layer::SubscriberExt as _;
    use tracing_subscriber::{fmt as lines, registry};

    use super::*;

    fn logged(form: LogForm, log: impl FnOnce()) -> String {
        let (mut read, write) = io::pipe().unwrap();
        let declared = ["reference", "upstream"].into();
        let layer = lines::layer()
            .with_ansi(false)
            .event_format(Lines { form, declared })
            .with_writer(Mutex::new(write));
        tracing::subscriber::with_default(registry().with(layer), log);
        io::read_to_string(&mut read).unwrap()
    }

    /// Promise C20
    #[test]
    fn a_field_that_the_inventory_does_not_declare_reaches_no_log() {
        for form in [LogForm::Human, LogForm::Json] {
            let text = logged(form, || {
                tracing::warn!(
                    reference = "UNI-1",
                    upstream = 7_u64,
                    file = "203.0.113.7",
                    "it waited"
                );
            });
            assert!(
                text.contains("it waited") && text.contains("UNI-1"),
                "{text}"
            );
            assert!(text.contains("WARN") && text.contains('7'), "{text}");
            assert!(!text.contains("203") && !text.contains("file"), "{text}");
        }
    }

    #[test]
    fn what_libraries_say_is_scrubbed_and_has_no_fields() {
        let text = logged(LogForm::Human, || {
            tracing::warn!(reference = "UNI-1", "ours of\nada");
            tracing::warn!(target: "sqlx::query", reference = "UNI-2", "slow for ada@example.org");
        });
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 2, "{text}");
        assert!(
            lines[0].ends_with(" WARN ours of ada reference=UNI-1"),
            "{text}"
        );
        assert!(lines[1].ends_with(" WARN slow for [removed]"), "{text}");
    }

    #[test]
    fn a_line_for_programs_is_one_object() {
        let text = logged(LogForm::Json, || {
            tracing::info!(upstream = 7_u64, "it says \"so\"\nand more");
        });
        let [line] = text.lines().collect::<Vec<_>>()[..] else {
            panic!("one line: {text}");
        };
        let line: Value = serde_json::from_str(line).unwrap();
        assert_eq!(line["message"], "it says \"so\"\nand more");
        assert_eq!(
            (&line["level"], &line["upstream"]),
            (&"INFO".into(), &7.into())
        );
        assert!(line["timestamp"].as_str().unwrap().ends_with('Z'));
    }

    #[test]
    fn every_crate_of_the_program_is_named() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
        let mut found: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        found.sort();
        assert_eq!(found, OURS);
    }
}

//! The log: to standard error, for people or as JSON, without any address.

use tracing::Level;
use tracing_subscriber::fmt;

use crate::settings::LogForm;

/// Starts the log. A second call in one process changes nothing.
pub fn start(form: LogForm) {
    let builder = fmt()
        .with_max_level(Level::INFO)
        .with_writer(std::io::stderr)
        .with_target(false);
    // It fails only when a log has been started before.
    let _ = match form {
        LogForm::Human => builder.compact().try_init(),
        LogForm::Json => builder.json().flatten_event(true).try_init(),
    };
}

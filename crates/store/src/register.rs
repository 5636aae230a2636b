//! Steps in a register that are taken together with their letters, or not at all.

/// What became of a step in a register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stepped {
    /// It is taken, and its letters wait in the outbox.
    Done,
    /// The register says something else by now; nothing was changed.
    Changed,
    /// The outbox has no room for the letters; nothing was changed.
    OutboxFull,
}

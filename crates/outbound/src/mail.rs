//! Mail: a closed list of letters, each of which a person's own act asks for, drawn from the catalogues and handed to
//! the operator's mail server.

mod draw;
mod letter;
mod mailer;
mod message;

pub use draw::Drawn;
pub use letter::{BadLetter, Letter, LetterKind};
pub use mailer::{Mailer, NotSent};

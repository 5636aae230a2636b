//! Plans as they are kept: who has bought or was given Pro, and what the payment service is still to be asked or told.

mod checkout;
mod customer;
mod farewell;
mod free_session;
mod payment;
mod saved_room;

pub use checkout::{CheckoutRow, NewCheckout};
pub use customer::{CustomerRow, Heard};
pub use farewell::FarewellRow;
pub use free_session::{FreeSessionRow, Holder};
pub use saved_room::{SAVED_ROOMS_MAX, SavedRoom, Saving, StoredPassword};

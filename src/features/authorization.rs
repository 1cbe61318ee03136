//! Authorizing at TikTok: the departure, its button, the dialog when an account can't be linked, and
//! the second try.

mod button;
mod departure;
mod try_again;
mod unable_to_link;

// Whole modules: with each part comes the type of its props, which the view macro names.
pub use button::*;
pub use departure::*;
pub use try_again::*;
pub use unable_to_link::*;

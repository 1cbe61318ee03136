//! What stands around a page: shells for guests and members, and the bars that all have.

mod account_menu;
mod ad_account;
mod demonstration;
mod guest;
mod load;
mod member;
mod notices;
mod onboarding;
mod preferences;
mod settings;
mod wizard;

// Whole modules: with each part comes the type of its props, which the view macro names.
pub use account_menu::*;
pub use ad_account::*;
pub use demonstration::*;
pub use guest::*;
pub use load::*;
pub use member::*;
pub use notices::*;
pub use onboarding::*;
pub use preferences::*;
pub use settings::*;
pub use wizard::*;

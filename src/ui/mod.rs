//! The kit of parts that every screen is made of. It imports nothing of ours: all words, values
//! and callbacks come as props, so that a part can be read, tested and restyled alone.
//!
//! Each part has its stylesheet of the same name in `style/ui/`.

mod erased;
mod field;
mod icon;

mod avatar;
mod banner;
mod bond;
mod button;
mod card;
mod checkbox;
mod combobox;
mod data_table;
mod date_time_field;
mod description;
mod dialog;
mod empty_state;
mod link;
mod menu;
mod money_field;
mod page_heading;
mod password_field;
mod phone_field;
mod problem_panel;
mod progress;
mod radio_cards;
mod select_field;
mod skeleton;
mod spinner;
mod stepper;
mod summary;
mod switch;
mod tabs;
mod text_area;
mod text_field;
mod toast;
mod tooltip;

// Whole modules: with each part comes the type of its props, which the view macro names.
pub use erased::*;

pub use avatar::*;
pub use banner::*;
pub use bond::*;
pub use button::*;
pub use card::*;
pub use checkbox::*;
pub use combobox::*;
pub use data_table::*;
pub use date_time_field::*;
pub use description::*;
pub use dialog::*;
pub use empty_state::*;
pub use field::*;
pub use icon::*;
pub use link::*;
pub use menu::*;
pub use money_field::*;
pub use page_heading::*;
pub use password_field::*;
pub use phone_field::*;
pub use problem_panel::*;
pub use progress::*;
pub use radio_cards::*;
pub use select_field::*;
pub use skeleton::*;
pub use spinner::*;
pub use stepper::*;
pub use summary::*;
pub use switch::*;
pub use tabs::*;
pub use text_area::*;
pub use text_field::*;
pub use toast::*;
pub use tooltip::*;

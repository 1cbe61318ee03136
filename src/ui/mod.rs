//! The kit of parts that every screen is made of. It imports nothing of ours: all words, values
//! and callbacks come as props, so that a part can be read, tested and restyled alone.
//!
//! Each part has its stylesheet of the same name in `style/ui/`.

mod field;
mod icon;

mod avatar;
mod banner;
mod button;
mod card;
mod checkbox;
mod combobox;
mod date_time_field;
mod description;
mod dialog;
mod empty_state;
mod link;
mod menu;
mod money_field;
mod page_heading;
mod password_field;
mod problem_panel;
mod radio_cards;
mod select_field;
mod skeleton;
mod spinner;
mod stepper;
mod summary;
mod switch;
mod text_area;
mod text_field;

pub use avatar::Avatar;
pub use banner::{Banner, BannerKind};
pub use button::{Button, ButtonKind};
pub use card::Card;
pub use checkbox::Checkbox;
pub use combobox::Combobox;
pub use date_time_field::DateTimeField;
pub use description::{DescriptionRow, Descriptions};
pub use dialog::Dialog;
pub use empty_state::EmptyState;
pub use field::{Choice, field_id, focus_field};
pub use icon::{Glyph, Icon};
pub use link::{ButtonLink, Link};
pub use menu::{Menu, MenuButton, MenuDivider, MenuLink};
pub use money_field::MoneyField;
pub use page_heading::PageHeading;
pub use password_field::PasswordField;
pub use problem_panel::ProblemPanel;
pub use radio_cards::{RadioCard, RadioCards};
pub use select_field::SelectField;
pub use skeleton::Skeleton;
pub use spinner::Spinner;
pub use stepper::Stepper;
pub use summary::{Summary, SummaryItem};
pub use switch::Switch;
pub use text_area::TextArea;
pub use text_field::TextField;

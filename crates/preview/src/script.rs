//! Scripts: what is done in the app, step by step. A state of a screen is a script, and so is what
//! was recorded. Elements are named by what every language shares: a field by its name, a button by
//! the key of its words.

use contract::problem::Code;
use domain::input::{Fault, Field};
use portal::client::Network;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Opens a route by its path.
    Go(String),
    /// Presses a button or a link: the key of its words, `=` and its words where they are nobody's,
    /// or `.` and what a selector of CSS says. `#2` behind it means the second such.
    Press(String),
    /// Types into a field.
    Fill { field: String, text: String },
    /// Types the code of the newest letter.
    FillCode(String),
    /// Chooses one of several.
    Choose {
        field: String,
        /// The value of the choice.
        value: String,
    },
    /// Ticks a box or turns a switch.
    Check {
        field: String,
        /// The state that a checkbox or a switch is left in.
        on: bool,
    },
    /// Sends a form of TikTok's pages, or follows a link there.
    #[serde(rename = "tiktok")]
    TikTok {
        /// The path that it leads to.
        to: String,
        /// What is typed and chosen there, by name.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        with: BTreeMap<String, String>,
    },
    /// What TikTok answers from now on; its own pages where nothing is said.
    Answer {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        tiktok: Option<String>,
        /// Whose account it is, by its username at TikTok.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        username: Option<String>,
    },
    /// Sets the clock ahead by so many minutes.
    Advance(u64),
    /// How the network behaves from now on.
    Network(Network),
    /// How long replies take, and how many don't come, from now on.
    Behave {
        /// Milliseconds before each reply.
        latency_ms: u32,
        /// Of a hundred requests, how many don't arrive.
        failures: u32,
    },
    /// What the host refuses the next request with.
    Refuse(Code),
    /// What the host finds wrong with a field of the next request.
    RefuseField { field: Field, fault: Fault },
    /// Waits for words to be seen, by their key.
    See(String),
}

impl Step {
    pub fn press(name: &str) -> Self {
        Self::Press(name.to_owned())
    }

    /// Presses the button that sends the page's form.
    pub fn send() -> Self {
        Self::press(".form [type=submit]")
    }

    /// Types into a field.
    pub fn fill(field: &str, text: &str) -> Self {
        Self::Fill {
            field: field.to_owned(),
            text: text.to_owned(),
        }
    }

    /// Chooses one of several.
    pub fn choose(field: &str, value: &str) -> Self {
        Self::Choose {
            field: field.to_owned(),
            value: value.to_owned(),
        }
    }

    /// Ticks a box or turns a switch on.
    pub fn check(field: &str) -> Self {
        Self::Check {
            field: field.to_owned(),
            on: true,
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Script {
    /// What it is called: a file's name.
    pub name: String,
    /// The scene of which it is another state, which is looked at more closely.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
    /// Who is logged in when it begins: a persona's address before its `@`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub persona: Option<String>,
    /// The path where it begins.
    #[serde(default = "home")]
    pub at: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<Step>,
    /// What of the app is seen at its end: `code:…`, `fault:…`, `outcome:…`, `route:…`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shows: Vec<String>,
}

fn home() -> String {
    portal::route::Route::Home.path()
}

//! The state of a preview in its address: what is shown, to whom, how it looks and how the world
//! behaves. The same address shows the same.

use super::people::SOMEBODY;
use super::script::{Script, Step};
use super::{address, scenes};
use portal::client::{TikTokAnswer, behavior};
use portal::route::{Route, query};

/// All that an address can say. What it doesn't say is left to the browser or to chance that is the
/// same each time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// Whether the app stands alone, without the tools around it.
    pub bare: bool,
    /// A page of the tools or a path of the app.
    pub at: Option<String>,
    /// The scene that it begins with.
    pub scene: Option<String>,
    /// Who is logged in when it begins, where no scene says so.
    pub persona: Option<String>,
    /// What is done after that.
    pub steps: Vec<Step>,
    pub lang: Option<String>,
    /// `light` or `dark`.
    pub theme: Option<String>,
    /// Width of the window, in pixels.
    pub width: Option<u32>,
    /// Size of the text, in percent.
    pub text: Option<u32>,
    /// When the clock stands still, or `runs`.
    pub clock: Option<String>,
    /// Milliseconds before each reply.
    pub latency: Option<u32>,
    /// Of a hundred requests, how many don't arrive.
    pub failures: Option<u32>,
    pub tiktok: Option<TikTokAnswer>,
    pub username: Option<String>,
    /// Whether each sentence and each component has its name beside it.
    pub names: bool,
}

impl State {
    /// The state of an address's query.
    pub fn parse(text: &str) -> Self {
        let word = |name: &str| query::value(text, name).filter(|value| !value.is_empty());
        let number = |name: &str| word(name).and_then(|value| value.parse().ok());
        let has = |name: &str| text.split('&').any(|pair| pair == name);
        Self {
            bare: has("bare"),
            at: word(address::AT),
            scene: word("scene"),
            persona: word("persona"),
            steps: word("steps")
                .and_then(|steps| serde_json::from_str(&steps).ok())
                .unwrap_or_default(),
            lang: word("lang"),
            theme: word("theme"),
            width: number("width"),
            text: number("text"),
            clock: word("clock"),
            latency: number("latency"),
            failures: number("failures"),
            tiktok: word("tiktok").and_then(|name| TikTokAnswer::parse(&name)),
            username: word("as"),
            names: has("names"),
        }
    }

    /// The query that says how it is looked at and how the world behaves, each pair with its `&`.
    fn manner(&self) -> String {
        let mut text = String::new();
        let mut say = |name, value| add(&mut text, name, value);
        say("lang", self.lang.clone());
        say("theme", self.theme.clone());
        say("text", self.text.map(|text| text.to_string()));
        say("clock", self.clock.clone());
        say("latency", self.latency.map(|latency| latency.to_string()));
        say("failures", self.failures.map(|rate| rate.to_string()));
        say("tiktok", self.tiktok.map(|it| it.as_str().to_owned()));
        say("as", self.username.clone());
        if self.names {
            text.push_str("&names");
        }
        text
    }

    /// The query that says what was done before, each pair with its `&`.
    fn begin(&self) -> String {
        let mut text = String::new();
        let mut say = |name, value| add(&mut text, name, value);
        say("scene", self.scene.clone());
        say("persona", self.persona.clone());
        let steps = (!self.steps.is_empty()).then(|| portal::json::write(&self.steps));
        say("steps", steps);
        text
    }

    /// The address of the app alone, at a path where it begins at one.
    pub fn address_of_app(&self, at: Option<&str>) -> String {
        let at = at.map(|at| format!("&{}", address::at(at)));
        format!(
            "{}?bare{}{}{}",
            address::folder(),
            self.begin(),
            self.manner(),
            at.unwrap_or_default()
        )
    }

    /// The address with the tools around it.
    pub fn address(&self) -> String {
        let width = self.width.map(|width| format!("&width={width}"));
        let at = self.at.as_deref().map(|at| format!("&{}", address::at(at)));
        let query = format!(
            "{}{}{}{}",
            self.begin(),
            self.manner(),
            width.unwrap_or_default(),
            at.unwrap_or_default()
        );
        match query.strip_prefix('&') {
            Some(query) => format!("{}?{query}", address::folder()),
            None => address::folder(),
        }
    }

    /// What stands before the route in every address of the app from now on: a scene is where it
    /// began.
    pub fn before(&self) -> String {
        format!("{}?bare{}&", address::folder(), self.manner())
    }

    /// The script that leads there.
    pub fn script(&self) -> Script {
        let mut script = match self.scene.as_deref().and_then(scenes::find) {
            Some(scene) => scene,
            None => Script {
                persona: self.persona.clone(),
                at: self.at.clone().unwrap_or_else(|| Route::Home.path()),
                ..Script::default()
            },
        };
        script.steps.extend(self.steps.iter().cloned());
        script
    }

    /// Whether it says what was done before: then the world begins anew.
    pub fn begins(&self) -> bool {
        self.scene.is_some() || self.persona.is_some() || !self.steps.is_empty()
    }

    /// Makes the mock behave so.
    pub fn direct(&self) {
        behavior(|behavior| {
            behavior.answer = self.tiktok;
            behavior.username = self.username.clone().unwrap_or_else(|| SOMEBODY.to_owned());
            behavior.latency_ms = self.latency.unwrap_or_default();
            behavior.failures = self.failures.unwrap_or_default();
        });
    }
}

/// Adds a pair to a query, with its `&`, where there is a value.
fn add(text: &mut String, name: &str, value: Option<String>) {
    if let Some(value) = value {
        text.push('&');
        text.push_str(name);
        text.push('=');
        text.push_str(&query::encode(&value));
    }
}

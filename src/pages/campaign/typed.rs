//! What is typed and chosen in the three steps, field by field.

use crate::json;
use crate::ui::effect;
use domain::draft::{Ad, AdGroup, Campaign, Contents, Delivery};
use domain::region::Language;
use leptos::prelude::*;
use serde::Serialize;

/// The fields. A choice is kept by its name in the contract, and is empty while none is made.
#[derive(Clone, Copy)]
pub(super) struct Typed {
    pub(super) objective: RwSignal<String>,
    pub(super) campaign_name: RwSignal<String>,
    pub(super) budget_mode: RwSignal<String>,
    pub(super) budget: RwSignal<String>,
    /// The tag of the language in which the budget was typed.
    budget_language: RwSignal<Option<String>>,
    pub(super) ad_group_name: RwSignal<String>,
    pub(super) location: RwSignal<String>,
    pub(super) optimization_goal: RwSignal<String>,
    pub(super) schedule_start: RwSignal<String>,
    pub(super) schedule_end: RwSignal<String>,
    pub(super) ad_name: RwSignal<String>,
    pub(super) identity_on: RwSignal<bool>,
    pub(super) delivery: RwSignal<String>,
    pub(super) ads_only: RwSignal<bool>,
    pub(super) ad_text: RwSignal<String>,
    pub(super) call_to_action: RwSignal<String>,
    pub(super) landing_page: RwSignal<String>,
}

impl Typed {
    /// Fields that hold this.
    pub(super) fn new(contents: &Contents) -> Self {
        let text = || RwSignal::new(String::new());
        let typed = Self {
            objective: text(),
            campaign_name: text(),
            budget_mode: text(),
            budget: text(),
            budget_language: RwSignal::new(None),
            ad_group_name: text(),
            location: text(),
            optimization_goal: text(),
            schedule_start: text(),
            schedule_end: text(),
            ad_name: text(),
            identity_on: RwSignal::new(false),
            delivery: text(),
            ads_only: RwSignal::new(false),
            ad_text: text(),
            call_to_action: text(),
            landing_page: text(),
        };
        typed.fill(contents);
        typed
    }

    /// Holds this from now on.
    pub(super) fn fill(self, contents: &Contents) {
        let Contents {
            campaign,
            ad_group,
            ad,
        } = contents;
        self.objective.set(word(campaign.objective));
        self.campaign_name.set(campaign.name.clone());
        self.budget_mode.set(word(campaign.budget_mode));
        self.budget.set(campaign.budget.clone());
        let language = campaign.budget_language;
        self.budget_language
            .set(language.map(|language| language.tag().to_owned()));
        self.ad_group_name.set(ad_group.name.clone());
        self.location.set(ad_group.location.clone());
        self.optimization_goal.set(word(ad_group.optimization_goal));
        self.schedule_start.set(ad_group.schedule_start.clone());
        self.schedule_end.set(ad_group.schedule_end.clone());
        self.ad_name.set(ad.name.clone());
        self.identity_on.set(ad.identity_on);
        self.delivery.set(word(ad.delivery));
        self.ads_only.set(ad.ads_only);
        self.ad_text.set(ad.text.clone());
        self.call_to_action.set(word(ad.call_to_action));
        self.landing_page.set(ad.landing_page.clone());
    }

    /// The budget is typed now, in this language.
    pub(super) fn type_budget(self, language: Language) {
        let tag = language.tag();
        if self.budget_language.get_untracked().as_deref() != Some(tag) {
            self.budget_language.set(Some(tag.to_owned()));
        }
    }

    /// What they hold, with the identity that the account's link gives: it is the one to choose.
    /// Reactive.
    pub(super) fn contents(self, linked: Option<String>) -> Contents {
        let identity_on = self.identity_on.get();
        let delivery: Option<Delivery> = json::choice(&self.delivery.get());
        Contents {
            campaign: Campaign {
                objective: json::choice(&self.objective.get()),
                name: self.campaign_name.get(),
                budget_mode: json::choice(&self.budget_mode.get()),
                budget: self.budget.get(),
                budget_language: self
                    .budget_language
                    .get()
                    .and_then(|tag| Language::of_tag(&tag)),
            },
            ad_group: AdGroup {
                name: self.ad_group_name.get(),
                location: self.location.get(),
                optimization_goal: json::choice(&self.optimization_goal.get()),
                schedule_start: self.schedule_start.get(),
                schedule_end: self.schedule_end.get(),
            },
            ad: Ad {
                name: self.ad_name.get(),
                identity_on,
                delivery,
                identity: linked.filter(|_| identity_on && delivery.is_some()),
                ads_only: self.ads_only.get(),
                text: self.ad_text.get(),
                call_to_action: json::choice(&self.call_to_action.get()),
                landing_page: self.landing_page.get(),
            },
        }
    }
}

/// A name of two parts; none as long as one of them is empty.
pub(super) fn named(what: Option<String>, which: &str) -> String {
    match what {
        Some(what) if !which.is_empty() => what + " · " + which,
        Some(_) | None => String::new(),
    }
}

/// Names something by what it is, until somebody gives it another name. `words` are empty as long as
/// that isn't known.
pub(super) fn name_by(name: RwSignal<String>, words: Signal<String>) {
    let before = StoredValue::new(String::new());
    effect(move || {
        let words = words.get();
        if words.is_empty() {
            return;
        }
        let named = name.get_untracked();
        if named.is_empty() || before.with_value(|before| *before == named) {
            name.set(words.clone());
        }
        before.set_value(words);
    });
}

fn word<T: Serialize>(choice: Option<T>) -> String {
    choice.map(json::word).unwrap_or_default()
}

//! A draft: an unfinished campaign, ad group and ad.
//!
//! It starts at the campaign with what is known of the business, is saved as it is typed, however
//! wrong, moves on step by step when a step is right, and ends `Finished` when all three are. Until it
//! is published it can be edited again from there.

pub use crate::ad_text::{AD_TEXT_MAX, ad_text, ad_text_weight};
use crate::address::{ADDRESS_MAX, web_address};
use crate::ads_account::AdsAccount;
use crate::currency::Currency;
use crate::input::{Fault, Faults, Field, FieldFault, chosen, line, no_emoji, shortened, tidy};
use crate::moment::{Offset, Shown, WallTime, moment};
use crate::money::amount;
use crate::region::{Country, Language, TimeZone};
use crate::time::{Timestamp, minutes};
use crate::unicode::nfc;
use serde::{Deserialize, Serialize};

/// Characters at most of a name (API for Business v1.3).
pub const NAME_MAX: u32 = 512;
/// Whole US dollars at least of a campaign's budget, daily or for its lifetime.
pub const CAMPAIGN_BUDGET_MIN_USD: i64 = 50;

/// Bytes at most of all texts of a draft together, as JSON writes them. The longest that can be
/// finished fits: three names in an alphabet of three bytes a character, a text, and an address that
/// is spelled as networks spell it. So a draft takes less than 8 kB.
pub const DRAFT_BYTES_MAX: usize = 7_200;
/// Characters of a campaign's name in a list. Of a longer one they are the first, with an ellipsis.
pub const LISTED_NAME_MAX: usize = 100;

/// Characters of a budget that are kept at most.
const BUDGET_CHARS: usize = 64;

/// Years at most between now and what a schedule names.
pub const SCHEDULE_YEARS_MAX: u32 = 10;

/// The steps, in order.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// The campaign.
    #[default]
    Campaign,
    /// The ad group.
    AdGroup,
    /// The ad.
    Ad,
}

impl Step {
    /// In the order of the wizard.
    pub const ALL: [Self; 3] = [Self::Campaign, Self::AdGroup, Self::Ad];
}

/// `objective_type` of the API for Business.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the API's own words")]
pub enum Objective {
    WebConversions,
    LeadGeneration,
    AppPromotion,
}

impl Objective {
    /// In the order of the form.
    pub const ALL: [Self; 3] = [
        Self::WebConversions,
        Self::LeadGeneration,
        Self::AppPromotion,
    ];
}

/// `budget_mode` of the API for Business.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum BudgetMode {
    /// An amount for each day.
    #[serde(rename = "BUDGET_MODE_DYNAMIC_DAILY_BUDGET")]
    Daily,
    /// An amount for the whole campaign.
    #[serde(rename = "BUDGET_MODE_TOTAL")]
    Total,
}

impl BudgetMode {
    /// In the order of the form.
    pub const ALL: [Self; 2] = [Self::Daily, Self::Total];
}

/// `optimization_goal`, the part of it that the portal offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the API's own words")]
pub enum OptimizationGoal {
    Click,
    Conversion,
    Reach,
}

impl OptimizationGoal {
    /// In the order of the form.
    pub const ALL: [Self; 3] = [Self::Click, Self::Conversion, Self::Reach];
}

/// An entry of `call_to_action_list`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the API's own words")]
pub enum CallToAction {
    LearnMore,
    ShopNow,
    SignUp,
    DownloadNow,
    ContactUs,
}

impl CallToAction {
    /// In the order of the form.
    pub const ALL: [Self; 5] = [
        Self::LearnMore,
        Self::ShopNow,
        Self::SignUp,
        Self::DownloadNow,
        Self::ContactUs,
    ];
}

/// The campaign, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[expect(missing_docs, reason = "the fields' own names")]
pub struct Campaign {
    pub objective: Option<Objective>,
    pub name: String,
    pub budget_mode: Option<BudgetMode>,
    /// As typed, in the account's currency.
    pub budget: String,
    /// The language in which the budget was typed: it says what a mark means that could mean two
    /// things.
    #[serde(default)]
    pub budget_language: Option<Language>,
}

/// The ad group, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[expect(missing_docs, reason = "the fields' own names")]
pub struct AdGroup {
    pub name: String,
    /// ISO 3166-1 alpha-2, or empty.
    pub location: String,
    pub optimization_goal: Option<OptimizationGoal>,
    /// `YYYY-MM-DDTHH:MM` in the account's time zone.
    pub schedule_start: String,
    /// Likewise; empty runs on.
    pub schedule_end: String,
}

/// Through whom an ad is delivered, once Identity is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    /// Through the linked TikTok account: identity type `TT_USER`.
    BusinessAccount,
}

/// The ad, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[expect(missing_docs, reason = "the fields' own names")]
pub struct Ad {
    pub name: String,
    /// Whether the form's Identity switch is on.
    pub identity_on: bool,
    pub delivery: Option<Delivery>,
    /// `identity_id` of the chosen identity.
    pub identity: Option<String>,
    /// "Show through ads only": `dark_post_status` `ON`.
    pub ads_only: bool,
    pub text: String,
    pub call_to_action: Option<CallToAction>,
    pub landing_page: String,
}

/// The three steps, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[expect(missing_docs, reason = "the steps' own names")]
pub struct Contents {
    pub campaign: Campaign,
    pub ad_group: AdGroup,
    pub ad: Ad,
}

/// Whether a draft is still edited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// It can be saved.
    Editing {
        /// The step that was last open.
        step: Step,
    },
    /// All three steps are valid; nothing changes unless it is edited again.
    Finished,
}

/// A campaign with its ad group and ad, before it is sent to TikTok.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Draft {
    /// Whether it is still edited, and at which step.
    pub stage: Stage,
    /// All three steps, as typed.
    pub contents: Contents,
    /// One more with each change: a save that names an older one is refused, so that two tabs
    /// can't overwrite each other unseen.
    pub version: u32,
}

/// What a list shows of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// The campaign's name on one line, at most [`LISTED_NAME_MAX`] characters of it; it may be
    /// empty.
    pub name: String,
    /// Whether it is finished, or the step that was last open.
    pub stage: Stage,
    /// What the campaign is for.
    pub objective: Option<Objective>,
    /// As typed; empty where it is longer than any amount.
    pub budget: String,
    /// The language in which the budget was typed.
    pub budget_language: Option<Language>,
    /// Whether the budget is for a day or in total.
    pub budget_mode: Option<BudgetMode>,
    /// Where the people are whom the ad reaches.
    pub location: Option<Country>,
    /// `YYYY-MM-DDTHH:MM` in the account's time zone; empty where nothing of the kind is typed.
    pub schedule_start: String,
    /// Likewise.
    pub schedule_end: String,
    /// Whether the ad has an identity.
    pub has_identity: bool,
    /// Whether it says no more than what a new one may begin with.
    pub untouched: bool,
    /// The draft's.
    pub version: u32,
}

/// Why a draft isn't saved or finished.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DraftRefusal {
    /// It was changed elsewhere since.
    Changed,
    /// It is finished: nothing changes it unless it is edited again.
    Finished,
    /// It can't be saved or finished with these faults.
    Faults(Vec<FieldFault>),
}

/// What of the account a draft is checked against.
#[derive(Clone, Copy, Debug)]
pub struct Surroundings<'a> {
    /// The currency of the Ads Manager account.
    pub currency: Currency,
    /// The `identity_id` that the account's link gives, if there is a link.
    pub identity: Option<&'a str>,
    /// When it is checked.
    pub now: Timestamp,
    /// The time zone of the Ads Manager account.
    pub time_zone: &'a TimeZone,
    /// How far the clocks of that zone are from UTC.
    pub offset: Offset,
}

impl Default for Draft {
    fn default() -> Self {
        Self {
            stage: Stage::Editing {
                step: Step::Campaign,
            },
            contents: Contents::default(),
            version: 1,
        }
    }
}

impl Draft {
    /// One that begins with what is known of the business, for the advertiser to change: where it
    /// is and its address on the web; and with a budget by the day.
    pub fn begun(account: &AdsAccount) -> Self {
        let mut draft = Self::default();
        let Contents {
            campaign,
            ad_group,
            ad,
        } = &mut draft.contents;
        if let Some(business) = account.business() {
            campaign.budget_mode = Some(BudgetMode::Daily);
            business.country.as_str().clone_into(&mut ad_group.location);
        }
        if let Some(website) = account.website() {
            website.clone_into(&mut ad.landing_page);
        }
        draft
    }

    /// Saves what is typed, valid or not, as long as it isn't far longer than anything valid.
    ///
    /// Errors: `Changed`, `Finished`, `Faults` (what is too long to be kept).
    pub fn save(
        &mut self,
        contents: Contents,
        step: Step,
        version: u32,
    ) -> Result<(), DraftRefusal> {
        match self.stage {
            Stage::Editing { .. } if version == self.version => {
                let contents = contents.map_texts(nfc);
                let faults = contents.too_long_to_keep();
                if !faults.is_empty() {
                    return Err(DraftRefusal::Faults(faults));
                }
                self.contents = contents;
                self.stage = Stage::Editing { step };
                self.version += 1;
                Ok(())
            }
            Stage::Editing { .. } => Err(DraftRefusal::Changed),
            Stage::Finished => Err(DraftRefusal::Finished),
        }
    }

    /// Finishes the draft, if every step is valid.
    ///
    /// Errors: `Changed`, `Finished`, `Faults`.
    pub fn finish(
        &mut self,
        version: u32,
        surroundings: Surroundings<'_>,
    ) -> Result<(), DraftRefusal> {
        match self.stage {
            Stage::Editing { .. } if version == self.version => {
                let faults = self.contents.check(surroundings);
                if !faults.is_empty() {
                    return Err(DraftRefusal::Faults(faults));
                }
                self.contents = core::mem::take(&mut self.contents).map_texts(tidy);
                self.stage = Stage::Finished;
                self.version += 1;
                Ok(())
            }
            Stage::Editing { .. } => Err(DraftRefusal::Changed),
            Stage::Finished => Err(DraftRefusal::Finished),
        }
    }

    /// Makes what was finished a draft again, from its first step on.
    ///
    /// Errors: `Changed`, also where it is edited already: whoever asks hasn't seen that.
    pub fn reopen(&mut self, version: u32) -> Result<(), DraftRefusal> {
        match self.stage {
            Stage::Finished if version == self.version => {
                self.stage = Self::default().stage;
                self.version += 1;
                Ok(())
            }
            Stage::Finished | Stage::Editing { .. } => Err(DraftRefusal::Changed),
        }
    }

    /// A draft of its own with the same contents, under a name that tells the two apart.
    #[must_use]
    pub fn copied(&self) -> Self {
        Self {
            contents: self.contents.copied(),
            ..Self::default()
        }
    }

    /// What a list shows of it.
    pub fn summary(&self) -> Summary {
        let Contents {
            campaign,
            ad_group,
            ad,
        } = &self.contents;
        let scheduled = |text: &str| match moment(text) {
            Ok(_) => text.trim().to_owned(),
            Err(_) => String::new(),
        };
        Summary {
            name: shortened(&tidy(&campaign.name), LISTED_NAME_MAX),
            stage: self.stage,
            objective: campaign.objective,
            budget: if campaign.budget.chars().count() > BUDGET_CHARS {
                String::new()
            } else {
                campaign.budget.clone()
            },
            budget_language: campaign.budget_language,
            budget_mode: campaign.budget_mode,
            location: Country::parse(&ad_group.location).ok(),
            schedule_start: scheduled(&ad_group.schedule_start),
            schedule_end: scheduled(&ad_group.schedule_end),
            has_identity: ad.identity_on && ad.identity.is_some(),
            untouched: !Step::ALL
                .into_iter()
                .any(|step| self.contents.is_begun(step)),
            version: self.version,
        }
    }

    /// Puts the identity that a new link gives into the ad, so that one who comes back from TikTok
    /// finds it chosen (journey J5).
    pub fn choose_identity(&mut self, identity: &str) -> Result<(), DraftRefusal> {
        match self.stage {
            Stage::Editing { .. } => {
                self.contents.ad.identity_on = true;
                self.contents.ad.delivery = Some(Delivery::BusinessAccount);
                self.contents.ad.identity = Some(identity.to_owned());
                self.stage = Stage::Editing { step: Step::Ad };
                self.version += 1;
                Ok(())
            }
            Stage::Finished => Err(DraftRefusal::Finished),
        }
    }

    /// Drops the identity of a link that has ended.
    pub fn drop_identity(&mut self, identity: &str) {
        if self.contents.ad.identity.as_deref() == Some(identity) {
            self.contents.ad.identity = None;
            self.version += 1;
        }
    }
}

impl Contents {
    /// Whether anything of a step is filled in that no draft begins with.
    pub fn is_begun(&self, step: Step) -> bool {
        let Self {
            campaign,
            ad_group,
            ad,
        } = self;
        match step {
            Step::Campaign => {
                campaign.objective.is_some()
                    || !campaign.name.is_empty()
                    || !campaign.budget.is_empty()
            }
            Step::AdGroup => {
                ad_group.optimization_goal.is_some()
                    || !ad_group.name.is_empty()
                    || !ad_group.schedule_start.is_empty()
                    || !ad_group.schedule_end.is_empty()
            }
            Step::Ad => ad.call_to_action.is_some() || !ad.name.is_empty() || !ad.text.is_empty(),
        }
    }

    /// The same under a name that is counted: `Tết` becomes `Tết (2)`, and that `Tết (3)`. The
    /// number fits behind what is left of a long name. A campaign without a name has none in its
    /// copy, and where all is so long that no number fits, the name stays.
    fn copied(&self) -> Self {
        let name = tidy(&self.campaign.name);
        let mut copy = self.clone();
        if name.is_empty() {
            return copy;
        }
        let (name, copies) = counted(&name);
        let end = format!(" ({})", copies + 1);
        let room = (NAME_MAX as usize).saturating_sub(end.len());
        let name: String = name.chars().take(room).collect();
        copy.campaign.name = format!("{}{end}", name.trim_end());
        if !copy.too_long_to_keep().is_empty() {
            copy.campaign.name.clone_from(&self.campaign.name);
        }
        copy
    }

    /// With what is written in words read so.
    fn map_texts(mut self, read: fn(&str) -> String) -> Self {
        let Self {
            campaign,
            ad_group,
            ad,
        } = &mut self;
        for text in [
            &mut campaign.name,
            &mut ad_group.name,
            &mut ad.name,
            &mut ad.text,
            &mut ad.landing_page,
        ] {
            *text = read(text);
        }
        self
    }

    /// Every text with the most of it that is kept, and what is said of more.
    fn texts(&self) -> [KeptText<'_>; 10] {
        let Self {
            campaign,
            ad_group,
            ad,
        } = self;
        let of = |field, text, chars, fault| KeptText {
            field,
            text,
            chars,
            fault,
        };
        let name = |field, text| of(field, text, 640, Fault::TooLong { max: NAME_MAX });
        let identity = ad.identity.as_deref().unwrap_or_default();
        [
            name(Field::CampaignName, &campaign.name),
            of(
                Field::Budget,
                &campaign.budget,
                BUDGET_CHARS,
                Fault::Malformed,
            ),
            name(Field::AdGroupName, &ad_group.name),
            of(Field::Location, &ad_group.location, 64, Fault::NotAChoice),
            of(
                Field::ScheduleStart,
                &ad_group.schedule_start,
                64,
                Fault::Malformed,
            ),
            of(
                Field::ScheduleEnd,
                &ad_group.schedule_end,
                64,
                Fault::Malformed,
            ),
            name(Field::AdName, &ad.name),
            of(Field::Identity, identity, 128, Fault::NotAChoice),
            of(
                Field::AdText,
                &ad.text,
                512,
                Fault::TooLong { max: AD_TEXT_MAX },
            ),
            of(
                Field::LandingPage,
                &ad.landing_page,
                2_100,
                Fault::TooLong { max: ADDRESS_MAX },
            ),
        ]
    }

    /// What is too long to be kept, though it needn't be valid. Each text has a length of its own,
    /// and where all of them together are too heavy, the heaviest are told how much would fit.
    fn too_long_to_keep(&self) -> Vec<FieldFault> {
        let texts = self.texts();
        let mut faults = Faults::new();
        for text in &texts {
            if text.text.chars().count() > text.chars {
                faults.take::<()>(text.field, Err(text.fault.clone()));
            }
        }
        let found = faults.found();
        if !found.is_empty() {
            return found;
        }
        let Some(share) = share(&texts) else {
            return Vec::new();
        };
        let heavy = texts.iter().filter(|text| text.bytes() > share);
        heavy
            .map(|text| FieldFault {
                field: text.field,
                fault: Fault::TooLong {
                    max: text.chars_within(share),
                },
            })
            .collect()
    }

    /// Everything that is wrong, step by step.
    pub fn check(&self, surroundings: Surroundings<'_>) -> Vec<FieldFault> {
        Step::ALL
            .into_iter()
            .flat_map(|step| self.check_step(step, surroundings))
            .collect()
    }

    /// Everything that is wrong with one step.
    pub fn check_step(&self, step: Step, surroundings: Surroundings<'_>) -> Vec<FieldFault> {
        match step {
            Step::Campaign => self.campaign.check(surroundings.currency),
            Step::AdGroup => self.ad_group.check(surroundings),
            Step::Ad => self.ad.check(surroundings.identity),
        }
    }
}

/// A name without the number of a copy, and that number: one where there is none. What has four
/// digits is a year.
fn counted(name: &str) -> (&str, u32) {
    let numbered = name.strip_suffix(')').and_then(|name| {
        let (name, digits) = name.rsplit_once(" (")?;
        let is_number = digits.len() <= 3 && digits.bytes().all(|byte| byte.is_ascii_digit());
        let number = digits.parse().ok().filter(|number| *number > 1)?;
        is_number.then_some((name, number))
    });
    numbered.unwrap_or((name, 1))
}

/// A text of a draft, as it is kept.
struct KeptText<'a> {
    field: Field,
    text: &'a str,
    /// Characters at most: a little more than may be finished, so that it can still be shortened.
    chars: usize,
    fault: Fault,
}

impl KeptText<'_> {
    fn bytes(&self) -> usize {
        self.text.chars().map(bytes_in_json).sum()
    }

    /// How many of its characters take so many bytes at most.
    fn chars_within(&self, bytes: usize) -> u32 {
        let mut left = bytes;
        let fit = self.text.chars().take_while(|c| {
            let rest = left.checked_sub(bytes_in_json(*c));
            left = rest.unwrap_or(0);
            rest.is_some()
        });
        u32::try_from(fit.count()).unwrap_or(u32::MAX)
    }
}

/// Where the texts together are heavier than [`DRAFT_BYTES_MAX`]: the bytes to which those that are
/// heavier must be shortened for all to fit.
fn share(texts: &[KeptText<'_>]) -> Option<usize> {
    let mut all: Vec<usize> = texts.iter().map(KeptText::bytes).collect();
    all.sort_unstable();
    let mut left = DRAFT_BYTES_MAX;
    for (lighter, bytes) in all.iter().enumerate() {
        let share = left / (all.len() - lighter);
        left = left.saturating_sub(*bytes);
        if *bytes > share {
            return Some(share);
        }
    }
    None
}

/// Bytes of a character within a string of JSON (RFC 8259, 7).
const fn bytes_in_json(c: char) -> usize {
    match c {
        '"' | '\\' | '\n' | '\r' | '\t' => 2,
        '\0'..='\u{1f}' => 6,
        _ => c.len_utf8(),
    }
}

impl Campaign {
    fn check(&self, currency: Currency) -> Vec<FieldFault> {
        let mut faults = Faults::new();
        faults.take(Field::Objective, chosen(self.objective));
        faults.take(Field::CampaignName, name(&self.name));
        faults.take(Field::BudgetMode, chosen(self.budget_mode));
        faults.take(Field::Budget, self.budget(currency));
        faults.found()
    }

    /// The budget, in minor units. TikTok states its minimum in US dollars; in other currencies it
    /// is its server that knows, and here more than nothing is enough.
    ///
    /// Errors: those of [`amount`], `BelowMinimum`.
    pub fn budget(&self, currency: Currency) -> Result<i64, Fault> {
        let minor = amount(&self.budget, currency, self.budget_language)?;
        let minimum = if currency == Currency::USD {
            CAMPAIGN_BUDGET_MIN_USD * 10_i64.pow(currency.decimals())
        } else {
            1
        };
        if minor < minimum {
            return Err(Fault::BelowMinimum {
                minor: minimum,
                currency,
            });
        }
        Ok(minor)
    }
}

impl AdGroup {
    fn check(&self, surroundings: Surroundings<'_>) -> Vec<FieldFault> {
        let mut faults = Faults::new();
        faults.take(Field::Location, Country::parse(&self.location));
        faults.take(Field::OptimizationGoal, chosen(self.optimization_goal));
        faults.take(Field::AdGroupName, name(&self.name));
        let start = scheduled(&self.schedule_start, surroundings);
        let start = faults.take(Field::ScheduleStart, start);
        if !self.schedule_end.trim().is_empty() {
            let end = scheduled(&self.schedule_end, surroundings);
            let end = end.and_then(|end| match start {
                Some(start) if !end.is_after(start) => Err(Fault::EndsBeforeStart),
                Some(_) | None => Ok(end),
            });
            faults.take(Field::ScheduleEnd, end);
        }
        faults.found()
    }
}

/// A time of a schedule.
#[derive(Clone, Copy)]
struct Scheduled {
    wall: WallTime,
    shown: Shown,
}

impl Scheduled {
    /// Whether it may come after `start`. In an hour that clocks show twice, a start is meant the
    /// first time and an end the second.
    fn is_after(self, start: Self) -> bool {
        match (start.shown, self.shown) {
            (Shown::At { first, .. }, Shown::At { last, .. }) => last > first,
            (Shown::Unknown | Shown::Never, _) | (_, Shown::Unknown | Shown::Never) => {
                self.wall > start.wall
            }
        }
    }
}

/// A time that clocks show, that isn't over and not further ahead than anybody plans.
fn scheduled(text: &str, surroundings: Surroundings<'_>) -> Result<Scheduled, Fault> {
    let wall = moment(text)?;
    // What lies so far off is judged without a zone: its clocks aren't known then.
    let ahead = wall.days_after(surroundings.now);
    if ahead > i64::from(SCHEDULE_YEARS_MAX) * 366 {
        return Err(Fault::TooFar {
            years: SCHEDULE_YEARS_MAX,
        });
    }
    if ahead < -2 {
        return Err(Fault::Past);
    }
    let shown = wall.shown(surroundings.time_zone, surroundings.offset);
    match shown {
        Shown::Never => Err(Fault::NoSuchTime),
        // A minute isn't over while the clock shows it.
        Shown::At { last, .. } if last.plus(minutes(1)) <= surroundings.now => Err(Fault::Past),
        Shown::At { .. } | Shown::Unknown => Ok(Scheduled { wall, shown }),
    }
}

impl Ad {
    fn check(&self, linked: Option<&str>) -> Vec<FieldFault> {
        let mut faults = Faults::new();
        // New campaigns need a linked TikTok account since January 2026: Custom Identity is gone.
        let identity = match (&self.identity, linked) {
            (Some(chosen), Some(linked)) if self.identity_on && chosen == linked => Ok(()),
            (Some(_), _) if self.identity_on => Err(Fault::NotAChoice),
            (Some(_) | None, _) => Err(Fault::Missing),
        };
        faults.take(Field::Identity, identity);
        faults.take(Field::AdText, ad_text(&self.text));
        faults.take(Field::CallToAction, chosen(self.call_to_action));
        faults.take(Field::LandingPage, web_address(&self.landing_page));
        faults.take(Field::AdName, name(&self.name));
        faults.found()
    }
}

/// A name of a campaign, ad group or ad: at most 512 characters, no emoji.
pub fn name(text: &str) -> Result<String, Fault> {
    line(text, NAME_MAX).and_then(no_emoji)
}

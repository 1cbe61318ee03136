//! Somebody's whole flow, and what they were told by the portal.

use crate::browser::{Asked, Browser, Failed};
use crate::mail::Mailboxes;
use contract::account::GetProfile;
use contract::ads::CreateAdsAccount;
use contract::authorization::{BeginAuthorization, CompleteAuthorization, Purpose};
use contract::drafts::{CreateDraft, GetDraft, SaveDraft};
use contract::problem::Code;
use contract::session::{GetSession, LogIn, LogOut};
use contract::sign_up::{SignUp, VerifyEmail};
use domain::authorization::{Outcome, ReturnTo};
use domain::business::Industry;
use domain::draft::{Contents, Step};
use domain::id::DraftId;
use domain::region::Language;
use std::time::{Duration, Instant};
use tiktok_emulator::visitor::Plan;
use tokio::time::sleep;
use uuid::Uuid;

const SAVES: usize = 3;
/// How long somebody waits for a code. A letter that a killed server was sending is due again after
/// two minutes.
const CODE_PATIENCE: Duration = Duration::from_mins(5);
const TIKTOK_PASSWORD: &str = "At-TikTok-2026";
/// How often somebody goes to TikTok at most.
const TRIPS: usize = 5;

#[derive(Clone, Default)]
pub(crate) struct Told {
    pub(crate) has_account: bool,
    pub(crate) is_linked: bool,
    /// The callback that linked, which may come once more.
    pub(crate) callback: Option<CompleteAuthorization>,
    pub(crate) draft: Option<(DraftId, u32, Contents)>,
    pub(crate) is_done: bool,
    /// What was done, but answered otherwise when it was asked for again.
    pub(crate) otherwise: Vec<&'static str>,
    /// Authorizations that were begun anew, since an exchange with TikTok broke off.
    pub(crate) begun_anew: u32,
}

#[derive(Clone)]
pub(crate) struct Person {
    number: u32,
    browser: Browser,
    pub(crate) told: Told,
    /// What they are at.
    at: &'static str,
    /// Where it ended, unless it is done.
    pub(crate) trouble: Option<String>,
}

impl Person {
    pub(crate) fn new(number: u32, browser: Browser) -> Self {
        Self {
            number,
            browser,
            told: Told::default(),
            at: "a sign-up",
            trouble: None,
        }
    }

    pub(crate) fn email(&self) -> String {
        format!("person{}@failure.test", self.number)
    }

    fn password(&self) -> String {
        format!("word-of-person-{}", self.number)
    }

    pub(crate) fn username(&self) -> String {
        format!("person{}", self.number)
    }

    /// Signs up, types the code, logs in, links a TikTok account, and writes a draft.
    /// `rival`: a TikTok account that is linked to somebody else, which they try to link before.
    pub(crate) async fn live(&mut self, mail: &Mailboxes, rival: Option<String>) {
        match self.try_to_live(mail, rival).await {
            Ok(()) => self.told.is_done = true,
            Err(failed) => {
                self.trouble = Some(format!("person {}: {}: {failed}", self.number, self.at));
            }
        }
    }

    async fn try_to_live(&mut self, mail: &Mailboxes, rival: Option<String>) -> Asked<()> {
        self.browser.ask(&GetSession::default()).await?;
        let sign_up = SignUp {
            email: self.email(),
            password: self.password(),
            region: "VN".to_owned(),
            terms: true,
            language: Language::English,
        };
        self.browser.ask(&sign_up).await?;
        self.at = "the code";
        let code = self.code(mail).await?;
        self.verify(code).await?;
        self.told.has_account = true;
        self.at = "the log-out";
        self.browser.ask(&LogOut {}).await?;
        self.at = "the log-in";
        self.log_in().await?;
        if let Some(rival) = rival {
            self.at = "the rival's link";
            let (plan, wanted) = (
                Plan::authorize(&rival, TIKTOK_PASSWORD),
                Outcome::AlreadyLinked,
            );
            self.link(plan, &rival, wanted).await?;
        }
        self.at = "the link";
        let username = self.username();
        let plan = Plan::SignUp {
            username: username.clone(),
            display_name: username.clone(),
            password: TIKTOK_PASSWORD.to_owned(),
        };
        let back = self.link(plan, &username, Outcome::Linked).await?;
        self.told.callback = Some(back);
        self.told.is_linked = true;
        self.at = "the ad account";
        self.browser.ask(&ads_account()).await?;
        self.at = "the draft";
        self.write_draft().await
    }

    async fn code(&self, mail: &Mailboxes) -> Asked<String> {
        let begun = Instant::now();
        while begun.elapsed() < CODE_PATIENCE {
            if let Some(code) = mail.code_for(&self.email()) {
                return Ok(code);
            }
            sleep(Duration::from_millis(100)).await;
        }
        Err(Failed::Broken("no code has come".to_owned()))
    }

    async fn verify(&mut self, code: String) -> Asked<()> {
        let verify = VerifyEmail {
            code,
            ..VerifyEmail::default()
        };
        match self.browser.ask(&verify).await {
            Err(Failed::Refused(problem)) if problem.code == Code::NoCodePending => {
                self.log_in().await?;
                self.told.otherwise.push("verify_email");
                Ok(())
            }
            verified => verified.map(drop),
        }
    }

    async fn log_in(&mut self) -> Asked<()> {
        let log_in = LogIn {
            email: self.email(),
            password: self.password(),
            then: None,
        };
        self.browser.ask(&log_in).await.map(drop)
    }

    /// Goes to TikTok, as often as an exchange breaks off, until the link ends as it must.
    async fn link(
        &mut self,
        mut plan: Plan,
        username: &str,
        wanted: Outcome,
    ) -> Asked<CompleteAuthorization> {
        for _ in 0..TRIPS {
            let to_link = BeginAuthorization {
                purpose: Purpose::Link {
                    to: ReturnTo::Profile,
                },
                region: None,
                language: Language::English,
            };
            let begun = self.browser.ask(&to_link).await?;
            let back = self.browser.at_tiktok(&begun.authorize_url, plan).await;
            let outcome = self.browser.ask(&back).await?.outcome;
            if outcome == wanted {
                return Ok(back);
            }
            if outcome != Outcome::TikTokFailed {
                return Err(Failed::Broken(format!("the link ended as {outcome:?}")));
            }
            self.told.begun_anew += 1;
            plan = Plan::authorize(username, TIKTOK_PASSWORD);
        }
        Err(Failed::Broken("too many exchanges broke off".to_owned()))
    }

    async fn write_draft(&mut self) -> Asked<()> {
        let id = DraftId(Uuid::from_u128(
            0x4000_8000_0000_0000_0000 + u128::from(self.number),
        ));
        let begun = self.browser.ask(&CreateDraft { id, copy_of: None }).await?;
        let mut version = begun.draft.version;
        let mut contents = begun.draft.contents;
        self.told.draft = Some((id, version, contents.clone()));
        for save in 0..SAVES {
            contents.campaign.name = format!("Tết, as person {} typed it: {save}", self.number);
            let save = SaveDraft {
                id,
                version,
                step: Step::Campaign,
                contents: contents.clone(),
            };
            version = match self.browser.ask(&save).await {
                Ok(saved) => saved.version,
                Err(Failed::Refused(problem)) if problem.code == Code::DraftChanged => {
                    let kept = self.browser.ask(&GetDraft { id }).await?.draft;
                    if kept.contents != contents {
                        return Err(Failed::Refused(problem));
                    }
                    self.told.otherwise.push("save_draft");
                    kept.version
                }
                Err(failed) => return Err(failed),
            };
            self.told.draft = Some((id, version, contents.clone()));
        }
        Ok(())
    }

    /// What isn't as it was told.
    pub(crate) async fn check(&mut self) -> Vec<String> {
        let mut missing = Vec::new();
        if self.told.has_account
            && let Err(failed) = self.try_to_check(&mut missing).await
        {
            missing.push(format!("person {}: {failed}", self.number));
        }
        missing
    }

    async fn try_to_check(&mut self, missing: &mut Vec<String>) -> Asked<()> {
        let mut note = |is_so: bool, what: &str| {
            if !is_so {
                missing.push(format!("person {}: {what}", self.number));
            }
        };
        let session = self.browser.ask(&GetSession::default()).await?;
        if session.member.is_none() {
            // Of who isn't done a session may have been lost with an answer.
            note(!self.told.is_done, "the session");
            let log_in = LogIn {
                email: format!("person{}@failure.test", self.number),
                password: format!("word-of-person-{}", self.number),
                then: None,
            };
            self.browser.ask(&log_in).await?;
        }
        let profile = self.browser.ask(&GetProfile {}).await?;
        let email = profile.email.map(|it| it.as_str().to_owned());
        note(email == Some(self.email()), "the address");
        if self.told.is_linked {
            let username = profile.tiktok.and_then(|it| it.username);
            note(username == Some(self.username()), "the link");
        }
        if let Some((id, version, contents)) = &self.told.draft {
            let kept = self.browser.ask(&GetDraft { id: *id }).await?.draft;
            let is_kept = kept.version == *version && kept.contents == *contents;
            // The one whose answer never came may have been saved.
            note(is_kept || !self.told.is_done, "the draft as it was saved");
        }
        if let Some(callback) = &self.told.callback {
            let again = self.browser.ask(callback).await?;
            note(again.outcome == Outcome::Linked, "the callback's page");
        }
        Ok(())
    }

    /// Whether the password opens the account in a browser that was never there.
    pub(crate) async fn logs_in_elsewhere(&self, browser: Browser) -> bool {
        let mut elsewhere = Self::new(self.number, browser);
        elsewhere.log_in().await.is_ok()
    }
}

fn ads_account() -> CreateAdsAccount {
    CreateAdsAccount {
        business_name: "Mai Coffee".to_owned(),
        industry: Some(Industry::FoodAndBeverage),
        country: "VN".to_owned(),
        time_zone: "Asia/Ho_Chi_Minh".to_owned(),
        currency: "VND".to_owned(),
        phone: "+84 90 123 4567".to_owned(),
        terms: true,
    }
}

//! Two tabs of one browser: whatever is logged in, logged out and returned to in them, no page that
//! shows one person acts for another.

use super::numbers::Numbers;
use super::person::{Person, begin, draft_id};
use super::{Host, PASSWORD, Visit};
use contract::account::{GetProfile, UnlinkTikTok, UpdateProfile};
use contract::authorization::{CompleteAuthorization, LinkTikTok, Purpose};
use contract::drafts::CreateDraft;
use contract::problem::{Code, Problem};
use contract::session::{ConfirmPassword, LogIn, LogOut, NOBODY};
use contract::table::UseCase;
use domain::authorization::{Outcome, ReturnTo};
use domain::region::Language;

const PEOPLE: [&str; 3] = [
    "email-only@portal.test",
    "linked@portal.test",
    "someone-else@portal.test",
];
/// How many steps a sequence has.
const STEPS: u32 = 16;
/// Longer than any limit counts, and than a session stays fresh.
const BREAK_MINUTES: u64 = 61;

/// What one tab shows, by the address of the account; nothing where it shows a guest's page.
#[derive(Clone, Default)]
struct Tab {
    shown: Option<&'static str>,
    account: Option<String>,
    /// It left for TikTok, for whom, and this is what came back.
    callback: Option<(&'static str, CompleteAuthorization)>,
}

/// What was tempted, so that a walk that tempts nothing is found out.
#[derive(Debug, Default)]
pub struct Tempted {
    /// Requests of a page that shows somebody else than is logged in.
    pub stale: u32,
    /// How many of them were refused as another account's.
    pub refused: u32,
    /// Requests that were answered.
    pub answered: u32,
}

struct Walk<'h, H: Host> {
    person: Person<'h, H>,
    tabs: [Tab; 2],
    tempted: Tempted,
    /// Whether the pages say for whom they were drawn.
    says: bool,
}

/// Walks so many sequences; `says` is whether pages say for whom they were drawn. Errors: a page
/// acted for another than it shows, and how.
///
/// # Errors
///
/// The first step that acted for another.
pub async fn two_tabs<H: Host>(host: &H, sequences: u32, says: bool) -> Result<Tempted, String> {
    let mut numbers = Numbers(2026);
    let mut walk = Walk {
        person: Person::new(host),
        tabs: [Tab::default(), Tab::default()],
        tempted: Tempted::default(),
        says,
    };
    for _ in 0..sequences {
        host.advance(BREAK_MINUTES).await;
        walk.person.browser = host.browser();
        walk.tabs = [Tab::default(), Tab::default()];
        for _ in 0..STEPS {
            walk.step(&mut numbers).await?;
        }
        for tab in [0, 1] {
            walk.look(tab).await;
        }
        let [one, other] = &walk.tabs;
        if one.account != other.account {
            return Err("two tabs that were returned to show different people".to_owned());
        }
    }
    Ok(walk.tempted)
}

impl<H: Host> Walk<'_, H> {
    fn tab(&mut self, tab: usize) -> &mut Tab {
        self.tabs.get_mut(tab).unwrap()
    }

    /// The tab asks who is there, and draws its page for them.
    async fn look(&mut self, tab: usize) {
        self.person.page = None;
        let member = self.person.member().await;
        let email = member.as_ref().and_then(|member| member.email.clone());
        let tab = self.tab(tab);
        tab.account = member.map(|member| member.account.to_string());
        tab.shown = email.map(|email| {
            let known = PEOPLE.into_iter().find(|known| *known == email.as_str());
            known.unwrap()
        });
    }

    /// Whose session it is, whatever the tabs show.
    async fn there(&mut self) -> Option<String> {
        self.person.page = None;
        let member = self.person.member().await;
        member.map(|member| member.account.to_string())
    }

    /// Asks from a tab's page. What is answered must have been for whom it shows.
    async fn act<R: UseCase>(
        &mut self,
        tab: usize,
        request: R,
    ) -> Result<Option<R::Reply>, String> {
        let there = self.there().await;
        let shown = self.tab(tab).account.clone();
        let is_stale = there.is_some() && there != shown;
        self.tempted.stale += u32::from(is_stale);
        let page = shown.clone().unwrap_or_else(|| NOBODY.to_owned());
        self.person.page = self.says.then_some(page);
        let reply: Result<R::Reply, Problem> = self.person.ask(request).await;
        match reply {
            Ok(_) if is_stale => Err(format!("{} acted for another", R::NAME)),
            Ok(reply) => {
                self.tempted.answered += 1;
                Ok(Some(reply))
            }
            Err(problem) => {
                let is_others = problem.code == Code::OtherAccount;
                self.tempted.refused += u32::from(is_others);
                if is_others != (is_stale && self.says) {
                    return Err(format!("{} is refused with {problem:?}", R::NAME));
                }
                // The page draws itself anew.
                if is_others || problem.code == Code::NotLoggedIn {
                    self.look(tab).await;
                }
                Ok(None)
            }
        }
    }

    async fn step(&mut self, numbers: &mut Numbers) -> Result<(), String> {
        let tab = usize::try_from(numbers.below(2)).unwrap();
        let shown = self.tab(tab).shown;
        match (numbers.below(12), shown) {
            // What another tab did is told to this one, or it comes to the front.
            (0, _) => self.look(tab).await,
            (1, _) => return self.come_back(tab).await,
            // A page of nobody's can finish a link; it shows nobody.
            (2, None) => {
                self.act(tab, LinkTikTok::default()).await?;
            }
            (_, None) => {
                self.person.page = self.says.then(|| NOBODY.to_owned());
                let request = LogIn {
                    email: numbers.of(&PEOPLE).into(),
                    password: PASSWORD.into(),
                    then: None,
                };
                // Where it was tried too often nothing happens.
                let _ = self.person.ask(request).await;
                self.look(tab).await;
            }
            (2 | 3, Some(_)) => {
                if self.act(tab, LogOut {}).await?.is_some() {
                    self.look(tab).await;
                }
            }
            (4, Some(email)) => {
                let request = UpdateProfile {
                    name: email.to_owned(),
                    language: Language::English,
                };
                if let Some(profile) = self.act(tab, request).await? {
                    assert_eq!(profile.email.unwrap().as_str(), email);
                }
            }
            (5, Some(email)) => {
                if let Some(profile) = self.act(tab, UnlinkTikTok {}).await? {
                    assert_eq!(profile.email.unwrap().as_str(), email);
                }
            }
            (6, Some(_)) => {
                let id = draft_id(numbers.below(1000).into());
                self.act(tab, CreateDraft { id, copy_of: None }).await?;
            }
            (7, Some(_)) => {
                let password = PASSWORD.into();
                self.act(tab, ConfirmPassword { password }).await?;
            }
            (8 | 9, Some(email)) => return self.leave_for_tiktok(tab, email).await,
            (_, Some(email)) => {
                if let Some(profile) = self.act(tab, GetProfile {}).await? {
                    assert_eq!(profile.email.unwrap().as_str(), email);
                }
            }
        }
        Ok(())
    }

    async fn leave_for_tiktok(&mut self, tab: usize, email: &'static str) -> Result<(), String> {
        let link = Purpose::Link {
            to: ReturnTo::Profile,
        };
        if let Some(begun) = self.act(tab, begin(link)).await? {
            let visit = Visit::Authorize("unlinked");
            let callback = self.person.come_back(&begun, visit).await;
            self.tab(tab).callback = Some((email, callback));
        }
        Ok(())
    }

    /// The browser is back from TikTok in this tab. What is linked must be whose it was begun for.
    async fn come_back(&mut self, tab: usize) -> Result<(), String> {
        let Some((email, callback)) = self.tab(tab).callback.take() else {
            return Ok(());
        };
        self.person.page = None;
        let completed = self
            .person
            .ask(callback)
            .await
            .map_err(|it| format!("{it:?}"))?;
        self.look(tab).await;
        let is_linked = completed.outcome == Outcome::Linked;
        if is_linked && self.tab(tab).shown != Some(email) {
            return Err(format!("what {email} began was linked for another"));
        }
        Ok(())
    }
}

//! The transitions by an authorization: from each scene that goes to TikTok, each of its answers, and
//! where the service says that it leads.

use super::transition::{AT_TIKTOK, DRAFT, TikTokVisit, Transition, path};
use crate::people::{SOMEBODY, email_of, without_email};
use crate::script::Step;
use crate::step_text::answer_words;
use crate::tool_text::tool;
use contract::authorization::Purpose;
use contract::drafts::CreateDraft;
use domain::authorization::ReturnTo;
use domain::id::DraftId;
use portal::client::{AuthorizationEnd, Rehearsal, StoredMock, TikTokAnswer, personas};

/// Minutes that outlive an authorization.
const TOO_LATE: u64 = 11;

/// Where a journey goes to TikTok.
struct Start {
    scene: &'static str,
    persona: Option<&'static str>,
    press: &'static str,
    purpose: fn(DraftId) -> Purpose,
    /// Who proves themselves there, where it isn't just anybody.
    owner: fn() -> Option<&'static str>,
}

const STARTS: [Start; 6] = [
    Start {
        scene: "sign-up-agreed",
        persona: None,
        press: "tiktok_sign_up",
        purpose: |_| Purpose::SignUp { terms: true },
        owner: || None,
    },
    Start {
        scene: "log-in",
        persona: None,
        press: "tiktok_log_in",
        purpose: |_| Purpose::LogIn,
        owner: || None,
    },
    Start {
        scene: "profile",
        persona: Some("email-only"),
        press: "link_tiktok_account",
        purpose: |_| Purpose::Link {
            to: ReturnTo::Profile,
        },
        owner: || None,
    },
    Start {
        scene: "dialog-unable-to-link",
        persona: Some("email-only"),
        press: "unable_to_link_log_out",
        purpose: |_| Purpose::Link {
            to: ReturnTo::Profile,
        },
        owner: || None,
    },
    Start {
        scene: "ad-link",
        persona: Some("email-only"),
        press: "ad_link_account",
        purpose: |draft| Purpose::Link {
            to: ReturnTo::Ad { draft },
        },
        owner: || None,
    },
    Start {
        scene: "add-email-stale",
        persona: None,
        press: "confirm_with_tiktok",
        purpose: |_| Purpose::Confirm,
        owner: without_email,
    },
];

impl TikTokVisit {
    fn name(&self) -> String {
        let late = if self.minutes == 0 { "" } else { " late" };
        format!("{} {}{late}", self.answer, self.username)
    }

    fn label(&self, answer: TikTokAnswer) -> String {
        let label = format!("{} @{}", answer_words(answer), self.username);
        if self.minutes == 0 {
            label
        } else {
            format!("{label} · {}", tool::map_late())
        }
    }

    fn steps(&self) -> Vec<Step> {
        let press = Step::press(&self.press);
        if self.minutes == 0 {
            let answer = Step::Answer {
                tiktok: Some(self.answer.clone()),
                username: Some(self.username.clone()),
            };
            return vec![answer, press];
        }
        // One goes there, waits at TikTok's pages, and decides then.
        let own_pages = Step::Answer {
            tiktok: None,
            username: None,
        };
        let log_in = [
            ("username", self.username.as_str()),
            ("password", personas::PASSWORD),
        ];
        let send = |to: &str, with: &[(&str, &str)]| Step::TikTok {
            to: to.to_owned(),
            with: with
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
        };
        let mut steps = vec![own_pages, press];
        if !self.is_known {
            steps.push(send("login", &log_in));
        }
        steps.push(Step::Advance(self.minutes));
        steps.push(send("consent", &[("decision", "authorize")]));
        steps
    }
}

/// Every transition by an authorization.
pub(super) async fn transitions() -> Vec<Transition> {
    let mut transitions = Vec::new();
    for start in &STARTS {
        let somebody = (start.owner)().unwrap_or(SOMEBODY);
        let others = personas::TIKTOK.iter().map(|it| it.username);
        let others = others.filter(|username| *username != somebody);
        let visits = TikTokAnswer::all()
            .map(|answer| (answer, somebody, 0))
            .chain(others.map(|username| (TikTokAnswer::Authorize, username, 0)))
            .chain([(TikTokAnswer::Authorize, somebody, TOO_LATE)]);
        for (answer, username, minutes) in visits {
            if let Some(to) = end_of(start, answer, username, minutes).await {
                let visit = TikTokVisit {
                    press: start.press.to_owned(),
                    answer: answer.as_str().to_owned(),
                    username: username.to_owned(),
                    minutes,
                    is_known: (start.owner)() == Some(username),
                };
                transitions.push(Transition {
                    from: start.scene.to_owned(),
                    name: visit.name(),
                    label: visit.label(answer),
                    steps: visit.steps(),
                    visit: Some(visit),
                    to,
                });
            }
        }
    }
    transitions
}

/// Where the service leads, in a mock of its own: a path, or `tiktok`; none where the scene of the
/// start can't be reached.
async fn end_of(
    start: &Start,
    answer: TikTokAnswer,
    username: &str,
    minutes: u64,
) -> Option<String> {
    let mock = StoredMock::in_memory();
    if let Some(email) = start.persona.and_then(email_of) {
        mock.log_in(email).await.ok()?;
        mock.call(&CreateDraft {
            id: DRAFT,
            copy_of: None,
        })
        .await
        .ok()?;
    } else if let Some(owner) = (start.owner)() {
        let authorized = mock.authorize(Purpose::LogIn, TikTokAnswer::Authorize, owner, 0);
        authorized.await.ok()?;
    }
    // Whoever leaves doesn't come back, and the page stays.
    if answer == TikTokAnswer::Leave || answer == TikTokAnswer::Rehearse(Rehearsal::NeverBack) {
        return Some(AT_TIKTOK.to_owned());
    }
    let purpose = (start.purpose)(DRAFT);
    match mock
        .authorize(purpose, answer, username, minutes)
        .await
        .ok()?
    {
        AuthorizationEnd::Returned(completed) => Some(path(&completed.to)),
        AuthorizationEnd::Stayed => Some(AT_TIKTOK.to_owned()),
    }
}

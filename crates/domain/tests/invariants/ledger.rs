//! The ledger: it writes down who proved what and when, in its own numbers, and checks each step by
//! the difference between the world before and after. It calls none of the domain's functions.

use super::command::{BROWSERS, Command, TikTokAnswer};
use super::standing::{always_a_way_in, failed_links_change_nothing, one_to_one, same_but_time};
use super::world::{Exchange, Happened, World};
use domain::authorization::Outcome;

/// Invariants 2 and 4 say ten minutes.
const TEN_MINUTES_MS: i64 = 600_000;

/// What is known of one authorization.
#[derive(Clone, Debug)]
struct Flow {
    browser: usize,
    begun: i64,
    /// A callback was taken: no other may be.
    claimed: bool,
    /// The TikTok account that was proven, and when.
    proof: Option<(usize, i64)>,
    /// Accounts, links and sessions that came of it, counted as one when they came together.
    effects: u32,
    /// The page that was shown.
    shown: Option<Outcome>,
}

/// What was seen so far.
pub(crate) struct Ledger {
    flows: Vec<Flow>,
    /// The account that was last proven in each browser, and when.
    proven: [Option<(usize, i64)>; BROWSERS],
}

/// What is new after a step.
struct Difference {
    links: Vec<(usize, usize)>,
    accounts: usize,
    sessions: Vec<(usize, usize)>,
}

impl Difference {
    fn between(before: &World, after: &World) -> Self {
        let links = after
            .links
            .iter()
            .filter(|link| !before.links.contains(link));
        let sessions = (0..BROWSERS).filter_map(|browser| {
            let new = after.browsers[browser].session?;
            let old = before.browsers[browser].session;
            (old.map(|old| (old.account, old.times.authenticated))
                != Some((new.account, new.times.authenticated)))
            .then_some((browser, new.account))
        });
        Self {
            links: links.copied().collect(),
            accounts: after.accounts.len() - before.accounts.len(),
            sessions: sessions.collect(),
        }
    }

    fn is_empty(&self) -> bool {
        self.links.is_empty() && self.accounts == 0 && self.sessions.is_empty()
    }
}

impl Ledger {
    pub(crate) fn new(world: &World) -> Self {
        assert!(
            world.authorizations.is_empty(),
            "a ledger begins with its world"
        );
        Self {
            flows: Vec::new(),
            proven: [None; BROWSERS],
        }
    }

    pub(crate) fn check(
        &mut self,
        command: Command,
        before: &World,
        happened: &Happened,
        after: &World,
    ) -> Result<(), String> {
        let now = after.now.0;
        let difference = Difference::between(before, after);
        let flow = Self::flow_of(command, before);
        if let Some((which, exchange)) = self.claim(command, before) {
            let flow = &mut self.flows[which];
            flow.claimed = true;
            flow.proof = exchange;
        }
        one_to_one(after)?;
        self.both_sides_proven(command, before, &difference, now)?;
        always_a_way_in(after)?;
        if let Some((browser, which)) = flow {
            self.one_effect(browser, which, &difference, now)?;
            self.same_page(command, which, before, happened, after)?;
        }
        failed_links_change_nothing(
            command,
            happened,
            before,
            !difference.links.is_empty(),
            after,
        )?;
        self.note(command, before, happened, &difference, now);
        Ok(())
    }

    /// The flow that a command is about, and the browser that it is made in.
    fn flow_of(command: Command, before: &World) -> Option<(usize, usize)> {
        match command {
            Command::CallBack {
                browser,
                authorization,
                ..
            }
            | Command::CreateAccount {
                browser,
                authorization,
            }
            | Command::LinkExisting {
                browser,
                authorization,
                ..
            }
            | Command::LinkTikTok {
                browser,
                authorization,
            } => before.which(authorization).map(|which| (browser, which)),
            Command::Exchanged => {
                let exchange = before.exchanges.first()?;
                Some((exchange.browser, exchange.authorization))
            }
            Command::Advance { .. }
            | Command::LogIn { .. }
            | Command::LogOut { .. }
            | Command::SignUp { .. }
            | Command::AddEmail { .. }
            | Command::Resend { .. }
            | Command::TypeCode { .. }
            | Command::Begin { .. }
            | Command::Unlink { .. } => None,
        }
    }

    /// Whether a callback may be taken, by Invariant 4's own words, and what it proves.
    fn claim(&self, command: Command, before: &World) -> Option<(usize, Option<(usize, i64)>)> {
        let now = before.now.0;
        match command {
            Command::CallBack {
                browser,
                authorization,
                answer,
                tiktok,
            } => {
                let which = before.which(authorization)?;
                let flow = &self.flows[which];
                let may =
                    flow.browser == browser && !flow.claimed && now - flow.begun < TEN_MINUTES_MS;
                let proof = match answer {
                    TikTokAnswer::Code => Some((tiktok, now)),
                    // It is proven when the exchange ends.
                    TikTokAnswer::SlowCode
                    | TikTokAnswer::ScopeDenied
                    | TikTokAnswer::Cancelled
                    | TikTokAnswer::Failed => None,
                };
                may.then_some((which, proof))
            }
            Command::Exchanged => {
                let Exchange {
                    authorization,
                    tiktok,
                    since,
                    ..
                } = *before.exchanges.first()?;
                Some((authorization, Some((tiktok, since.0))))
            }
            Command::Advance { .. }
            | Command::LogIn { .. }
            | Command::LogOut { .. }
            | Command::SignUp { .. }
            | Command::AddEmail { .. }
            | Command::Resend { .. }
            | Command::TypeCode { .. }
            | Command::Begin { .. }
            | Command::CreateAccount { .. }
            | Command::LinkExisting { .. }
            | Command::LinkTikTok { .. }
            | Command::Unlink { .. } => None,
        }
    }

    /// Invariant 2.
    fn both_sides_proven(
        &self,
        command: Command,
        before: &World,
        difference: &Difference,
        now: i64,
    ) -> Result<(), String> {
        for (account, tiktok) in &difference.links {
            let Some((browser, which)) = Self::flow_of(command, before) else {
                return Err(format!("Invariant 2: {command:?} made a link"));
            };
            let flow = &self.flows[which];
            let tiktok_side = flow.browser == browser
                && flow.effects == 0
                && flow
                    .proof
                    .is_some_and(|(proven, at)| proven == *tiktok && now - at < TEN_MINUTES_MS);
            if !tiktok_side {
                return Err(format!(
                    "Invariant 2: browser {browser} didn't prove TikTok {tiktok}: {flow:?}"
                ));
            }
            let by_credentials = matches!(command, Command::LinkExisting { email, .. }
                if before.accounts.get(*account).is_some_and(|kept| kept.email == Some(email)));
            let is_new = *account >= before.accounts.len();
            let by_session = self.proven[browser]
                .is_some_and(|(proven, at)| proven == *account && now - at < TEN_MINUTES_MS)
                && before.browsers[browser]
                    .session
                    .is_some_and(|held| held.account == *account);
            if !(by_credentials || is_new || by_session) {
                return Err(format!(
                    "Invariant 2: browser {browser} didn't prove account {account}: {:?}",
                    self.proven[browser]
                ));
            }
        }
        Ok(())
    }

    /// Invariant 4.
    fn one_effect(
        &mut self,
        browser: usize,
        which: usize,
        difference: &Difference,
        now: i64,
    ) -> Result<(), String> {
        if difference.is_empty() {
            return Ok(());
        }
        let flow = &mut self.flows[which];
        if flow.browser != browser {
            return Err(format!(
                "Invariant 4: browser {browser} used the flow of {}",
                flow.browser
            ));
        }
        if flow.effects > 0 {
            return Err(format!("Invariant 4: flow {which} was used twice"));
        }
        match flow.proof {
            Some((_, at)) if now - at < TEN_MINUTES_MS && at - flow.begun < TEN_MINUTES_MS => {}
            Some(_) => {
                return Err(format!(
                    "Invariant 4: flow {which} was used too late: {flow:?}"
                ));
            }
            None => {
                return Err(format!(
                    "Invariant 4: flow {which} proved nothing: {flow:?}"
                ));
            }
        }
        if difference.sessions.iter().any(|(held, _)| *held != browser) {
            return Err(format!(
                "Invariant 4: flow {which} logged in another browser"
            ));
        }
        flow.effects += 1;
        Ok(())
    }

    /// Invariant 5.
    fn same_page(
        &mut self,
        command: Command,
        which: usize,
        before: &World,
        happened: &Happened,
        after: &World,
    ) -> Result<(), String> {
        let Command::CallBack { browser, .. } = command else {
            // A proof that is used changes what a later callback shows.
            if let Happened::Shown(outcome) = happened {
                self.flows[which].shown = Some(*outcome);
            } else if before.authorizations[which] != after.authorizations[which] {
                self.flows[which].shown = None;
            }
            return Ok(());
        };
        let flow = &mut self.flows[which];
        if flow.browser != browser {
            let changed = before.authorizations[which] != after.authorizations[which];
            return if *happened == Happened::Shown(Outcome::OtherBrowser) && !changed {
                Ok(())
            } else {
                Err(format!("Invariant 4: another browser got {happened:?}"))
            };
        }
        match (flow.shown, happened) {
            (None, Happened::Shown(outcome)) => {
                flow.shown = Some(*outcome);
                Ok(())
            }
            (Some(shown), Happened::Shown(outcome)) if shown == *outcome => {
                if same_but_time(before, after) {
                    Ok(())
                } else {
                    Err(format!(
                        "Invariant 5: the second callback of flow {which} had an effect"
                    ))
                }
            }
            (Some(shown), other) => {
                Err(format!("Invariant 5: it showed {shown:?}, then {other:?}"))
            }
            (None, _) => Ok(()),
        }
    }

    fn note(
        &mut self,
        command: Command,
        before: &World,
        happened: &Happened,
        difference: &Difference,
        now: i64,
    ) {
        if let (Command::Begin { browser, .. }, Happened::Began { .. }) = (command, happened) {
            self.flows.push(Flow {
                browser,
                begun: now,
                claimed: false,
                proof: None,
                effects: 0,
                shown: None,
            });
        }
        if let Command::LogOut { browser } = command {
            self.proven[browser] = None;
        }
        // Who logs in by e-mail, by a code or by TikTok has proven who they are. That a flow to
        // TikTok did so by its own proof, Invariant 4 has judged.
        let by_flow = Self::flow_of(command, before).is_some();
        let by_email = matches!(
            (command, happened),
            (Command::LogIn { .. }, Happened::LoggedIn)
                | (Command::TypeCode { right: true, .. }, Happened::EmailProven)
        );
        if by_flow || by_email {
            for (browser, account) in &difference.sessions {
                self.proven[*browser] = Some((*account, now));
            }
        }
    }
}

//! A link that is to move meets at once all that may happen to it: an unlink, other transfers, a new link, a stop and
//! the sweep. What is tried is the same in each run, and who is first isn't. Whoever it is, Invariant 1 holds, an
//! account takes part in one transfer, and nobody loses a link without a letter. On PostgreSQL they come to two
//! servers.

use crate::browser::Browser;
use crate::database::{Database, on_each_database};
use crate::harness::TestServer;
use crate::race::{LINK, browser_with, member, session_of};
use contract::UseCase;
use contract::account::UnlinkTikTok;
use contract::authorization::CompleteAuthorization;
use contract::problem::Code;
use contract::transfer::{BeginTransfer, StopTransfer};
use domain::email::Email;
use domain::id::AccountId;
use domain::region::Language;
use domain::transfer::WAIT_HOURS;
use login_kit::{AccessToken, UserField};
use scenarios::Numbers;
use service::Portal;
use service::letter::{Letter, News, render};
use service::personas::PASSWORD;
use service::store::{Account, Mode};
use sqlx::{PgPool, SqlitePool};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;
use tiktok_emulator::visitor::Plan;
use tokio::sync::Barrier;
use tokio::task::JoinSet;

const SEQUENCES: usize = 500;
/// There they take longer, and are alike: one lock of all servers decides.
const SEQUENCES_ON_POSTGRES: usize = 100;
const SERVERS_ON_POSTGRES: usize = 2;
/// Side by side, so that one sweep finds many whose time has come. An outbox keeps a thousand letters: those of
/// all of these fit.
const SIDE_BY_SIDE: usize = 20;

/// What is done to one of the three accounts of a sequence, which are numbers here.
#[derive(Clone, Copy, Debug)]
enum Step {
    Begin {
        from: usize,
        to: usize,
    },
    Stop(usize),
    Unlink(usize),
    /// To a TikTok account that is new.
    Link(usize),
    /// To the one that the first account had at the beginning.
    LinkTheFirst(usize),
}

/// What meets the beginning of a transfer from the first account to the second.
const AT_ITS_BEGINNING: [Step; 11] = [
    Step::Begin { from: 0, to: 1 },
    Step::Begin { from: 0, to: 2 },
    Step::Begin { from: 2, to: 1 },
    Step::Begin { from: 1, to: 0 },
    Step::Unlink(0),
    Step::Unlink(2),
    Step::Link(1),
    Step::LinkTheFirst(1),
    Step::Stop(0),
    Step::Stop(1),
    Step::Stop(2),
];

/// What meets its end.
const AT_ITS_END: [Step; 9] = [
    Step::Unlink(0),
    Step::Unlink(0),
    Step::Link(1),
    Step::LinkTheFirst(1),
    Step::LinkTheFirst(2),
    Step::Stop(0),
    Step::Stop(1),
    Step::Begin { from: 0, to: 2 },
    Step::Begin { from: 2, to: 1 },
];

/// What a letter is about that tells of a TikTok account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum About {
    Linked,
    Unlinked,
    Begun,
    Stopped,
    Moved,
}

/// The letters of each kind, by their subject.
fn subjects() -> BTreeMap<String, About> {
    let tiktok = String::new;
    let all = [
        (About::Linked, News::Linked { tiktok: tiktok() }),
        (About::Unlinked, News::Unlinked { tiktok: tiktok() }),
        (About::Begun, News::TransferBegun { tiktok: tiktok() }),
        (About::Stopped, News::TransferStopped { tiktok: tiktok() }),
        (About::Moved, News::Transferred { tiktok: tiktok() }),
    ];
    let all = all.map(|(about, news)| {
        let letter = Letter {
            to: Email::parse("mai@coffee.test").unwrap(),
            language: Language::English,
            news,
        };
        (render(&letter, "").subject, about)
    });
    let subjects = BTreeMap::from(all);
    assert_eq!(subjects.len(), 5, "each has its own");
    subjects
}

/// How many letters there are about what, and about which TikTok account.
type Told = BTreeMap<(About, String), usize>;

/// An account, and what was so when it was looked at last.
struct Side {
    id: AccountId,
    email: String,
    /// The name of the TikTok account that is linked.
    linked: Option<String>,
    waits: bool,
    told: Told,
}

struct Sequence {
    chance: Numbers,
    sides: [Side; 3],
    /// The names of its TikTok accounts.
    names: Vec<String>,
    /// All that was done, for who reads why it failed.
    done: Vec<(Step, String)>,
}

/// The tables, read as they lie there: what the store replies with would hide a second row.
enum Tables {
    Sqlite(SqlitePool),
    Postgres(PgPool),
}

impl Tables {
    fn of(database: &Database) -> Self {
        let url = database.url();
        match database {
            Database::Sqlite(_) => Self::Sqlite(SqlitePool::connect_lazy(&url).unwrap()),
            Database::Postgres { .. } => Self::Postgres(PgPool::connect_lazy(&url).unwrap()),
        }
    }

    async fn pairs(&self, sql: &'static str) -> Vec<(String, String)> {
        match self {
            Self::Sqlite(pool) => sqlx::query_as(sql).fetch_all(pool).await.unwrap(),
            Self::Postgres(pool) => sqlx::query_as(sql).fetch_all(pool).await.unwrap(),
        }
    }

    async fn nothing_is_there_twice(&self) {
        let links = self.pairs("SELECT account, open_id FROM links").await;
        let accounts: BTreeSet<_> = links.iter().map(|(account, _)| account).collect();
        assert_eq!(accounts.len(), links.len(), "an account has one link");
        let at_tiktok: BTreeSet<_> = links.iter().map(|(_, open_id)| open_id).collect();
        let why = "a TikTok account is linked to one account";
        assert_eq!(at_tiktok.len(), links.len(), "{why}: {links:?}");
        let transfers = "SELECT from_account, to_account FROM transfers";
        let transfers = self.pairs(transfers).await;
        let taking_part: BTreeSet<_> = transfers.iter().flat_map(|(a, b)| [a, b]).collect();
        let why = "an account takes part in one transfer";
        assert_eq!(
            taking_part.len(),
            2 * transfers.len(),
            "{why}: {transfers:?}"
        );
    }
}

/// The race, with what it is played on.
struct Course {
    server: TestServer,
    tables: Tables,
    subjects: BTreeMap<String, About>,
    sessions: u32,
    /// How often which step was answered how.
    seen: BTreeMap<String, usize>,
    letters: BTreeMap<About, usize>,
}

/// What somebody does at TikTok before they take a step.
enum Visit {
    None,
    /// Makes an account there, by this name.
    New(String),
    /// Logs in to it.
    Old(String),
}

/// Who takes a step, once all are ready.
struct Caller {
    sequence: usize,
    step: Step,
    browser: Browser,
    /// Of the account that has the link, where it is to move.
    email: String,
    /// What came back from TikTok, to be handed over.
    callback: Option<CompleteAuthorization>,
    /// For how many turns of the others they hesitate.
    hesitates: u64,
}

impl Caller {
    async fn prepare(mut self, visit: Visit) -> Self {
        let plan = match visit {
            Visit::None => return self,
            Visit::New(name) => Plan::SignUp {
                username: name.clone(),
                display_name: name,
                password: PASSWORD.to_owned(),
            },
            Visit::Old(name) => Plan::authorize(&name, PASSWORD),
        };
        // Who has a link by now goes nowhere.
        if let Ok(begun) = self.browser.begin(LINK).await {
            let back = self.browser.at_tiktok(&begun.authorize_url, plan).await;
            self.callback = Some(back);
        }
        self
    }

    async fn take(&mut self) -> Result<String, Code> {
        for _ in 0..self.hesitates {
            tokio::task::yield_now().await;
        }
        let browser = &mut self.browser;
        match self.step {
            Step::Begin { .. } => {
                let begin = BeginTransfer {
                    email: self.email.clone(),
                    password: PASSWORD.to_owned(),
                };
                ask(browser, &begin).await.map(|_| "done".to_owned())
            }
            Step::Stop(_) => {
                let stopped = ask(browser, &StopTransfer {}).await;
                stopped.map(|_| "done".to_owned())
            }
            Step::Unlink(_) => {
                let unlinked = ask(browser, &UnlinkTikTok {}).await;
                unlinked.map(|_| "done".to_owned())
            }
            Step::Link(_) | Step::LinkTheFirst(_) => {
                let callback = self.callback.take();
                let callback = callback.ok_or(Code::AccountHasLink)?;
                let completed = ask(browser, &callback).await?;
                Ok(format!("{:?}", completed.outcome))
            }
        }
    }
}

/// A refusal is an answer. A grant that is being renewed makes an unlink unavailable for now; nothing else fails.
async fn ask<U: UseCase>(browser: &mut Browser, request: &U) -> Result<U::Reply, Code> {
    let body = serde_json::to_vec(request).unwrap();
    let answer = browser.send(U::NAME, body).await.unwrap();
    if answer.status == 200 {
        return Ok(serde_json::from_slice(&answer.body).unwrap());
    }
    let code = answer.problem().code;
    let passes = code == Code::Unavailable && U::NAME == UnlinkTikTok::NAME;
    assert!(passes || answer.status < 500, "{}: {code:?}", U::NAME);
    Err(code)
}

impl Sequence {
    /// Whose step it is.
    fn side_of(step: Step) -> usize {
        match step {
            Step::Begin { to: side, .. }
            | Step::Stop(side)
            | Step::Unlink(side)
            | Step::Link(side)
            | Step::LinkTheFirst(side) => side,
        }
    }

    fn visit(&mut self, step: Step, number: u32) -> Visit {
        match step {
            Step::Link(_) => {
                let name = format!("moves{number:06}");
                self.names.push(name.clone());
                Visit::New(name)
            }
            Step::LinkTheFirst(_) => Visit::Old(self.names[0].clone()),
            Step::Begin { .. } | Step::Stop(_) | Step::Unlink(_) => Visit::None,
        }
    }

    /// What asks TikTok goes to the first server, whose emulator knows them.
    fn server_of(&mut self, step: Step, servers: usize) -> usize {
        match step {
            Step::Begin { .. } | Step::Stop(_) => {
                let all: Vec<_> = (0..servers).collect();
                self.chance.of(&all)
            }
            Step::Unlink(_) | Step::Link(_) | Step::LinkTheFirst(_) => 0,
        }
    }

    fn some(&mut self, number: usize, choices: &[Step]) -> Vec<Step> {
        (0..number).map(|_| self.chance.of(choices)).collect()
    }

    /// Looks at each of the three again, and at what they were told meanwhile.
    fn look(&mut self, now: [(Option<String>, bool); 3], letters: [Told; 3]) {
        let Self { sides, done, .. } = self;
        for ((side, (linked, waits)), told) in sides.iter_mut().zip(now).zip(letters) {
            let count = |about, name: &str| told.get(&(about, name.to_owned())).copied();
            let before = |about, name: &str| side.told.get(&(about, name.to_owned())).copied();
            let is_told = |about, name: &str| count(about, name) > before(about, name);
            if side.linked != linked {
                if let Some(lost) = &side.linked {
                    let is_told = is_told(About::Unlinked, lost) || is_told(About::Moved, lost);
                    assert!(is_told, "{} lost {lost}, untold: {done:#?}", side.email);
                }
                if let Some(got) = &linked {
                    let is_told = is_told(About::Linked, got) || is_told(About::Moved, got);
                    assert!(is_told, "{} got {got}, untold: {done:#?}", side.email);
                }
            }
            // What began has ended in one way, or waits.
            let all = |about| {
                let of_it = told.iter().filter(|((it, _), _)| *it == about);
                of_it.map(|(_, count)| count).sum::<usize>()
            };
            let ended = all(About::Stopped) + all(About::Moved);
            let books = (all(About::Begun), ended + usize::from(waits));
            assert_eq!(books.0, books.1, "{}: {told:?} {done:#?}", side.email);
            (side.linked, side.waits, side.told) = (linked, waits, told);
        }
    }
}

impl Course {
    async fn of(database: Database, servers: usize) -> Self {
        let tables = Tables::of(&database);
        let server = TestServer::start_on(database, servers).await;
        Self {
            server,
            tables,
            subjects: subjects(),
            sessions: 0,
            seen: BTreeMap::new(),
            letters: BTreeMap::new(),
        }
    }

    /// Accounts with a password, put into the store: how they came there isn't what is raced.
    async fn new_sequences(&self, numbers: Range<usize>) -> Vec<Sequence> {
        let env = &self.server.running.env;
        let hash = env.passwords.hash(PASSWORD.as_bytes()).await.ok().unwrap();
        let mut tx = env.store.begin(Mode::Write).await.unwrap();
        let mut sequences = Vec::new();
        for number in numbers {
            let sides = [0, 1, 2].map(|side| {
                let email = format!("side{side}.{number}@moves.test");
                member(3 * number + side, &email)
            });
            for account in &sides {
                let account = Account {
                    password_hash: Some(hash.clone()),
                    ..account.clone()
                };
                tx.insert_account(&account).await.unwrap();
            }
            sequences.push(Sequence {
                chance: Numbers(u64::try_from(number).unwrap()),
                sides: sides.map(|account| Side {
                    id: account.id,
                    email: account.email.unwrap().to_string(),
                    linked: None,
                    waits: false,
                    told: Told::new(),
                }),
                names: Vec::new(),
                done: Vec::new(),
            });
        }
        tx.commit().await.unwrap();
        sequences
    }

    /// Somebody for each step, in a browser and a fresh session of their own, who is back from TikTok.
    async fn callers(&mut self, all: &mut [Sequence], steps: Vec<Vec<Step>>) -> Vec<Caller> {
        let env = self.server.running.env.clone();
        let servers = self.server.all().len();
        let mut callers = Vec::new();
        let mut tx = env.store.begin(Mode::Write).await.unwrap();
        let steps = steps.into_iter().enumerate();
        for (place, step) in
            steps.flat_map(|(place, steps)| steps.into_iter().map(move |it| (place, it)))
        {
            let sequence = &mut all[place];
            self.sessions += 1;
            let number = self.sessions;
            let token = format!("{number:064x}");
            let whose = sequence.sides[Sequence::side_of(step)].id;
            let session = session_of(whose, &token, env.clock.now());
            tx.put_session(&session).await.unwrap();
            let by = sequence.server_of(step, servers);
            let caller = Caller {
                sequence: place,
                step,
                browser: browser_with(&self.server, by, token),
                email: match step {
                    Step::Begin { from, .. } => sequence.sides[from].email.clone(),
                    Step::Stop(_) | Step::Unlink(_) | Step::Link(_) | Step::LinkTheFirst(_) => {
                        String::new()
                    }
                },
                callback: None,
                hesitates: sequence.chance.below(60),
            };
            callers.push((caller, sequence.visit(step, number)));
        }
        tx.commit().await.unwrap();
        let mut prepared = JoinSet::new();
        for (caller, visit) in callers {
            prepared.spawn(caller.prepare(visit));
        }
        prepared.join_all().await
    }

    /// Takes all steps at once, with a sweep among them or without, and looks at what came of it.
    async fn play(&mut self, all: &mut [Sequence], steps: Vec<Vec<Step>>, sweeps: bool) {
        let callers = self.callers(all, steps).await;
        let start = Arc::new(Barrier::new(callers.len() + 1));
        let mut race = JoinSet::new();
        for mut caller in callers {
            let start = Arc::clone(&start);
            race.spawn(async move {
                start.wait().await;
                let answer = caller.take().await;
                (caller, answer)
            });
        }
        start.wait().await;
        if sweeps {
            self.sweep().await;
        }
        for (caller, answer) in race.join_all().await {
            let answer = answer.unwrap_or_else(|code| format!("{code:?}"));
            let kind = format!("{:?}", caller.step);
            let kind = kind.split([' ', '(']).next().unwrap_or_default();
            let seen = self.seen.entry(format!("{kind}: {answer}"));
            *seen.or_default() += 1;
            let sequence = &mut all[caller.sequence];
            sequence.done.push((caller.step, answer));
        }
        self.look(all).await;
    }

    async fn sweep(&self) {
        let portal = Portal::new(self.server.running.env.clone());
        portal.sweep().await.unwrap();
    }

    async fn look(&self, all: &mut [Sequence]) {
        self.tables.nothing_is_there_twice().await;
        let mut letters = self.letters();
        for sequence in all {
            let store = &self.server.running.env.store;
            let mut tx = store.begin(Mode::Read).await.unwrap();
            let mut now = [const { (None, false) }; 3];
            let mut told = [const { Told::new() }; 3];
            for (place, side) in sequence.sides.iter().enumerate() {
                let link = tx.link_of_account(side.id).await.unwrap();
                let transfer = tx.transfer_of(side.id).await.unwrap();
                let linked = link.map(|link| link.profile.display_name);
                now[place] = (linked, transfer.is_some());
                for (about, text) in letters.remove(&side.email).unwrap_or_default() {
                    let names = &sequence.names;
                    let name = names.iter().find(|name| text.contains(*name)).unwrap();
                    *told[place].entry((about, name.clone())).or_default() += 1;
                }
            }
            sequence.look(now, told);
        }
    }

    /// The letters that tell of a TikTok account, by whom they went to.
    fn letters(&self) -> BTreeMap<String, Vec<(About, String)>> {
        let mut all = BTreeMap::<_, Vec<_>>::new();
        for running in self.server.all() {
            for letter in running.outbox.as_ref().unwrap().letters() {
                if let Some(about) = self.subjects.get(&letter.subject) {
                    all.entry(letter.to)
                        .or_default()
                        .push((*about, letter.text));
                }
            }
        }
        all
    }

    /// Some sequences side by side. Their accounts are deleted in the end, or the sweeps to come would renew their
    /// grants.
    async fn run(&mut self, numbers: Range<usize>) {
        let mut all = self.new_sequences(numbers).await;
        self.play_all(&mut all).await;
        let store = &self.server.running.env.store;
        let mut tx = store.begin(Mode::Write).await.unwrap();
        for side in all.iter().flat_map(|sequence| &sequence.sides) {
            tx.delete_account(side.id).await.unwrap();
            for ((about, _), count) in &side.told {
                *self.letters.entry(*about).or_default() += count;
            }
        }
        tx.commit().await.unwrap();
    }

    async fn play_all(&mut self, all: &mut [Sequence]) {
        let begin = Step::Begin { from: 0, to: 1 };
        let steps = all.iter_mut().map(|sequence| {
            let mut steps = vec![Step::Link(0)];
            steps.extend((sequence.chance.below(2) == 0).then_some(Step::Link(2)));
            steps
        });
        let steps = steps.collect();
        self.play(all, steps, false).await;

        let steps = all.iter_mut().map(|sequence| {
            let number = sequence.chance.of(&[1, 2, 3]);
            let mut steps = sequence.some(number, &AT_ITS_BEGINNING);
            steps.push(begin);
            steps
        });
        let steps = steps.collect();
        self.play(all, steps, false).await;
        // Of most, there is one to meet.
        let steps = all.iter_mut().map(|sequence| {
            let is_asked = sequence.chance.below(4) > 0;
            is_asked.then_some(begin).into_iter().collect()
        });
        let steps = steps.collect();
        self.play(all, steps, false).await;

        self.server.advance(u64::from(WAIT_HOURS) * 60);
        let steps = all.iter_mut().map(|sequence| {
            let number = sequence.chance.of(&[0, 1, 2, 3]);
            sequence.some(number, &AT_ITS_END)
        });
        let steps = steps.collect();
        self.play(all, steps, true).await;
        // What another was at is done by the next one.
        self.sweep().await;
        self.look(all).await;
        let env = &self.server.running.env;
        let mut tx = env.store.begin(Mode::Read).await.unwrap();
        let due = tx.due_transfers(env.clock.now(), 99).await.unwrap();
        assert_eq!(due, [], "their time has come");
        drop(tx);
        for sequence in all.iter() {
            for side in &sequence.sides {
                self.has_a_grant(side, &sequence.done).await;
            }
        }
    }

    /// An unlink that was at it has TikTok revoke the grant before it ends the link: what moves mustn't be that one.
    async fn has_a_grant(&self, side: &Side, done: &[(Step, String)]) {
        let Some(linked) = side.linked.clone() else {
            return;
        };
        if !side.told.contains_key(&(About::Moved, linked)) {
            return;
        }
        let env = &self.server.running.env;
        let mut tx = env.store.begin(Mode::Read).await.unwrap();
        let grant = tx.grant_of_link(side.id).await.unwrap().unwrap();
        drop(tx);
        let token = AccessToken::new(grant.access_token);
        let user = env.tiktok.user_info(&token, &[UserField::OpenId]).await;
        assert!(user.is_ok(), "{}: {user:?} {done:#?}", side.email);
    }

    /// That all of it has happened, and often.
    fn has_seen_everything(&self, count: usize) {
        let few = count / 50;
        let (seen, letters) = (&self.seen, &self.letters);
        for answer in [
            "Begin: done",
            "Begin: TransferWaits",
            "Begin: NotLinked",
            "Begin: AccountHasLink",
            "Stop: done",
            "Unlink: done",
            "Unlink: NotLinked",
            "Link: Linked",
            "LinkTheFirst: AlreadyLinked",
        ] {
            let is_seen = seen.get(answer).is_some_and(|seen| *seen > few);
            assert!(is_seen, "{answer}: {seen:#?}");
        }
        for about in [About::Begun, About::Stopped, About::Moved] {
            let is_seen = letters.get(&about).is_some_and(|seen| *seen > 10 * few);
            assert!(is_seen, "{about:?}: {letters:?}");
        }
    }
}

async fn what_meets_a_transfer_breaks_no_rule_and_takes_no_link_untold(database: Database) {
    let (count, servers) = match &database {
        Database::Sqlite(_) => (SEQUENCES, 1),
        Database::Postgres { .. } => (SEQUENCES_ON_POSTGRES, SERVERS_ON_POSTGRES),
    };
    let mut course = Course::of(database, servers).await;
    for first in (0..count).step_by(SIDE_BY_SIDE) {
        course.run(first..first + SIDE_BY_SIDE).await;
    }
    course.has_seen_everything(count);
}

on_each_database! {
    what_meets_a_transfer_breaks_no_rule_and_takes_no_link_untold;
}

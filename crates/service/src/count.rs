//! Tries, counted against their limits (docs/limits.md).
//!
//! A try is counted before it is made, so that many at once are no more than many in a row, and
//! given back where it succeeds or wasn't made.

use crate::call::{Call, Member};
use crate::env::Busy;
use crate::hash;
use crate::refusal::{Refusal, Reply};
use crate::store::Transaction;
use contract::problem::{Code, Problem};
use domain::id::AccountId;
use domain::limit::{Count, LIST_BY_ACCOUNT, LOG_IN_BY_KNOWN_BROWSER, Limit, SAVE_BY_ACCOUNT};
use domain::time::whole_seconds;

/// One try, by the limits that it is counted against and the keys of their counts.
#[derive(Default)]
pub(crate) struct Try(Vec<(Limit, String)>);

impl Try {
    /// Also against this limit, for `who`.
    pub(crate) fn by(mut self, limit: Limit, who: &str) -> Self {
        self.0.push((limit, key(limit, who)));
        self
    }

    /// Also against this limit in each of the networks around the caller.
    pub(crate) fn by_network(mut self, limit: Limit, call: &Call<'_>) -> Self {
        self.add_networks(limit, call, "");
        self
    }

    /// Also against this limit in each of the networks around the caller, for `who` alone.
    pub(crate) fn by_network_and(mut self, limit: Limit, call: &Call<'_>, who: &str) -> Self {
        self.add_networks(limit, call, who);
        self
    }

    fn add_networks(&mut self, limit: Limit, call: &Call<'_>, who: &str) {
        for (steps, network) in (0..).zip(&call.caller.networks) {
            let key = key(limit, &format!("{network} {who}"));
            self.0.push((limit.widened(steps), key));
        }
    }
}

/// It names nobody: addresses and networks are hashed.
fn key(limit: Limit, who: &str) -> String {
    format!("{} {}", limit.name, hash::of(who))
}

fn known(browser: &str, account: &str) -> String {
    format!("{browser} {account}")
}

impl Call<'_> {
    /// From now on this browser is known to the account, which somebody logs in to in it.
    pub(crate) async fn make_known(
        &mut self,
        tx: &mut dyn Transaction,
        account: AccountId,
    ) -> Reply<()> {
        let who = known(&self.browser().0, &account.to_string());
        let limit = LOG_IN_BY_KNOWN_BROWSER;
        let count = limit.begun(self.now, 0);
        Ok(tx.put_count(&key(limit, &who), count).await?)
    }

    /// A try by a browser that was logged in to this account before. Nothing where it wasn't.
    pub(crate) async fn by_known_browser(
        &self,
        tx: &mut dyn Transaction,
        account: Option<AccountId>,
    ) -> Reply<Option<Try>> {
        // Where there is no account something is looked for that isn't there: the work is the same
        // (Invariant 7).
        let account = account.map(|id| id.to_string()).unwrap_or_default();
        let browser = self.browser_before().map(|id| id.0).unwrap_or_default();
        let who = known(&browser, &account);
        let found = tx.count(&key(LOG_IN_BY_KNOWN_BROWSER, &who)).await?;
        Ok(found
            .filter(|count| self.now < count.ends)
            .map(|_| Try::default().by(LOG_IN_BY_KNOWN_BROWSER, &who)))
    }

    /// What each count is with one try more. Refused, with the longest wait, where a limit is
    /// reached: such a try counts nowhere.
    async fn counted(&self, tx: &mut dyn Transaction, one: &Try) -> Reply<Vec<(String, Count)>> {
        let mut counted = Vec::with_capacity(one.0.len());
        let mut longest = None;
        for (limit, key) in &one.0 {
            match limit.count(tx.count(key).await?, self.now) {
                Ok(count) => counted.push((key.clone(), count)),
                Err(wait) => longest = longest.max(Some(wait)),
            }
        }
        match longest {
            None => Ok(counted),
            Some(wait) => Err(Refusal::from(Problem::wait(whole_seconds(wait)))),
        }
    }

    /// Refuses a try as [`Self::count_in`] would, and counts nothing.
    pub(crate) async fn may_try(&self, tx: &mut dyn Transaction, one: &Try) -> Reply<()> {
        self.counted(tx, one).await.map(drop)
    }

    /// Counts a try, or refuses it. Tells the limits that it was the last of.
    pub(crate) async fn count_in(&self, tx: &mut dyn Transaction, one: &Try) -> Reply<Vec<Limit>> {
        let counted = self.counted(tx, one).await?;
        for (key, count) in &counted {
            tx.put_count(key, *count).await?;
        }
        let last = one.0.iter().zip(&counted).filter_map(|(one, counted)| {
            let ((limit, _), (_, count)) = (one, counted);
            (count.tries == limit.count).then_some(*limit)
        });
        Ok(last.collect())
    }

    /// As [`Self::count_in`], in a transaction of its own.
    pub(crate) async fn count(&mut self, one: &Try) -> Reply<Vec<Limit>> {
        let mut tx = self.write().await?;
        let last = self.count_in(&mut *tx, one).await?;
        tx.commit().await?;
        Ok(last)
    }

    /// Counts a read. It isn't refused because nothing can be written now.
    pub(crate) async fn count_list(&mut self, by: &Member) -> Reply<()> {
        let one = Try::default().by(LIST_BY_ACCOUNT, &by.account.id.to_string());
        match self.count(&one).await {
            Err(refusal) if refusal.problem.code == Code::Unavailable => Ok(()),
            counted => counted.map(drop),
        }
    }

    /// Counts a change within its own transaction: one that is refused counts nowhere.
    pub(crate) async fn count_save(&self, tx: &mut dyn Transaction, by: &Member) -> Reply<()> {
        self.count_by_account(tx, SAVE_BY_ACCOUNT, by.account.id)
            .await
    }

    /// Counts what is asked for of an account, within the transaction that does it.
    pub(crate) async fn count_by_account(
        &self,
        tx: &mut dyn Transaction,
        limit: Limit,
        account: AccountId,
    ) -> Reply<()> {
        let one = Try::default().by(limit, &account.to_string());
        self.count_in(tx, &one).await.map(drop)
    }

    /// A try that succeeded: it counts no more, nor do the failures in a row before it.
    pub(crate) async fn give_back_in(&self, tx: &mut dyn Transaction, one: &Try) -> Reply<()> {
        for (limit, key) in &one.0 {
            let Some(count) = tx.count(key).await? else {
                continue;
            };
            match limit.given_back(count) {
                Some(less) => tx.put_count(key, less).await?,
                None => tx.delete_count(key).await?,
            }
        }
        Ok(())
    }

    /// What came of hashing. Where there was no room for it, nothing was tried.
    pub(crate) async fn hashed<T>(&mut self, one: &Try, hashed: Result<T, Busy>) -> Reply<T> {
        match hashed {
            Ok(hashed) => Ok(hashed),
            Err(busy) => {
                let mut tx = self.write().await?;
                for (limit, key) in &one.0 {
                    if let Some(count) = tx.count(key).await? {
                        tx.put_count(key, limit.untried(count)).await?;
                    }
                }
                tx.commit().await?;
                Err(busy.into())
            }
        }
    }
}

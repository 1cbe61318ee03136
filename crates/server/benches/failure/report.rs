//! What came of it, as a table whose lines must hold.

use crate::browser::{Tallied, Tally};
use crate::mail::Arrived;
use crate::person::Person;
use std::collections::BTreeMap;
use std::sync::PoisonError;
use std::time::Duration;

pub(crate) struct Report {
    minutes: u32,
    flows_a_second: u32,
    pub(crate) tally: Tallied,
    pub(crate) took: Duration,
    pub(crate) kills: u32,
    /// Primaries that were lost.
    pub(crate) losses: u32,
    pub(crate) rivals: u32,
    pub(crate) most_at_once: usize,
    pub(crate) letters_left: i64,
    pub(crate) missing: Vec<String>,
    pub(crate) accounts: i64,
    pub(crate) links: i64,
    /// What came of the requests of the run, without those that look for it afterwards.
    sealed: Tally,
}

impl Report {
    pub(crate) fn new(minutes: u32, flows_a_second: u32) -> Self {
        Self {
            minutes,
            flows_a_second,
            tally: Tallied::default(),
            took: Duration::ZERO,
            kills: 0,
            losses: 0,
            rivals: 0,
            most_at_once: 0,
            letters_left: 0,
            missing: Vec::new(),
            accounts: 0,
            links: 0,
            sealed: Tally::default(),
        }
    }

    /// From now on nothing counts.
    pub(crate) fn seal(&mut self) {
        let mut tally = self.tally.lock().unwrap_or_else(PoisonError::into_inner);
        self.sealed = std::mem::take(&mut tally);
    }

    /// Prints it. Whether every line holds.
    pub(crate) fn tell(&self, people: &[Person], letters: &[Arrived]) -> bool {
        let count = |is: fn(&Person) -> bool| people.iter().filter(|it| is(it)).count();
        let done = count(|it| it.told.is_done);
        let anew: u32 = people.iter().map(|it| it.told.begun_anew).sum();
        let otherwise: Vec<_> = people.iter().flat_map(|it| &it.told.otherwise).collect();
        println!(
            "\n{} minutes, {} flows a second; {:.0} s until the last flow had ended",
            self.minutes,
            self.flows_a_second,
            self.took.as_secs_f64()
        );
        println!("servers killed            {}", self.kills);
        println!("primaries lost            {}", self.losses);
        println!("flows begun               {}", people.len());
        println!("flows done                {done}");
        println!("flows at once, at most    {}", self.most_at_once);
        for (answer, times) in &self.sealed.answers {
            println!("answer {answer:<18} {times}");
        }
        for (name, (requests, times)) in &self.sealed.repeated {
            println!("sent again: {name:<22} {requests} requests, {times} times in all");
        }
        let seconds = |it: Duration| it.as_secs_f64();
        println!(
            "longest time in which nobody got a reply  {:.1} s",
            seconds(self.sealed.longest_silence)
        );
        println!(
            "longest request, repeats included         {:.1} s",
            seconds(self.sealed.longest_request)
        );
        println!("exchanges with TikTok that broke off, and were begun anew  {anew}");
        println!("TikTok accounts of others, refused        {}", self.rivals);
        println!(
            "done, but told otherwise when repeated    {}",
            otherwise.len()
        );
        let letters_hold = self.tell_letters(people, letters);
        println!("accounts {}, links {}", self.accounts, self.links);
        println!(
            "acknowledged, but missing                 {}",
            self.missing.len()
        );
        let troubles: Vec<_> = people.iter().filter_map(|it| it.trouble.as_ref()).collect();
        for line in self.missing.iter().chain(troubles.iter().copied()).take(40) {
            println!("  {line}");
        }
        let failures = self.sealed.answers.get("500").copied().unwrap_or_default();
        let as_many = |number: i64| usize::try_from(number) == Ok(people.len());
        letters_hold
            && done == people.len()
            && otherwise.is_empty()
            && failures == 0
            && self.missing.is_empty()
            && self.letters_left == 0
            && as_many(self.accounts)
            && as_many(self.links)
    }

    /// How often letters came, and whose did not.
    fn tell_letters(&self, people: &[Person], letters: &[Arrived]) -> bool {
        let times = |number| letters.iter().filter(|it| it.times == number).count();
        let more = letters.iter().filter(|it| it.times > 2).count();
        println!(
            "letters that came once {}, twice {}, more often {more}, never {}",
            times(1),
            times(2),
            self.letters_left
        );
        // By whom, and whether it has a code.
        let mut came: BTreeMap<(&str, bool), u32> = BTreeMap::new();
        for letter in letters {
            let whose = came.entry((&letter.to, letter.code.is_some()));
            *whose.or_default() += 1;
        }
        let mut all_came = true;
        for person in people {
            let email = person.email();
            for (was_told, has_code) in [
                (person.told.has_account, true),
                (person.told.is_linked, false),
            ] {
                let number = came.get(&(email.as_str(), has_code)).copied();
                let number = number.unwrap_or_default();
                // Another letter would be of another transaction: done twice.
                if number > 1 || (was_told && number == 0) {
                    println!("  {email}: {number} letters, with a code: {has_code}");
                    all_came = false;
                }
            }
        }
        all_came && more == 0
    }
}

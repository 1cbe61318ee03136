//! What came of it, as tables, and the lines that are wanted.

use crate::contender::{Contender, Task, Who};
use crate::load::{CONNECTIONS, Measured};
use std::collections::BTreeMap;

/// A number of answers a second, as a multiple of those of the build before.
struct Wanted {
    task: Task,
    who: Who,
    times: f64,
}

const WANTED: [Wanted; 3] = [
    Wanted {
        task: Task::SessionCheck,
        who: Who::Ours,
        times: 4.0,
    },
    Wanted {
        task: Task::SessionCheck,
        who: Who::OursOnPostgres,
        times: 1.0,
    },
    Wanted {
        task: Task::LogIn,
        who: Who::Ours,
        times: 1.0,
    },
];

pub(crate) struct Report {
    /// MiB of each right after its start.
    fresh: Vec<(Who, f64)>,
    rounds: BTreeMap<(Task, Who), Vec<Measured>>,
}

impl Report {
    /// Of servers that nobody has asked anything.
    pub(crate) fn new(contenders: &[Contender]) -> Self {
        let fresh = contenders.iter().map(|it| {
            let kib = u32::try_from(it.server.memory()).unwrap();
            (it.who, f64::from(kib) / 1024.0)
        });
        Self {
            fresh: fresh.collect(),
            rounds: BTreeMap::new(),
        }
    }

    pub(crate) fn add(&mut self, task: Task, who: Who, measured: Measured) {
        self.rounds.entry((task, who)).or_default().push(measured);
    }

    fn rounds(&self, task: Task, who: Who) -> &[Measured] {
        self.rounds.get(&(task, who)).unwrap()
    }

    fn median(&self, task: Task, who: Who, of: fn(&Measured) -> f64) -> f64 {
        median(self.rounds(task, who).iter().map(of).collect())
    }

    /// How many times the answers a second of the build before. It is compared within each round,
    /// since a machine's pace changes from one to the next.
    fn times(&self, task: Task, who: Who) -> f64 {
        let rounds = self.rounds(task, who).iter();
        let pairs = rounds.zip(self.rounds(task, Who::Before));
        median(
            pairs
                .map(|(it, before)| it.answers_a_second / before.answers_a_second)
                .collect(),
        )
    }

    /// Prints it. Whether every line holds that is wanted.
    pub(crate) fn tell(&self) -> bool {
        println!(
            "\n{CONNECTIONS} connections, medians of the rounds. Processor time is that of one answer."
        );
        println!(
            "The client took {:.4} ms of it for each answer of {}, which took {:.4} ms of this build \
             and came {:.0} times a second.",
            self.median(Task::Health, Who::Ours, |it| it.client_ms),
            Task::Health.name(),
            self.median(Task::Health, Who::Ours, |it| it.processor_ms),
            self.median(Task::Health, Who::Ours, |it| it.answers_a_second),
        );
        for task in [Task::SessionCheck, Task::LogIn] {
            self.tell_task(task);
        }
        println!();
        let mut all_hold = true;
        for Wanted { task, who, times } in WANTED {
            let measured = self.times(task, who);
            let holds = measured >= times;
            println!(
                "{} {}, {}: {measured:.2} × d023a62; at least {times} is wanted",
                if holds { "✓" } else { "✗" },
                task.name(),
                who.name(),
            );
            all_hold &= holds;
        }
        all_hold
    }

    fn tell_task(&self, task: Task) {
        println!(
            "\n| {} | a second | × d023a62 | processor, ms | of it PostgreSQL's | the client's, ms \
             | MiB at most | MiB after the start |\n|---|---|---|---|---|---|---|---|",
            task.name()
        );
        for (who, fresh) in &self.fresh {
            let median = |of| self.median(task, *who, of);
            println!(
                "| {} | {:.1} | {:.2} | {:.3} | {:.3} | {:.3} | {:.1} | {fresh:.1} |",
                who.name(),
                median(|it| it.answers_a_second),
                self.times(task, *who),
                median(|it| it.processor_ms),
                median(|it| it.postgres_ms),
                median(|it| it.client_ms),
                median(|it| it.memory_mib),
            );
        }
    }
}

/// Of an even number it is the lower of the middle two.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    values.get((values.len() - 1) / 2).copied().unwrap()
}

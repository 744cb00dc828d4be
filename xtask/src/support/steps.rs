//! Progress of a task: a numbered line for each step, and a table of durations at the end.

use std::time::{Duration, Instant};

use anyhow::Result;

struct Done {
    name: String,
    took: Duration,
    succeeded: bool,
}

/// The steps of one task.
pub struct Steps {
    total: usize,
    done: Vec<Done>,
}

impl Steps {
    /// Begins a task of `total` steps.
    pub fn new(total: usize) -> Self {
        Self { total, done: Vec::new() }
    }

    /// Announces a step, runs it and notes how long it took.
    pub fn run<T>(&mut self, name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
        self.announce(name);
        let start = now();
        let result = work();
        self.done.push(Done { name: name.to_owned(), took: start.elapsed(), succeeded: result.is_ok() });
        result
    }

    /// Announces a step that does not return, such as starting the server.
    pub fn announce(&self, name: &str) {
        println!("[{}/{}] {name}", self.done.len() + 1, self.total);
    }

    /// Prints what was done and how long each step took.
    pub fn print_summary(&self) {
        println!("\nStep                            Time");
        for step in &self.done {
            let mark = if step.succeeded { "" } else { "  failed" };
            println!("{:<28} {:>6.1} s{mark}", step.name, step.took.as_secs_f64());
        }
        for _ in self.done.len()..self.total {
            println!("(not reached)");
        }
        let total: Duration = self.done.iter().map(|step| step.took).sum();
        println!("{:<28} {:>6.1} s", "Total", total.as_secs_f64());
    }
}

#[expect(clippy::disallowed_methods, reason = "durations of build steps are only printed")]
fn now() -> Instant {
    Instant::now()
}

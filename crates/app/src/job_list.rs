//! What this node does by itself, as operators see it: when each job ran last, what came of it, and when it runs next.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use base::{ReferenceId, Timestamp};

use crate::{App, Operator};

/// Something that is done again and again without anybody asking for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Job {
    /// What has had its time is deleted.
    Retention,
    /// A backup is made each day.
    Backups,
    /// Letters are sent.
    Letters,
    /// Members are told of a new policy or of a breach.
    Announcements,
    /// Descriptions of links are asked for anew.
    Descriptions,
    /// Upstreams are told whose grant is over.
    Revocations,
    /// The payment service is asked and told what is due.
    Payments,
    /// The payment service is asked what it sells at which price.
    Prices,
    /// How the parts of the service do is looked at and kept.
    Status,
}

impl Job {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 9] = [
        Self::Retention,
        Self::Backups,
        Self::Letters,
        Self::Announcements,
        Self::Descriptions,
        Self::Revocations,
        Self::Payments,
        Self::Prices,
        Self::Status,
    ];
}

/// How a job ran last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JobRun {
    /// When.
    pub at: Timestamp,
    /// The failure, by its reference in the log.
    pub failure: Option<ReferenceId>,
    /// When it runs again, at the latest.
    pub next_at: Timestamp,
}

/// How a job does on this node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JobState {
    /// It is not set up, so it never runs.
    Off,
    /// It has not run since this node started.
    Waiting,
    /// It ran.
    Ran(JobRun),
}

/// The last run of each job.
#[derive(Default)]
pub(crate) struct JobList(Mutex<BTreeMap<Job, JobState>>);

impl App {
    /// Keeps how a job ran. What runs beside this crate says so here as well.
    pub fn note_job(&self, job: Job, state: JobState) {
        let jobs = &self.inner.jobs.0;
        let mut jobs = jobs.lock().unwrap_or_else(PoisonError::into_inner);
        jobs.insert(job, state);
    }

    /// Keeps that a job ran now.
    pub(crate) fn note_run(&self, job: Job, failure: Option<ReferenceId>, next_at: Timestamp) {
        let at = self.now();
        let run = JobRun {
            at,
            failure,
            next_at,
        };
        self.note_job(job, JobState::Ran(run));
    }

    /// How each job does on this node.
    #[must_use]
    pub fn jobs(&self, _: &Operator) -> Vec<(Job, JobState)> {
        let jobs = &self.inner.jobs.0;
        let jobs = jobs.lock().unwrap_or_else(PoisonError::into_inner);
        let state = |job| jobs.get(&job).copied().unwrap_or(JobState::Waiting);
        Job::ALL.map(|job| (job, state(job))).to_vec()
    }
}

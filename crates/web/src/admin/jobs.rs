//! What the server does by itself, in words.

use app::{Job, JobRun, JobState};

use crate::message_page::minute;
use crate::texts::Language;

/// Each job by its name, with how it does.
pub(super) fn lines(jobs: &[(Job, JobState)], t: Language) -> Vec<(String, String)> {
    let lines = jobs
        .iter()
        .map(|(job, state)| (t.say(name(*job)), told(state, t)));
    lines.collect()
}

const fn name(job: Job) -> &'static str {
    match job {
        Job::Retention => "admin-job-retention",
        Job::Backups => "admin-job-backups",
        Job::Letters => "admin-job-letters",
        Job::Announcements => "admin-job-announcements",
        Job::Descriptions => "admin-job-descriptions",
        Job::Revocations => "admin-job-revocations",
        Job::Payments => "admin-job-payments",
        Job::Prices => "admin-job-prices",
        Job::Status => "admin-job-status",
    }
}

fn told(state: &JobState, t: Language) -> String {
    let JobRun {
        at,
        failure,
        next_at,
    } = match state {
        JobState::Off => return t.say("admin-job-off"),
        JobState::Waiting => return t.say("admin-job-waiting"),
        JobState::Ran(run) => run,
    };
    let (moment, when) = (minute(*at), minute(*next_at));
    let times = [("moment", moment.as_str()), ("when", when.as_str())];
    match failure {
        None => t.with_all("admin-job-done", &times),
        Some(reference) => {
            let reference = reference.to_string();
            let [moment, when] = times;
            t.with_all(
                "admin-job-failed",
                &[moment, when, ("reference", &reference)],
            )
        }
    }
}

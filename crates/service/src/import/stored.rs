//! What is stored of an import beside its file.

use super::{
    FileError,
    job::{ImportEnd, ImportOptions, Job, Results},
};
use domain::{Timestamp, actor::Actor};
use serde::{Deserialize, Serialize};
use store::StoredImport;

/// How long a file that was not confirmed is kept, in seconds.
const UPLOAD_S: i64 = 30 * 60;
/// How long a result is kept, in seconds.
const RESULT_S: i64 = 24 * 3600;

/// What came of an import so far.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ImportDoc {
    /// The file cannot be imported.
    Refused(FileError),
    /// It waits for confirmation.
    Previewed,
    /// It was confirmed.
    Confirmed(Progress),
}

impl ImportDoc {
    /// The document of a stored import; `None` when it cannot be read, as after a downgrade.
    pub(crate) fn of(stored: &StoredImport) -> Option<Self> {
        serde_json::from_str(&stored.doc)
            .inspect_err(|error| tracing::warn!(%error, import.id = %stored.id, "A stored import cannot be read"))
            .ok()
    }

    /// As it is stored.
    pub(crate) fn to_text(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(self)
    }
}

/// How far a confirmed import has come.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Progress {
    /// Who confirmed it.
    pub(crate) actor: Actor,
    /// Good lines in the file.
    pub(crate) total: usize,
    /// How to import them.
    pub(crate) options: ImportOptions,
    /// The good lines before this one were processed, and are in the results. Those after it may have been, too, if a server
    /// ended while it worked on them: they are processed again, which changes nothing.
    pub(crate) next: usize,
    /// The results of these lines.
    pub(crate) results: Results,
    /// How it ended.
    pub(crate) end: Option<ImportEnd>,
}

impl Progress {
    /// One that has not begun.
    pub(crate) fn new(actor: Actor, total: usize, options: ImportOptions) -> Self {
        Self { actor, total, options, next: 0, results: Results::default(), end: None }
    }

    /// After the lines before `next`.
    pub(crate) fn after(&self, next: usize, job: &Job) -> Self {
        Self { next, results: job.results(), ..self.clone() }
    }
}

/// Before when a file must have been uploaded, and an import ended, to be kept no longer at `now`.
pub(crate) const fn kept_since(now: Timestamp) -> (Timestamp, Timestamp) {
    (now.plus_seconds(-UPLOAD_S), now.plus_seconds(-RESULT_S))
}

/// Whether an import was kept long enough. A running one never expires.
pub(crate) fn is_expired(stored: &StoredImport, now: Timestamp) -> bool {
    let (uploads, results) = kept_since(now);
    match (stored.confirmed_at, stored.ended_at) {
        (_, Some(ended_at)) => ended_at < results,
        (Some(_), None) => false,
        (None, None) => stored.uploaded_at < uploads,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::types::ids::ImportId;
    use uuid::Uuid;

    const NOW: Timestamp = Timestamp::from_millis(1_000_000_000);

    fn uploaded() -> StoredImport {
        StoredImport {
            id: ImportId(Uuid::nil()),
            owner: Uuid::nil(),
            file: String::new(),
            encoding: String::new(),
            uploaded_at: NOW,
            confirmed_at: None,
            ended_at: None,
            is_cancelled: false,
            doc: String::new(),
        }
    }

    #[test]
    fn an_upload_is_kept_for_half_an_hour_and_a_result_for_a_day() {
        let later = |seconds| NOW.plus_seconds(seconds);
        assert!(!is_expired(&uploaded(), later(UPLOAD_S)));
        assert!(is_expired(&uploaded(), later(UPLOAD_S + 1)));
        let running = StoredImport { confirmed_at: Some(NOW), ..uploaded() };
        assert!(!is_expired(&running, later(RESULT_S * 2)), "while it runs");
        let ended = StoredImport { ended_at: Some(NOW), ..running };
        assert!(!is_expired(&ended, later(RESULT_S)));
        assert!(is_expired(&ended, later(RESULT_S + 1)));
    }

    #[test]
    fn a_document_that_cannot_be_read_is_none() {
        let doc = ImportDoc::Confirmed(Progress::new(Actor::System, 3, ImportOptions::default())).to_text().unwrap();
        let of = |doc: &str| ImportDoc::of(&StoredImport { doc: doc.to_owned(), ..uploaded() });
        assert!(matches!(of(&doc), Some(ImportDoc::Confirmed(Progress { total: 3, next: 0, .. }))));
        assert!(of("{\"later\":1}").is_none());
    }
}

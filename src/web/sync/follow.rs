//! Rounds that bring a source up to date while somebody looks at it.

use runatlas_core::{
    job::{FollowJob, Followed},
    mlflow::sync::{FilesPlan, Scope, Sync, SyncOptions, SyncPlan},
    model::Millis,
};

use super::{Driver, End, Wishes, hold};
use crate::web::{
    now,
    store::{Store, StoreError},
};

/// A source says at most this old a time for when it was last asked, in milliseconds.
const TOUCH_EVERY: Millis = 60_000;

/// Asks once what is new. The source's report stays that of its last sync.
pub async fn follow(store: &Store, job: &FollowJob) -> Followed {
    let Some(_lock) = hold(&job.source).await else { return Followed::Elsewhere };
    match round(store, job).await {
        Ok(followed) => followed,
        Err(error) => Followed::Failed(error.to_string()),
    }
}

async fn round(store: &Store, job: &FollowJob) -> Result<Followed, StoreError> {
    let source = store.source(&job.source).await?.ok_or(StoreError::Gone)?;
    let updated = source.updated;
    let plan = SyncPlan {
        scope: Scope::News { experiments: job.experiments.clone(), since: job.since },
        stored: store.some_runs(&job.source, &job.running).await?,
        files: FilesPlan::default(),
        // A round that fails is made again later: no need to insist.
        options: SyncOptions { seed: job.seed, retries: 1, ..SyncOptions::default() },
    };
    let cursor = store.cursor(&job.source).await?;
    let mut driver = Driver::new(store, &job.access, source, Sync::new(plan, &cursor));
    driver.takes_notes = false;
    let end = driver.drive(&|_| {}, &Wishes::default()).await?;
    if now() - updated > TOUCH_EVERY && matches!(end, End::Done(_)) {
        store.touch(&job.source).await?;
    }
    Ok(match end {
        End::Stopped(stop) => Followed::Stopped(stop),
        End::Done(_) | End::Cancelled => Followed::Changed(driver.changed),
    })
}

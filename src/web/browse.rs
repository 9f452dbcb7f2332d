//! Asks a server which experiments it has.

use runatlas_core::{
    job::{BrowseJob, ExperimentPage},
    mlflow::{Answer, call, wire},
};

use super::http;

/// How long a page of experiments may take, in milliseconds.
const TIMEOUT: u32 = 30_000;

/// A page of experiments; why not, for people.
pub async fn run(job: &BrowseJob) -> Result<ExperimentPage, String> {
    let request = call::experiments_named(&job.search, job.token.as_deref());
    let answer = http::send(&job.access, &request, TIMEOUT).await.map_err(|error| error.to_string())?;
    page_of(&answer)
}

fn page_of(answer: &Answer) -> Result<ExperimentPage, String> {
    if answer.status != 200 {
        let said = wire::server_error(&answer.body).message;
        return Err(format!("the server answered {} {said}", answer.status).trim_end().to_owned());
    }
    let page = wire::experiments(&answer.body).map_err(|error| error.to_string())?;
    Ok(ExperimentPage { experiments: page.items, next: page.next })
}

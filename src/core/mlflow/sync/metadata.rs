//! All but points: experiments, runs, models, lists of artifacts.

use super::{
    Scope, Sync,
    cursor::{mark_of_inputs, mark_of_model},
    job::{ArtifactsJob, Job, Paging, RunsOf},
};
use crate::{
    mlflow::wire::{self, Listed, RunOnServer, WireError},
    model::{ArtifactEntry, ArtifactOwner, Experiment, Note},
    read::Record,
};

/// Entries of one owner beyond this are not listed.
const MOST_ENTRIES: usize = 200_000;
/// So are folders below this many others.
const DEEPEST: usize = 64;

impl Sync {
    pub(super) fn take_experiments(&mut self, paging: &mut Paging, body: &[u8]) -> Result<(), WireError> {
        let page = wire::experiments(body)?;
        let before = self.experiments.len();
        for experiment in page.items {
            let id = experiment.id.clone();
            if self.add_experiment(experiment) {
                self.queue.push(Job::Runs { of: RunsOf::Experiment(id), paging: Paging::default() });
            }
        }
        let news = self.experiments.len() > before;
        self.turn(paging, page.next, news, "experiments/search", |paging| Job::Experiments { paging });
        Ok(())
    }

    pub(super) fn take_experiment(&mut self, body: &[u8]) -> Result<(), WireError> {
        let experiment = wire::experiment(body)?;
        self.add_experiment(experiment);
        Ok(())
    }

    /// Whether it is new.
    fn add_experiment(&mut self, experiment: Experiment) -> bool {
        let is_new = !experiment.id.is_empty() && self.experiments.insert(experiment.id.clone());
        if is_new {
            self.report.progress.experiments += 1;
            self.out.push(Record::Experiment(experiment));
        }
        is_new
    }

    pub(super) fn take_runs(
        &mut self,
        of: &RunsOf,
        paging: &mut Paging,
        body: &[u8],
    ) -> Result<(), WireError> {
        let page = wire::runs(body)?;
        let before = self.book.len();
        // A running run that is new is found by both searches.
        let mut news = !matches!(of, RunsOf::Experiment(_)) && !page.items.is_empty();
        for found in page.items {
            self.add_run(found);
        }
        news |= self.book.len() > before;
        let is_last = page.next.is_none();
        self.turn(paging, page.next, news, &of.describe(), |paging| Job::Runs { of: of.clone(), paging });
        if is_last && matches!(of, RunsOf::Running(_)) {
            // What was running and is not any more: how did it end?
            let mut ended: Vec<String> = self.stored.keys().cloned().collect();
            ended.sort();
            for id in ended {
                self.queue.push(Job::Run { id });
            }
        }
        Ok(())
    }

    pub(super) fn take_run(&mut self, body: &[u8]) -> Result<(), WireError> {
        if let Some(found) = wire::run(body)? {
            self.add_run(found);
        }
        Ok(())
    }

    fn add_run(&mut self, found: RunOnServer) {
        let stored = self.stored.remove(&found.run.id);
        if matches!(self.scope, Scope::News { .. }) && !found.run.status.is_open() {
            // A run that ends is when models are logged and registered.
            self.experiments.insert(found.run.experiment_id.clone());
        }
        let Some(changed) = self.book.add(found.run, stored, &mut self.cursor, self.options.verify) else {
            return;
        };
        self.report.progress.runs += 1;
        self.report.progress.unchanged += u64::from(!changed);
        if let Some(note) = found.note {
            self.note(note);
        }
    }

    /// Asks for the next page, if there is one that is worth it.
    fn turn(
        &mut self,
        paging: &mut Paging,
        next: Option<String>,
        news: bool,
        what: &str,
        job: impl FnOnce(Paging) -> Job,
    ) {
        match paging.turn(next, news) {
            Ok(true) => self.queue.push(job(std::mem::take(paging))),
            Ok(false) => {}
            Err(reason) => self.note(Note::skipped(what, format!("{reason}; the pages before it are read"))),
        }
    }

    pub(super) fn plan_models(&mut self) {
        let is_quiet = matches!(self.scope, Scope::News { .. }) && self.experiments.is_empty();
        if is_quiet {
            return;
        }
        if self.options.logged_models {
            let experiments: Vec<String> = self.experiments.iter().cloned().collect();
            for experiment in experiments {
                self.queue.push(Job::LoggedModels { experiment, paging: Paging::default() });
            }
        }
        if self.options.registry {
            self.queue.push(Job::RegisteredModels { paging: Paging::default() });
            self.queue.push(Job::ModelVersions { paging: Paging::default() });
        }
    }

    pub(super) fn take_logged_models(
        &mut self,
        experiment: &str,
        paging: &mut Paging,
        body: &[u8],
    ) -> Result<(), WireError> {
        let page = wire::logged_models(body)?;
        let mut news = false;
        for model in page.items {
            if self.registered.insert((model.id.clone(), "logged".to_owned())) {
                news = true;
                let mark = mark_of_model(&model.id, &model.status, model.last_updated_timestamp);
                self.models.push((model.id.clone(), mark));
                self.out.push(Record::LoggedModel(Box::new(model)));
            }
        }
        let what = format!("logged-models/search of experiment {experiment}");
        self.turn(paging, page.next, news, &what, |paging| Job::LoggedModels {
            experiment: experiment.to_owned(),
            paging,
        });
        Ok(())
    }

    pub(super) fn take_registered_models(
        &mut self,
        paging: &mut Paging,
        body: &[u8],
    ) -> Result<(), WireError> {
        let page = wire::registered_models(body)?;
        let mut news = false;
        for model in page.items {
            if self.registered.insert((model.name.clone(), String::new())) {
                news = true;
                self.out.push(Record::RegisteredModel(model));
            }
        }
        self.turn(paging, page.next, news, "registered-models/search", |paging| Job::RegisteredModels {
            paging,
        });
        Ok(())
    }

    pub(super) fn take_model_versions(&mut self, paging: &mut Paging, body: &[u8]) -> Result<(), WireError> {
        let page = wire::model_versions(body)?;
        let mut news = false;
        for version in page.items {
            if self.registered.insert((version.name.clone(), format!("version {}", version.version))) {
                news = true;
                self.out.push(Record::ModelVersion(Box::new(version)));
            }
        }
        self.turn(paging, page.next, news, "model-versions/search", |paging| Job::ModelVersions { paging });
        Ok(())
    }

    /// Databases answer `runs/search` without the models that a run read; where there are models, runs
    /// are asked for them one by one, each once.
    pub(super) fn plan_inputs(&mut self) {
        if self.models.is_empty() {
            return;
        }
        for run in 0..self.book.len() {
            let mark = self.book.get(run).map(|entry| mark_of_inputs(entry.mark));
            if mark.is_some_and(|mark| !self.cursor.listed.contains(&mark)) {
                self.queue.push(Job::Inputs { run });
            }
        }
    }

    pub(super) fn take_inputs(&mut self, run: usize, body: &[u8]) -> Result<(), WireError> {
        if let Some(found) = wire::run(body)? {
            self.book.take_inputs(run, found.run.model_inputs);
        }
        if let Some(entry) = self.book.get(run) {
            self.cursor.listed.insert(mark_of_inputs(entry.mark));
        }
        Ok(())
    }

    pub(super) fn plan_artifacts(&mut self) {
        if !self.options.artifacts {
            return;
        }
        let runs = (0..self.book.len()).filter_map(|run| {
            let mark = self.book.get(run)?.mark;
            Some((ArtifactOwner::Run(self.book.name(run).to_owned()), mark))
        });
        let models = self.models.iter().map(|(id, mark)| (ArtifactOwner::Model(id.clone()), *mark));
        let owners: Vec<_> =
            runs.chain(models).filter(|(_, mark)| !self.cursor.listed.contains(mark)).collect();
        self.report.progress.listings += owners.len() as u64;
        for (owner, mark) in owners {
            self.queue.push(Job::Artifacts(Box::new(ArtifactsJob::new(owner, mark))));
        }
    }

    pub(super) fn take_artifacts(&mut self, job: &mut ArtifactsJob, body: &[u8]) -> Result<(), WireError> {
        let page = wire::artifacts(body)?;
        self.failed_listings = 0;
        let before = (job.found.len(), job.folders.len());
        for listed in page.items {
            if let Err(reason) = take_listed(job, listed) {
                self.note(Note::skipped(format!("artifacts of {}", job.owner.id()), reason));
            }
        }
        let news = before != (job.found.len(), job.folders.len());
        match job.paging.turn(page.next, news) {
            Ok(true) => self.queue.push(Job::Artifacts(Box::new(job.take()))),
            Ok(false) => self.next_folder(job),
            Err(reason) => {
                self.note(Note::skipped(format!("artifacts of {}", job.owner.id()), reason));
                self.next_folder(job);
            }
        }
        Ok(())
    }

    fn next_folder(&mut self, job: &mut ArtifactsJob) {
        if let Some(folder) = job.folders.pop_first() {
            (job.folder, job.paging) = (folder, Paging::default());
            self.queue.push(Job::Artifacts(Box::new(job.take())));
            return;
        }
        self.cursor.listed.insert(job.mark);
        self.report.progress.listings_done += 1;
        for entry in &job.found {
            self.files.find(entry);
        }
        self.out.extend(std::mem::take(&mut job.found).into_iter().map(Record::Artifact));
    }
}

/// Takes in an entry that lies where it says; anything else would lead out of the root or round in
/// a circle.
fn take_listed(job: &mut ArtifactsJob, listed: Listed) -> Result<(), String> {
    let Listed { path, folder, size } = listed;
    let inside = match job.folder.as_str() {
        "" => !path.is_empty(),
        parent => path.strip_prefix(parent).is_some_and(|rest| rest.len() > 1 && rest.starts_with('/')),
    };
    let parts = || path.split('/');
    if !inside || parts().any(|part| matches!(part, "" | "." | "..")) {
        return Err(format!("the server lists {path:?} in the folder {:?}", job.folder));
    }
    if parts().count() > DEEPEST || job.found.len() + job.folders.len() >= MOST_ENTRIES {
        return Err(format!("there are too many entries to list {path:?} too"));
    }
    if folder {
        job.folders.insert(path);
    } else {
        job.found.push(ArtifactEntry { owner: job.owner.clone(), path, size, kept: false });
    }
    Ok(())
}

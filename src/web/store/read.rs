use std::collections::{BTreeMap, btree_map::Entry};

use runatlas_core::{
    history::{History, codec},
    job::ingest::{Key, Place, decode_pack},
    model::{
        ArtifactEntry, ArtifactOwner, Experiment, LoggedModel, ModelVersion, Note, RegisteredModel, Run,
        Source,
    },
};

use super::{
    HistoryKey, Result, Store, StoreError, decode, decode_all, decode_one, js_key,
    transaction::{Asked, below, bytes_of, count, get, get_all},
};
use crate::web::tick::yield_now;

/// Runs that are decoded before the browser gets its turn: some milliseconds of work.
const RUNS_AT_ONCE: usize = 500;
/// Points that are decoded before the browser gets its turn.
const POINTS_AT_ONCE: usize = 500_000;

/// What a source holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contents {
    /// Its experiments, those in the bin included, by id, each with the number of its runs.
    pub experiments: Vec<(Experiment, u64)>,
    /// Its registered models, by name.
    pub models: Vec<RegisteredModel>,
}

impl Store {
    /// The experiments of a source, those in the bin included, by id.
    pub async fn experiments(&self, source: &str) -> Result<Vec<Experiment>> {
        self.all(Place::Experiments, &below(source, &[])?, "an experiment").await
    }

    /// What sources hold, in their order: experiments by id, each with the number of its runs, and
    /// registered models by name. One transaction, so that a start does not wait for each of them.
    pub async fn contents(&self, sources: &[Source]) -> Result<Vec<Contents>> {
        let tx =
            self.reads(&[Place::Experiments.name(), Place::Runs.name(), Place::RegisteredModels.name()])?;
        let experiments = tx.store(Place::Experiments.name())?;
        let models = tx.store(Place::RegisteredModels.name())?;
        let mut asked = Vec::with_capacity(sources.len());
        for source in sources {
            let range = below(&source.id, &[])?;
            asked.push((get_all(&experiments, Some(&range))?, get_all(&models, Some(&range))?));
        }
        let Some((_, last)) = asked.last() else { return Ok(Vec::new()) };
        last.answered().await;
        let runs = tx.store(Place::Runs.name())?;
        let mut found = Vec::with_capacity(sources.len());
        for (source, (experiments, models)) in sources.iter().zip(&asked) {
            let experiments: Vec<Experiment> = decode_all("an experiment", &experiments.all()?)?;
            let counts = experiments
                .iter()
                .map(|experiment| count(&runs, &below(&source.id, &[&experiment.id])?))
                .collect::<Result<Vec<_>>>()?;
            found.push((experiments, counts, decode_all("a registered model", &models.all()?)?));
        }
        tx.done().await?;
        let counted = |(experiment, count): (Experiment, &Asked)| Ok((experiment, count.number()?));
        found
            .into_iter()
            .map(|(experiments, counts, models)| {
                let experiments = experiments.into_iter().zip(&counts).map(counted).collect::<Result<_>>()?;
                Ok(Contents { experiments, models })
            })
            .collect()
    }

    /// All runs of an experiment, by id.
    pub async fn runs(&self, source: &str, experiment: &str) -> Result<Vec<Run>> {
        let tx = self.reads(&[Place::Runs.name()])?;
        let asked = get_all(&tx.store(Place::Runs.name())?, Some(&below(source, &[experiment])?))?;
        tx.done().await?;
        let values = asked.all()?;
        let mut runs = Vec::with_capacity(values.length() as usize);
        for (at, value) in values.iter().enumerate() {
            if at % RUNS_AT_ONCE == RUNS_AT_ONCE - 1 {
                yield_now().await;
            }
            if let Some(bytes) = bytes_of(&value) {
                runs.push(decode("a run", &bytes)?);
            }
        }
        Ok(runs)
    }

    /// All runs of a source, experiment by experiment.
    pub async fn all_runs(&self, source: &str) -> Result<Vec<Run>> {
        self.all(Place::Runs, &below(source, &[])?, "a run").await
    }

    /// Where the sync of a live source stands; empty before its first.
    pub async fn cursor(&self, source: &str) -> Result<Vec<u8>> {
        let tx = self.reads(&[Place::Cursors.name()])?;
        let asked = get(&tx.store(Place::Cursors.name())?, &js_key(source, &Key::cursor()))?;
        tx.done().await?;
        Ok(asked.bytes()?.unwrap_or_default())
    }

    /// One run, wherever it is in its source.
    pub async fn run(&self, source: &str, run: &str) -> Result<Option<Run>> {
        let tx = self.reads(&[Place::RunPlaces.name(), Place::Runs.name()])?;
        let asked = get(&tx.store(Place::RunPlaces.name())?, &js_key(source, &Key::run_place(run)))?;
        asked.answered().await;
        let Some(place) = asked.bytes()? else {
            return Ok(None);
        };
        let experiment = String::from_utf8_lossy(&place);
        let asked = get(&tx.store(Place::Runs.name())?, &js_key(source, &Key::run(&experiment, run)))?;
        tx.done().await?;
        decode_one("a run", &asked)
    }

    /// These runs, as far as they are in the source, in any order.
    pub async fn some_runs(&self, source: &str, ids: &[String]) -> Result<Vec<Run>> {
        let tx = self.reads(&[Place::RunPlaces.name(), Place::Runs.name()])?;
        let (places, runs) = (tx.store(Place::RunPlaces.name())?, tx.store(Place::Runs.name())?);
        let mut asked = Vec::with_capacity(ids.len());
        for id in ids {
            asked.push((id, get(&places, &js_key(source, &Key::run_place(id)))?));
        }
        // Asked last, answered last.
        let Some((_, last)) = asked.last() else { return Ok(Vec::new()) };
        last.answered().await;
        let mut found = Vec::with_capacity(ids.len());
        for (id, place) in asked {
            if let Some(place) = place.bytes()? {
                let experiment = String::from_utf8_lossy(&place).into_owned();
                found.push(get(&runs, &js_key(source, &Key::run(&experiment, id)))?);
            }
        }
        tx.done().await?;
        found.iter().filter_map(|asked| decode_one("a run", asked).transpose()).collect()
    }

    /// Histories, read in one transaction, in the order of `keys`; `None` where there is none.
    pub async fn histories(&self, keys: &[HistoryKey]) -> Result<Vec<Option<History>>> {
        let tx = self.reads(&[Place::Histories.name()])?;
        let store = tx.store(Place::Histories.name())?;
        let mut packs: BTreeMap<(&str, &str), Asked> = BTreeMap::new();
        let mut blocks = Vec::with_capacity(keys.len());
        for key in keys {
            if let Entry::Vacant(entry) = packs.entry((&key.source, &key.run)) {
                entry.insert(get(&store, &js_key(&key.source, &Key::histories(&key.run)))?);
            }
            blocks.push(get(&store, &js_key(&key.source, &Key::history(&key.run, &key.metric)))?);
        }
        tx.done().await?;
        decode_histories(keys, &packs, &blocks).await
    }

    /// The artifact entries of a run or a logged model, by path.
    pub async fn artifacts(&self, source: &str, owner: &ArtifactOwner) -> Result<Vec<ArtifactEntry>> {
        let tx = self.reads(&[Place::Artifacts.name()])?;
        let key = js_key(source, &Key::artifacts(owner.id()));
        let asked = get(&tx.store(Place::Artifacts.name())?, &key)?;
        tx.done().await?;
        Ok(decode_one("an artifact list", &asked)?.unwrap_or_default())
    }

    /// The artifact entries of all runs and logged models of a source.
    pub async fn all_artifacts(&self, source: &str) -> Result<Vec<ArtifactEntry>> {
        let range = below(source, &[])?;
        let lists: Vec<Vec<ArtifactEntry>> = self.all(Place::Artifacts, &range, "an artifact list").await?;
        Ok(lists.into_iter().flatten().collect())
    }

    /// The bytes of an artifact; `None` if they were not kept.
    pub async fn artifact_file(
        &self,
        source: &str,
        owner: &ArtifactOwner,
        path: &str,
    ) -> Result<Option<Vec<u8>>> {
        let tx = self.reads(&[Place::ArtifactFiles.name()])?;
        let key = js_key(source, &Key::artifact_file(owner.id(), path));
        let asked = get(&tx.store(Place::ArtifactFiles.name())?, &key)?;
        tx.done().await?;
        asked.bytes()
    }

    /// The logged models of a source, by id.
    pub async fn logged_models(&self, source: &str) -> Result<Vec<LoggedModel>> {
        self.all(Place::LoggedModels, &below(source, &[])?, "a logged model").await
    }

    /// The registered models of a source, by name.
    pub async fn registered_models(&self, source: &str) -> Result<Vec<RegisteredModel>> {
        self.all(Place::RegisteredModels, &below(source, &[])?, "a registered model").await
    }

    /// The versions of all registered models of a source, by (name, number).
    pub async fn model_versions(&self, source: &str) -> Result<Vec<ModelVersion>> {
        let range = below(source, &[])?;
        let mut versions: Vec<ModelVersion> = self.all(Place::Versions, &range, "a model version").await?;
        let number = |version: &ModelVersion| version.version.parse::<u64>().unwrap_or(u64::MAX);
        versions.sort_by(|a, b| (&a.name, number(a), &a.version).cmp(&(&b.name, number(b), &b.version)));
        Ok(versions)
    }

    /// Every note of the last import of a source, in the order in which they came.
    pub async fn notes(&self, source: &str) -> Result<Vec<Note>> {
        let blocks: Vec<Vec<Note>> = self.all(Place::Notes, &below(source, &[])?, "a block of notes").await?;
        Ok(blocks.into_iter().flatten().collect())
    }
}

async fn decode_histories(
    keys: &[HistoryKey],
    packs: &BTreeMap<(&str, &str), Asked>,
    blocks: &[Asked],
) -> Result<Vec<Option<History>>> {
    let mut unpacked: BTreeMap<(&str, &str), BTreeMap<String, Vec<u8>>> = BTreeMap::new();
    for (run, asked) in packs {
        if let Some(bytes) = asked.bytes()? {
            let pack = decode_pack(&bytes).map_err(|error| StoreError::from_stored("histories", &error))?;
            unpacked.insert(*run, pack);
        }
    }
    let mut histories = Vec::with_capacity(keys.len());
    let mut points = 0;
    for (key, asked) in keys.iter().zip(blocks) {
        let large = asked.bytes()?;
        let pack = unpacked.get(&(key.source.as_str(), key.run.as_str()));
        let small = pack.and_then(|pack| pack.get(&key.metric));
        let Some(block) = large.as_ref().or(small) else {
            histories.push(None);
            continue;
        };
        let history = codec::decode(block).map_err(|error| StoreError::from_codec(&key.metric, &error))?;
        points += history.len();
        histories.push(Some(history));
        if points > POINTS_AT_ONCE {
            points = 0;
            yield_now().await;
        }
    }
    Ok(histories)
}

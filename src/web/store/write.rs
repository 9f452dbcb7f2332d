use std::{cell::RefCell, collections::BTreeMap};

use runatlas_core::{
    job::ingest::{Batch, Found, Ingest, Key, Place, Writes},
    model::{ArtifactEntry, ArtifactFile, ImportReport, Millis, Source, SourceState, stored},
    read::Record,
};
use wasm_bindgen::JsValue;
use web_sys::IdbObjectStore;

use super::{
    Result, Store, StoreError, decode_one, js_key, schema,
    transaction::{Asked, Tx, below, between, bytes_of, delete, get, get_all, put_bytes},
};
use crate::web::now;

/// What a batch did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The source as it is now.
    pub source: Source,
}

impl Store {
    /// Gives a source another name.
    pub async fn rename_source(&self, source: &str, name: &str) -> Result<()> {
        let name = name.to_owned();
        self.change_source(source, |source| source.name = name).await?;
        Ok(())
    }

    /// Deletes a source with all that it holds, in one transaction.
    pub async fn delete_source(&self, source: &str) -> Result<()> {
        let tx = self.writes(&all_stores())?;
        for place in Place::ALL {
            delete(&tx.store(place.name())?, &below(source, &[])?.into())?;
        }
        delete(&tx.store(schema::SOURCES)?, &JsValue::from_str(source))?;
        tx.done().await?;
        self.connection.announce(source);
        Ok(())
    }

    /// Adds a source, or begins to import one again: it counts as being imported until
    /// [`Self::finish_import`].
    pub async fn begin_import(&self, source: &Source) -> Result<Source> {
        let tx = self.writes(&[schema::SOURCES])?;
        let store = tx.store(schema::SOURCES)?;
        let key = JsValue::from_str(&source.id);
        let asked = get(&store, &key)?;
        asked.answered().await;
        let mut begun: Source = decode_one("a source", &asked)?.unwrap_or_else(|| source.clone());
        begun.state = SourceState::Importing;
        begun.imports += 1;
        begun.updated = now();
        begun.file_name.clone_from(&source.file_name);
        put_source(&store, &begun)?;
        tx.done().await?;
        self.connection.announce(&begun.id);
        Ok(begun)
    }

    /// Writes a batch in one transaction, merged with what is there. If it fails, nothing of it is
    /// in, and what was stored before is untouched.
    pub async fn write(&self, source: &str, ingest: &RefCell<Ingest>, batch: Batch) -> Result<Written> {
        self.write_at(source, ingest, batch, Some(now())).await
    }

    /// Keeps the bytes of an artifact, in one transaction with its entry and the size of its source.
    pub async fn keep_file(&self, source: &str, file: ArtifactFile) -> Result<Written> {
        let (owner, path, size) = (file.owner.clone(), file.path.clone(), file.bytes.len() as u64);
        let entry = ArtifactEntry { owner, path, size, kept: true };
        // Whatever lies there is looked at, as when a source is imported again.
        let mut ingest = Ingest::new(2);
        let mut batch = Batch::default();
        ingest.take(vec![Record::ArtifactFile(file), Record::Artifact(entry)], &mut batch);
        self.write_at(source, &RefCell::new(ingest), batch, None).await
    }

    async fn write_at(
        &self,
        source: &str,
        ingest: &RefCell<Ingest>,
        batch: Batch,
        updated: Option<Millis>,
    ) -> Result<Written> {
        let tx = self.writes(&all_stores())?;
        match write_batch(&tx, source, ingest, batch, updated).await {
            Ok(source) => {
                tx.done().await?;
                Ok(Written { source })
            }
            Err(error) => {
                tx.abort();
                // The browser's reason for a failed request is better than what we made of it.
                Err(tx.done().await.err().filter(|e| *e == StoreError::Quota).unwrap_or(error))
            }
        }
    }

    /// Ends an import: the source says how it ended and what it reported, and notes of earlier
    /// imports go.
    pub async fn finish_import(
        &self,
        source: &str,
        state: SourceState,
        report: ImportReport,
    ) -> Result<Source> {
        let tx = self.writes(&[schema::SOURCES, Place::Notes.name()])?;
        let (store, notes) = (tx.store(schema::SOURCES)?, tx.store(Place::Notes.name())?);
        let asked = get(&store, &JsValue::from_str(source))?;
        asked.answered().await;
        let mut finished: Source = decode_one("a source", &asked)?.ok_or(StoreError::Gone)?;
        let (first, current) = (Key::notes(0, 0), Key::notes(finished.imports, 0));
        let old_notes = between(source, &first.parts, &current.parts)?;
        let old = get_all(&notes, Some(&old_notes))?;
        old.answered().await;
        let blocks = old.all()?;
        let sizes = blocks.iter().filter_map(|block| bytes_of(&block)).map(|bytes| bytes.len() as i64);
        let old_bytes: i64 = sizes.map(|size| size + first.size()).sum();
        delete(&notes, &old_notes.into())?;
        finished.bytes = finished.bytes.saturating_add_signed(-old_bytes);
        finished.state = state;
        finished.report = report;
        finished.updated = now();
        put_source(&store, &finished)?;
        tx.done().await?;
        self.connection.announce(source);
        Ok(finished)
    }

    /// Notes that the source was asked just now and had nothing new.
    pub async fn touch(&self, source: &str) -> Result<()> {
        let tx = self.writes(&[schema::SOURCES])?;
        let store = tx.store(schema::SOURCES)?;
        let asked = get(&store, &JsValue::from_str(source))?;
        asked.answered().await;
        let mut touched: Source = decode_one("a source", &asked)?.ok_or(StoreError::Gone)?;
        touched.updated = now();
        put_source(&store, &touched)?;
        tx.done().await
    }

    /// Adds a source that nothing was read of yet.
    pub async fn add_source(&self, source: &Source) -> Result<()> {
        let tx = self.writes(&[schema::SOURCES])?;
        put_source(&tx.store(schema::SOURCES)?, source)?;
        tx.done().await?;
        self.connection.announce(&source.id);
        Ok(())
    }

    /// Tells the page and other tabs which runs of a source were written.
    pub fn announce_runs(&self, source: &str, runs: &[String]) {
        if !runs.is_empty() {
            self.connection.announce(&format!("{source}\n{}", runs.join("\n")));
        }
    }

    async fn change_source(&self, source: &str, change: impl FnOnce(&mut Source)) -> Result<Source> {
        let tx = self.writes(&[schema::SOURCES])?;
        let store = tx.store(schema::SOURCES)?;
        let asked = get(&store, &JsValue::from_str(source))?;
        asked.answered().await;
        let mut changed: Source = decode_one("a source", &asked)?.ok_or(StoreError::Gone)?;
        change(&mut changed);
        put_source(&store, &changed)?;
        tx.done().await?;
        self.connection.announce(source);
        Ok(changed)
    }
}

async fn write_batch(
    tx: &Tx,
    source: &str,
    ingest: &RefCell<Ingest>,
    batch: Batch,
    updated: Option<Millis>,
) -> Result<Source> {
    let mut stores = BTreeMap::new();
    for place in Place::ALL {
        stores.insert(place, tx.store(place.name())?);
    }
    let sources = tx.store(schema::SOURCES)?;
    let wants = ingest.borrow().wants(&batch);
    let mut asked: Vec<(Key, Asked)> = Vec::with_capacity(wants.len());
    for key in wants {
        if let Some(store) = stores.get(&key.place) {
            let request = get(store, &js_key(source, &key))?;
            asked.push((key, request));
        }
    }
    // Asked last, so that all answers are there when this one is.
    let record = get(&sources, &JsValue::from_str(source))?;
    record.answered().await;
    let mut record: Source = decode_one("a source", &record)?.ok_or(StoreError::Gone)?;
    let found = found(asked)?;
    let writes = ingest.borrow_mut().write(batch, &found);
    let writes = writes.map_err(|error| StoreError::from_stored("what is being imported", &error))?;
    put_all(&stores, source, &writes)?;
    record.counts = writes.counts.apply(&record.counts);
    record.bytes = record.bytes.saturating_add_signed(writes.bytes);
    record.updated = updated.unwrap_or(record.updated);
    put_source(&sources, &record)?;
    Ok(record)
}

fn found(asked: Vec<(Key, Asked)>) -> Result<Found> {
    let mut found = Found::new();
    for (key, request) in asked {
        if let Some(bytes) = request.bytes()? {
            found.insert(key, bytes);
        }
    }
    Ok(found)
}

fn put_all(stores: &BTreeMap<Place, IdbObjectStore>, source: &str, writes: &Writes) -> Result<()> {
    for (key, bytes) in &writes.puts {
        if let Some(store) = stores.get(&key.place) {
            put_bytes(store, &js_key(source, key), bytes)?;
        }
    }
    Ok(())
}

fn put_source(store: &IdbObjectStore, source: &Source) -> Result<()> {
    let bytes = stored::encode(source).map_err(|error| StoreError::from_stored("a source", &error))?;
    put_bytes(store, &JsValue::from_str(&source.id), &bytes)?;
    Ok(())
}

fn all_stores() -> Vec<&'static str> {
    let mut names = vec![schema::SOURCES];
    names.extend(Place::ALL.map(Place::name));
    names
}

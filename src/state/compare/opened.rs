use std::sync::Arc;

use leptos::{prelude::*, task::spawn_local};
use runatlas_core::{
    compare::{CompareOptions, Comparison, Entry, Subject},
    format,
    job::{self, CompareFile, CompareFrom, CompareJob, CompareStep, Event, Packed},
    link::RunKey,
    model::{ArtifactEntry, Run},
};

use super::{Content, Pair, bytes::SMALL, known::Known};
use crate::{
    state::{App, FileState, OpenArtifact},
    web::{
        tick::yield_now,
        worker::{ImportHandle, start_comparison},
    },
};

/// What is compared, opened.
#[derive(Clone, Copy)]
pub struct OpenPair {
    /// On the left.
    pub left: OpenSide,
    /// On the right.
    pub right: OpenSide,
    /// What came of it.
    pub compared: RwSignal<Compared>,
    subject: StoredValue<Subject>,
    worker: StoredValue<Option<ImportHandle>, LocalStorage>,
    /// Raised by each comparison: one that was overtaken is thrown away.
    turn: StoredValue<u64>,
    known: Known,
    pub(super) app: App,
}

/// One side of it.
#[derive(Clone, Copy)]
pub struct OpenSide {
    /// The file on its way; `None` for what is no file, and where there is none.
    pub file: Option<OpenArtifact<Content>>,
    /// As it is listed, if it is a file.
    pub entry: StoredValue<Option<ArtifactEntry>>,
    /// The source of its run.
    pub source: StoredValue<String>,
    /// What is no file, as text under a name.
    text: StoredValue<Option<(String, Arc<Vec<u8>>)>>,
}

/// How a comparison stands.
#[derive(Debug, Clone)]
pub enum Compared {
    /// A file is still to come.
    Waiting,
    /// It is being made.
    Working(CompareStep),
    /// Here it is.
    Ready(Arc<Comparison>),
    /// A person stopped it.
    Stopped,
    /// It could not be made; why, as a sentence.
    Failed(String),
}

impl OpenPair {
    /// Opens both sides of an entry; ends with the scope that it is called in.
    pub(super) fn new(app: App, known: Known, pair: &Pair, entry: &Entry) -> Self {
        let side = |run: &Run, key: &RunKey, file: &Option<ArtifactEntry>| {
            let text = entry.subject.text_of(run).filter(|(_, text)| !text.is_empty());
            OpenSide {
                file: file.clone().map(|file| app.artifacts.open(key, file)),
                entry: StoredValue::new(file.clone()),
                source: StoredValue::new(key.source.clone()),
                text: StoredValue::new(
                    text.map(|(name, text)| (name.to_owned(), Arc::new(text.into_bytes()))),
                ),
            }
        };
        let pair = Self {
            left: side(&pair.left.run, &pair.left_key, &entry.left),
            right: side(&pair.right.run, &pair.right_key, &entry.right),
            compared: RwSignal::new(Compared::Waiting),
            subject: StoredValue::new(entry.subject.clone()),
            worker: StoredValue::new_local(None),
            turn: StoredValue::new(0),
            known,
            app,
        };
        on_cleanup(move || pair.end());
        pair
    }

    /// Compares both sides as soon as they are here, and again when what counts as equal changes.
    pub fn follow(self, options: Memo<CompareOptions>) {
        Effect::new(move |_| {
            let options = options.get();
            self.end();
            match (self.left.ready().file(), self.right.ready().file()) {
                (Ok(left), Ok(right)) => self.begin(left, right, options),
                _ => self.set(Compared::Waiting),
            }
        });
    }

    /// Compares anew, after it was stopped or failed.
    pub fn again(self, options: Memo<CompareOptions>) {
        if let (Ok(left), Ok(right)) = untrack(|| (self.left.ready().file(), self.right.ready().file())) {
            self.begin(left, right, options.get_untracked());
        }
    }

    /// Stops a comparison that takes long.
    pub fn stop(self) {
        self.end();
        self.set(Compared::Stopped);
    }

    fn begin(self, left: Option<CompareFile>, right: Option<CompareFile>, options: CompareOptions) {
        let turn = self.turn.get_value() + 1;
        self.turn.set_value(turn);
        let is_small = |file: &Option<CompareFile>| {
            file.as_ref().is_none_or(|file| file.given().is_some_and(|bytes| bytes.len() as u64 <= SMALL))
        };
        let is_here = is_small(&left) && is_small(&right);
        let job = CompareJob { left, right, options };
        if is_here {
            spawn_local(async move {
                yield_now().await;
                if self.turn.try_get_value() == Some(turn) {
                    self.done(job.run());
                }
            });
            return;
        }
        self.set(Compared::Working(CompareStep::Reading));
        let handle = start_comparison(job, move |event| match event {
            Event::Comparing(step) => self.set(Compared::Working(step)),
            Event::Compared(Packed(bytes)) => match job::decode(&bytes) {
                Some(comparison) => self.done(comparison),
                None => self.set(Compared::Failed(
                    "The answer of the worker could not be read. Reload the page.".to_owned(),
                )),
            },
            Event::Failed { message } => self.set(Compared::Failed(format::sentence(&message))),
            _ => {}
        });
        // The screen may be gone by now.
        if self.worker.try_set_value(Some(handle.clone())).is_some() {
            handle.end();
        }
    }

    fn done(self, comparison: Comparison) {
        if let Some(subject) = self.subject.try_get_value() {
            self.known.learn(&subject, comparison.same_bytes);
        }
        self.set(Compared::Ready(Arc::new(comparison)));
    }

    fn end(self) {
        let _ = self.turn.try_update_value(|turn| *turn += 1);
        if let Some(Some(handle)) = self.worker.try_update_value(Option::take) {
            handle.end();
        }
    }

    fn set(self, state: Compared) {
        let _ = self.compared.try_set(state);
    }
}

impl OpenSide {
    /// Whether this side has it at all.
    pub fn is_there(self) -> bool {
        self.file.is_some() || self.text.with_value(Option::is_some)
    }

    /// What is to be compared.
    fn ready(self) -> Ready {
        if let Some((path, bytes)) = self.text.get_value() {
            return Ready::File(CompareFile { path, from: given(&bytes) });
        }
        let (Some(file), Some(entry)) = (self.file, self.entry.get_value()) else { return Ready::Nothing };
        let path = entry.path.clone();
        file.state.with(|state| match state {
            FileState::Ready(Content::Here(bytes)) => Ready::File(CompareFile { path, from: given(bytes) }),
            FileState::Ready(Content::Stored) => {
                let source = self.source.get_value();
                let from = CompareFrom::Stored { source, owner: entry.owner, path: entry.path };
                Ready::File(CompareFile { path, from })
            }
            _ => Ready::Coming,
        })
    }
}

/// A side, as far as comparing is concerned.
enum Ready {
    /// It is not here yet, or cannot be had.
    Coming,
    /// The run has no such thing.
    Nothing,
    /// Here it is.
    File(CompareFile),
}

impl Ready {
    /// What is compared; the error is that it is not here.
    fn file(self) -> Result<Option<CompareFile>, ()> {
        match self {
            Self::Coming => Err(()),
            Self::Nothing => Ok(None),
            Self::File(file) => Ok(Some(file)),
        }
    }
}

fn given(bytes: &Arc<Vec<u8>>) -> CompareFrom {
    CompareFrom::Given(Packed(bytes.as_ref().clone()))
}

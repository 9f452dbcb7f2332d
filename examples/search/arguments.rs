use std::{ffi::OsString, path::PathBuf};

use runatlas_core::query::{Search, View};

pub(crate) const USAGE: &str = "usage: search PATH [--experiment ID]... [--filter TEXT] \
                                [--order-by TEXT]... [--view active|deleted|all] [--extended]";

/// What the command line asks for.
pub(crate) struct Arguments {
    pub(crate) path: PathBuf,
    pub(crate) search: Search,
}

impl Arguments {
    /// Reads the words after the program's name; the error says which is wrong.
    pub(crate) fn read(words: impl Iterator<Item = OsString>) -> Result<Self, String> {
        let mut path = None;
        let mut search = Search::default();
        let mut words = words;
        while let Some(word) = words.next() {
            let Some(option) = word.to_str().filter(|word| word.starts_with("--")) else {
                if path.replace(PathBuf::from(word)).is_some() {
                    return Err("there is more than one PATH".to_owned());
                }
                continue;
            };
            let (name, given) = match option.split_once('=') {
                Some((name, value)) => (name, Some(value.to_owned())),
                None => (option, None),
            };
            let mut value = || {
                given
                    .clone()
                    .or_else(|| words.next().and_then(|word| word.into_string().ok()))
                    .ok_or_else(|| format!("{name} needs a value, as text"))
            };
            match name {
                "--experiment" => search.experiments.get_or_insert_default().push(value()?),
                "--filter" => search.filter = value()?,
                "--order-by" => search.order_by.push(value()?),
                "--view" => search.view = view(&value()?)?,
                "--extended" => search.extended = true,
                _ => return Err(format!("{name} is no option")),
            }
        }
        let path = path.ok_or("there is no PATH")?;
        Ok(Self { path, search })
    }
}

fn view(word: &str) -> Result<View, String> {
    match word {
        "active" => Ok(View::Active),
        "deleted" => Ok(View::Deleted),
        "all" => Ok(View::All),
        _ => Err(format!("--view is active, deleted or all, not {word:?}")),
    }
}

use std::{
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet},
};

use regex_lite::RegexBuilder;

use super::{Board, CardId};
use crate::{model::Run, table::natural};

/// The cards of a board for some runs, in sections.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sheet {
    /// Pinned cards, added cards, then metrics without a prefix, by prefix, MLflow's system metrics
    /// last. None is empty.
    pub sections: Vec<Section>,
    /// How many metrics the runs have, whatever was searched for.
    pub metrics: usize,
    /// How many cards of these runs a person hid.
    pub hidden: usize,
    /// Why the search is not a regular expression.
    pub trouble: Option<String>,
}

/// Names a section, also in links.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SectionId(String);

impl SectionId {
    /// Cards that a person pinned.
    pub fn pinned() -> Self {
        // The prefix of a metric has no slash.
        Self("/pinned".to_owned())
    }

    /// Cards that a person added.
    pub fn added() -> Self {
        Self("/added".to_owned())
    }

    /// Metrics that have a prefix in common; empty for those without one.
    pub fn of_prefix(prefix: &str) -> Self {
        Self(prefix.to_owned())
    }

    /// As text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Cards under a heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Which.
    pub id: SectionId,
    /// Its cards, in order.
    pub cards: Vec<CardRef>,
}

impl Section {
    /// Its heading.
    pub fn title(&self) -> &str {
        match self.id.as_str() {
            "/pinned" => "Pinned",
            "/added" => "Added charts",
            "" => "Metrics",
            prefix => prefix,
        }
    }

    /// Its cards, each once, whatever they are split by.
    pub fn ids(&self) -> Vec<CardId> {
        let mut ids: Vec<CardId> = self.cards.iter().map(|card| card.id.clone()).collect();
        ids.dedup();
        ids
    }
}

/// A card, or the part of it that shows the runs of one facet.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CardRef {
    /// Which card.
    pub id: CardId,
    /// The value of the facet column whose runs it shows; `None` for all runs.
    pub facet: Option<String>,
}

impl From<CardId> for CardRef {
    fn from(id: CardId) -> Self {
        Self { id, facet: None }
    }
}

impl Sheet {
    /// The cards for these runs. `facets`: the values of the facet column among them, in order;
    /// empty where there is no such column.
    pub fn of<'a>(runs: impl IntoIterator<Item = &'a Run>, board: &Board, facets: &[String]) -> Self {
        let mut metrics: BTreeSet<&str> = BTreeSet::new();
        for metric in runs.into_iter().flat_map(|run| &run.metrics) {
            metrics.insert(&metric.key);
        }
        let (search, trouble) = match Search::of(board) {
            Ok(search) => (search, None),
            Err(reason) => (Search::All, Some(reason)),
        };
        let mut sheet = Self { metrics: metrics.len(), trouble, ..Self::default() };
        let mut groups: BTreeMap<&str, Vec<CardId>> = BTreeMap::new();
        let mut pinned = Vec::new();
        for metric in metrics {
            let id = CardId::Metric(metric.to_owned());
            if board.layout.hidden.contains(&id) {
                sheet.hidden += 1;
            } else if !search.finds(metric) {
            } else if board.layout.is_pinned(&id) {
                pinned.push(id);
            } else {
                groups.entry(prefix(metric)).or_default().push(id);
            }
        }
        let mut added = Vec::new();
        for made in &board.made {
            let id = CardId::Made(made.number);
            if search.finds(&made.heading()) {
                if board.layout.is_pinned(&id) { &mut pinned } else { &mut added }.push(id);
            }
        }
        let place = |card: &CardId| board.layout.pinned.iter().position(|other| other == card);
        pinned.sort_by_key(place);
        let mut groups: Vec<(&str, Vec<CardId>)> = groups.into_iter().collect();
        groups.sort_by(|(a, _), (b, _)| by_prefix(a, b));
        let metrics = groups.into_iter().map(|(prefix, mut cards)| {
            cards.sort_by(|a, b| natural(text(a), text(b)));
            (SectionId::of_prefix(prefix), cards)
        });
        let all = [(SectionId::pinned(), pinned), (SectionId::added(), added)].into_iter().chain(metrics);
        for (id, mut cards) in all.filter(|(_, cards)| !cards.is_empty()) {
            if id != SectionId::pinned() {
                board.layout.arrange(&mut cards);
            }
            let cards = cards.into_iter().flat_map(|card| parts(card, board, facets)).collect();
            sheet.sections.push(Section { id, cards });
        }
        sheet
    }

    /// How many cards there are.
    pub fn len(&self) -> usize {
        self.sections.iter().map(|section| section.cards.len()).sum()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.sections.is_empty()
    }

    /// The section that a card is in.
    pub fn section_of(&self, card: &CardId) -> Option<&Section> {
        self.sections.iter().find(|section| section.cards.iter().any(|there| there.id == *card))
    }

    /// The card `by` places further, over the ends of sections; `None` beyond the last or where the
    /// card is not there.
    pub fn neighbor(&self, card: &CardId, by: isize) -> Option<CardId> {
        let all: Vec<CardId> = self.sections.iter().flat_map(Section::ids).collect();
        let at = all.iter().position(|other| other == card)?;
        all.get(at.checked_add_signed(by)?).cloned()
    }
}

/// A line card is split by the facets, others see all runs.
fn parts(id: CardId, board: &Board, facets: &[String]) -> Vec<CardRef> {
    let is_line = matches!(board.kind(&id), Some(super::CardKind::Line { .. }));
    if facets.is_empty() || !is_line {
        return vec![id.into()];
    }
    facets.iter().map(|facet| CardRef { id: id.clone(), facet: Some(facet.clone()) }).collect()
}

enum Search {
    All,
    Words(Vec<String>),
    Regex(regex_lite::Regex),
}

impl Search {
    fn of(board: &Board) -> Result<Self, String> {
        let text = board.search.trim();
        if text.is_empty() {
            return Ok(Self::All);
        }
        if !board.is_regex {
            return Ok(Self::Words(text.to_lowercase().split_whitespace().map(str::to_owned).collect()));
        }
        let built = RegexBuilder::new(text).case_insensitive(true).build();
        built.map(Self::Regex).map_err(|error| format!("{text} is not a regular expression: {error}"))
    }

    fn finds(&self, title: &str) -> bool {
        match self {
            Self::All => true,
            Self::Words(words) => {
                let title = title.to_lowercase();
                words.iter().all(|word| title.contains(word.as_str()))
            }
            Self::Regex(regex) => regex.is_match(title),
        }
    }
}

fn text(card: &CardId) -> &str {
    match card {
        CardId::Metric(metric) => metric,
        CardId::Made(_) => "",
    }
}

fn prefix(metric: &str) -> &str {
    metric.split_once('/').map_or("", |(prefix, _)| prefix)
}

fn by_prefix(a: &str, b: &str) -> Ordering {
    let is_system = |prefix: &str| prefix == "system";
    is_system(a).cmp(&is_system(b)).then_with(|| natural(a, b))
}

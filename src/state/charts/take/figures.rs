//! Cards that are no line charts, to take away.

use leptos::prelude::*;
use runatlas_core::{
    board::{CardId, CardKind},
    figure::{self, Figure, FigureSpec, FigureTable, Paper, Prepared},
};

use super::{Charts, Take, file_name};
use crate::{
    state::FigureRuns,
    web::{self, download},
};

impl Charts {
    /// Takes a figure away.
    pub fn take_figure(&self, card: &CardId, how: Take) {
        let title = self.title(&card.clone().into());
        let name = file_name(&title);
        match how {
            Take::Shown | Take::All => {
                let Some(table) = self.figure_table(card, how == Take::All) else { return };
                let part = if how == Take::All { "all" } else { "shown" };
                let text = table.csv();
                self.saved(download::save(&format!("{name}-{part}.csv"), "text/csv", text.as_bytes()));
            }
            Take::Svg | Take::Png(_) | Take::CopyPng => {
                let Some(paper) = self.paper(card, &title) else { return };
                self.take_picture(how, title, paper.svg, (paper.width, paper.height));
            }
        }
    }

    /// What a figure shows as a table, or all that its runs have in its columns. `None` for a card
    /// that is no figure.
    pub fn figure_table(&self, card: &CardId, all: bool) -> Option<FigureTable> {
        let (kind, runs) = (self.kind(&card.clone().into())?, self.figure_runs_now(card));
        let offset = runs.utc_offset_minutes();
        let runs = runs.core();
        if all {
            FigureTable::of_all(&kind, &runs, offset)
        } else {
            FigureTable::of(&kind, &runs, &Prepared::of(&kind, &runs), offset)
        }
    }

    fn paper(&self, card: &CardId, title: &str) -> Option<Paper> {
        let (kind, runs) = (self.kind(&card.clone().into())?, self.figure_runs_now(card));
        let figure = on_paper(&kind, &runs)?;
        Some(self.palette.with(|palette| figure.paper(title, palette)))
    }
}

impl FigureRuns {
    /// Minutes that local time was ahead of UTC when the first of them started.
    pub fn utc_offset_minutes(&self) -> i32 {
        let first = self.runs.iter().find_map(|(run, _)| run.run.start_time);
        web::utc_offset_minutes(first.unwrap_or_default())
    }
}

fn on_paper(kind: &CardKind, runs: &FigureRuns) -> Option<Figure> {
    let utc_offset_minutes = runs.utc_offset_minutes();
    let runs = runs.core();
    let prepared = Prepared::of(kind, &runs);
    let (width, height) = figure::paper_size(kind, &runs, &prepared);
    figure::build(kind, &runs, &prepared, &FigureSpec { width, height, dpr: 1.0, utc_offset_minutes })
}

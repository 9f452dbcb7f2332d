//! Tests of command: what is typed finds what is meant, and keys are written as people know them.

use proptest::prelude::*;
use runatlas_core::command::{Chord, Words, rank};

/// The names in the order in which they are found.
fn found<'a>(typed: &str, names: &[&'a str]) -> Vec<&'a str> {
    let hits = rank(&Words::new(typed), names.iter().map(|name| (*name, 0)), 10);
    hits.iter().map(|hit| names[hit.index]).collect()
}

/// The name with what was typed in brackets.
fn marked(typed: &str, name: &str) -> String {
    let mut out = name.to_owned();
    for mark in Words::new(typed).find(name).unwrap().marks.into_iter().rev() {
        out.insert(mark.end, ']');
        out.insert(mark.start, '[');
    }
    out
}

#[test]
fn what_begins_with_it_goes_before_what_holds_it() {
    assert_eq!(
        found("diff", &["Set baseline for diff", "Copy diff as Markdown", "Diff", "diffusion-unet-64"]),
        ["Diff", "diffusion-unet-64", "Copy diff as Markdown", "Set baseline for diff"]
    );
    assert_eq!(found("run", &["Trunk", "Open a run", "Runs"]), ["Runs", "Open a run", "Trunk"]);
}

#[test]
fn first_letters_of_words_find_it() {
    assert_eq!(found("sac", &["Save all columns", "Stack", "Second-class"])[0], "Save all columns");
    assert_eq!(marked("svac", "Save all columns"), "[S]a[v]e [a]ll [c]olumns");
    assert_eq!(marked("vitS16", "vit-s16"), "[vit]-[s16]");
    assert_eq!(marked("lr4", "mixup-lr5e-4"), "mixup-[lr]5e-[4]");
    assert_eq!(marked("s2", "seed1-seed2"), "seed1-[s]eed[2]");
}

#[test]
fn words_may_stand_in_any_order() {
    assert_eq!(marked("markdown copy", "Copy the table as Markdown"), "[Copy] the table as [Markdown]");
    assert!(found("copy nothing", &["Copy the table"]).is_empty());
}

#[test]
fn letters_in_one_piece_go_before_scattered_ones() {
    assert_eq!(found("loss", &["l-o-s-s", "val_loss", "lots of stress"])[0], "val_loss");
    assert_eq!(marked("loss", "lo-val-loss"), "lo-val-[loss]");
}

#[test]
fn equals_keep_their_order_and_a_bonus_lifts() {
    let hits = rank(&Words::new("seed"), [("seed-1", 0), ("seed-2", 0), ("seed-3", 50)], 10);
    assert_eq!(hits.iter().map(|hit| hit.index).collect::<Vec<_>>(), [2, 0, 1]);
    assert_eq!(rank(&Words::new(""), [("a", 0), ("b", 0)], 1).len(), 1);
}

#[test]
fn letters_of_all_languages_are_found_and_marked_whole() {
    assert_eq!(marked("größe", "Modell-GRÖßE"), "Modell-[GRÖßE]");
    assert_eq!(marked("模", "大模型"), "大[模]型");
    // A letter whose lower case is two letters keeps its place.
    assert_eq!(marked("x", "İx"), "İ[x]");
}

#[test]
fn chords_read_back_and_are_written_for_each_keyboard() {
    for text in ["k", "?", "ctrl+k", "ctrl+shift+z", "shift+x", "arrowdown", "[", "+"] {
        assert_eq!(Chord::parse(text).to_string(), text);
    }
    assert_eq!(Chord::parse("ctrl+shift+z").caps(false), ["Ctrl", "Shift", "Z"]);
    assert_eq!(Chord::parse("ctrl+shift+z").words(true), "⌘ ⇧ Z");
    assert_eq!(Chord::parse(" ").caps(false), ["Space"]);
    assert!(Chord::parse("?").is_single() && Chord::parse("shift+x").is_single());
    assert!(!Chord::parse("ctrl+k").is_single() && !Chord::parse("arrowdown").is_single());
    assert_eq!(Chord::new("?", false, true).without_shift(), Chord::parse("?"));
}

proptest! {
    /// Whatever is typed: it is found exactly in the names that hold each word's letters in order, and what is marked
    /// spells those letters, whole.
    #[test]
    fn a_name_is_found_when_it_holds_the_letters(typed in "[a-cA-C ]{0,6}", name in "[a-cA-C_ é-]{0,14}") {
        let holds = |word: &str| {
            let mut letters = name.chars().map(|c| c.to_ascii_lowercase());
            word.chars().all(|c| letters.any(|letter| letter == c.to_ascii_lowercase()))
        };
        let found = Words::new(&typed).find(&name);
        prop_assert_eq!(found.is_some(), typed.split_whitespace().all(holds));
        if let Some(found) = found {
            let mut end = 0;
            for mark in &found.marks {
                prop_assert!(mark.start >= end && mark.end > mark.start);
                prop_assert!(name.is_char_boundary(mark.start) && name.is_char_boundary(mark.end));
                end = mark.end;
            }
            if let [only] = typed.split_whitespace().collect::<Vec<_>>()[..] {
                let spelt: String = found.marks.iter().map(|mark| &name[mark.clone()]).collect();
                prop_assert_eq!(spelt.to_lowercase(), only.to_lowercase());
            }
        }
    }

    #[test]
    fn no_text_is_too_much(typed in ".{0,80}", name in ".{0,400}") {
        let _ = Words::new(&typed).find(&name);
        let _ = Chord::parse(&typed).caps(true);
    }
}

use std::collections::BTreeMap;

use proptest::prelude::*;
use runatlas_core::chart::Slot;
use runatlas_core::chart::colors::{Shown, assign};

fn shown(ids: &[String]) -> Vec<Shown<'_>> {
    ids.iter().enumerate().map(|(i, id)| Shown { run_id: id, start_time: Some(i as i64) }).collect()
}

fn indices(given: &BTreeMap<String, Slot>) -> Vec<usize> {
    given.values().map(|slot| slot.index()).collect()
}

#[test]
fn the_preferred_slot_is_fnv_1a() {
    // FNV-1a, 32 bits: the empty text is 0x811c9dc5, "a" is 0xe40c292c, "foobar" is 0xbf9cf968.
    assert_eq!(Slot::preferred("").index(), 5);
    assert_eq!(Slot::preferred("a").index(), 4);
    assert_eq!(Slot::preferred("foobar").index(), 0);
}

#[test]
fn the_earlier_run_chooses_first() {
    // The same preference, by the same last letter's low bits.
    let (early, late, timeless) = ("xa", "xi", "xq");
    assert_eq!(Slot::preferred(early), Slot::preferred(late));
    assert_eq!(Slot::preferred(early), Slot::preferred(timeless));
    let preferred = Slot::preferred(early).index();
    let visible = [
        Shown { run_id: timeless, start_time: None },
        Shown { run_id: late, start_time: Some(2) },
        Shown { run_id: early, start_time: Some(1) },
    ];
    let given = assign(&visible, &BTreeMap::new());
    assert_eq!(given[early].index(), preferred);
    assert_eq!(given[late].index(), (preferred + 3) % 8);
    assert_eq!(given[timeless].index(), (preferred + 6) % 8);
}

#[test]
fn what_has_a_slot_keeps_it_and_blocks_it_while_it_is_shown() {
    let existing =
        BTreeMap::from([("xa".to_owned(), Slot::new(11)), ("xb".to_owned(), Slot::preferred("xi"))]);
    let ids = ["xa", "xb", "xi"].map(str::to_owned);
    let given = assign(&shown(&ids), &existing);
    assert_eq!(given.keys().collect::<Vec<_>>(), ["xi"]);
    assert_ne!(given["xi"], existing["xb"]);
    // A hidden run blocks nothing.
    let given = assign(&shown(&ids[2..]), &existing);
    assert_eq!(given["xi"], Slot::preferred("xi"));
}

#[test]
fn eight_plain_eight_dashed_then_again() {
    let ids: Vec<String> = (0..40).map(|i| format!("run-{i}")).collect();
    let slots = |count: usize| {
        let mut slots = indices(&assign(&shown(&ids[..count]), &BTreeMap::new()));
        slots.sort_unstable();
        slots
    };
    assert_eq!(slots(8), (0..8).collect::<Vec<_>>());
    assert_eq!(slots(16), (0..16).collect::<Vec<_>>());
    let forty = slots(40);
    assert!((0..16).all(|slot| (2..=3).contains(&forty.iter().filter(|&&s| s == slot).count())));
    assert!(!Slot::new(7).dashed() && Slot::new(8).dashed());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn the_order_of_asking_does_not_matter(count in 1..30usize, rotate in 0..30usize) {
        let ids: Vec<String> = (0..count).map(|i| format!("{i:x}{}", i * 7919)).collect();
        let visible = shown(&ids);
        let mut rotated = visible.clone();
        rotated.rotate_left(rotate % count);
        prop_assert_eq!(assign(&visible, &BTreeMap::new()), assign(&rotated, &BTreeMap::new()));
    }
}

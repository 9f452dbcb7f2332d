//! Links, which anybody can write.

use runatlas_core::link::{Page, decode, encode};

use crate::{mutate, run::Round};

const LINKS: &[&str] = &[
    "#1/home",
    "1/demo",
    "#1/source/s1",
    "#1/models/s1?model=churn%20model",
    "#1/run/s1/e83f4b21?file=figures%2Froc.png",
    "#1/runs/table/s1:0~s2:826374?q=adam",
    "#1/runs/charts/s1:826374?q=adam&life=all&cols=attributes.run_name~metrics.val%2Floss&sort=dmetrics.val%2Floss&open=s1:p1\
     &shown=s1:a~s1:b&base=s1:a&x=wall&metric=val&smooth=0.6&log=val%2Floss&zoom=10~250.5&cfold=train&full=val%2Floss&equal=1\
     &rel=1&key=lr&closed=params",
];

pub(super) fn link() -> Round {
    Box::new(|chance| {
        let mut text = chance.pick(LINKS).as_bytes().to_vec();
        let other = chance.pick(LINKS).as_bytes();
        // The page decides whether the rest is read at all.
        let kept = if chance.one_in(4) { 0 } else { text.iter().position(|&byte| byte == b'?').unwrap_or(0) };
        let mut rest = text.split_off(kept);
        if chance.one_in(2) {
            mutate::bytes(chance, &mut rest, other);
        } else {
            mutate::text(chance, &mut rest, other);
        }
        text.extend(rest);
        let text = String::from_utf8_lossy(&text);
        let view = decode(&text);
        let again = encode(&view);
        assert!(again.is_ascii(), "{again:?}");
        assert_eq!(decode(&again), view, "{text:?} is the same view after another trip: {again:?}");
        view.page != Page::Home
    })
}

use super::series;
use runatlas_core::chart::{ChartSpec, Scene, XAxis, summary, x_words};

#[test]
fn an_x_reads_as_its_axis() {
    assert_eq!(x_words(XAxis::Step, 18_772.0, 0), "18,772");
    assert_eq!(x_words(XAxis::RelativeTime, 6_185_000.0, 0), "1h 43m 05s");
    assert_eq!(x_words(XAxis::WallTime, 0.0, 60), "1 Jan 1970, 01:00");
    // Beyond any date or i64.
    assert!(!x_words(XAxis::WallTime, 1e300, 0).is_empty());
    assert!(!x_words(XAxis::Step, -1e300, 0).is_empty());
}

#[test]
fn a_summary_says_points_and_last_values() {
    let all = [series([(0, 1.0), (10, 0.5)]), series([(0, f64::NAN)]), series([])];
    let scene = Scene::build(&ChartSpec::default(), &all);
    assert_eq!(
        summary("loss", XAxis::Step, &scene, &all),
        "loss by step: 3 runs, all 3 points, 1 NaN or infinite. Last values: run 0.5000, run NaN."
    );
}

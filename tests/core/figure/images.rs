use runatlas_core::{
    figure::images::{Shot, at, series},
    model::{ArtifactEntry, ArtifactOwner},
};

fn entry(path: &str) -> ArtifactEntry {
    ArtifactEntry { owner: ArtifactOwner::Run("run".to_owned()), path: path.to_owned(), size: 1, kept: true }
}

fn check(pattern: &str, paths: &[&str], wanted: &[(&str, &[i64])]) {
    let entries: Vec<ArtifactEntry> = paths.iter().map(|path| entry(path)).collect();
    let found = series(&entries, pattern);
    let found: Vec<(&str, Vec<i64>)> = found
        .iter()
        .map(|(name, shots)| (name.as_str(), shots.iter().map(|shot| shot.step).collect()))
        .collect();
    let wanted: Vec<(&str, Vec<i64>)> = wanted.iter().map(|(name, steps)| (*name, steps.to_vec())).collect();
    assert_eq!(found, wanted, "{pattern} of {paths:?}");
}

#[test]
fn images_are_series_by_the_number_in_their_path() {
    check("", &["img_0010.png", "img_0002.png", "model.bin"], &[("img_*.png", &[2, 10])]);
    check("", &["epoch-3/grid.PNG", "epoch-12/grid.PNG"], &[("epoch-*/grid.PNG", &[3, 12])]);
    check("", &["confusion.svg"], &[("confusion.svg", &[0])]);
    check("", &["é7é.jpg", "v2/é.jpg"], &[("v*/é.jpg", &[2]), ("é*é.jpg", &[7])]);
    check("", &["99999999999999999999.png"], &[("*.png", &[0])]);
}

#[test]
fn images_of_mlflow_have_their_step_marked() {
    check(
        "",
        &[
            "images/loss%step%12%timestamp%1700000000000%a1.png",
            "images/loss%step%2%timestamp%1700000000000%b2.png",
            "images/loss%step%2%timestamp%1700000000000%b2%compressed.webp",
        ],
        &[("images/loss", &[2, 12])],
    );
    check("", &["images/loss~step~3~timestamp~17~c.png"], &[("images/loss", &[3])]);
}

#[test]
fn a_pattern_leaves_what_fits() {
    let paths = ["a/x-1.png", "a/y-1.png", "b/x-1.png"];
    check("a/", &paths, &[("a/x-*.png", &[1]), ("a/y-*.png", &[1])]);
    check("/b", &paths, &[("b/x-*.png", &[1])]);
    check("*x-*.png", &paths, &[("a/x-*.png", &[1]), ("b/x-*.png", &[1])]);
    check("*.jpg", &paths, &[]);
}

#[test]
fn at_a_step_stands_the_last_image_that_was_there() {
    let shots: Vec<Shot> = [2, 5].map(|step| Shot { step, entry: entry("x.png") }).to_vec();
    let step = |wanted| at(&shots, wanted).map(|shot| shot.step);
    assert_eq!([step(1), step(2), step(4), step(5), step(9)], [2, 2, 2, 5, 5].map(Some));
    assert_eq!(at(&[], 1), None);
}

//! Lists of artifacts that lead astray.

use serde_json::json;

use super::{
    drive::sync,
    fake::{Fake, Kind, error, ok},
    hostile::replaced,
    kept::Kept,
    sync::{equal, steady},
};

#[test]
fn lists_of_artifacts_stay_inside_their_root() {
    let (kept, skipped) = replaced(|request| {
        let files = json!({ "files": [
            { "path": "../../etc/passwd", "is_dir": false },
            { "path": "/etc", "is_dir": true },
            { "path": "", "is_dir": true },
            { "path": "a//b", "is_dir": false },
            { "path": "good.txt", "is_dir": false, "file_size": 1 },
        ] });
        request.path.ends_with("artifacts/list").then(|| ok(&files))
    });
    let runs =
        kept.others.keys().filter(|name| name.starts_with("artifact") && !name.contains(" m-")).count();
    assert_eq!((runs, skipped.len()), (3, 12), "{skipped:#?}");
}

/// A folder that lists itself, and one that has a folder for ever.
#[test]
fn folders_without_end_end() {
    let (kept, skipped) = replaced(|request| {
        let folder = request
            .query
            .iter()
            .find(|(key, _)| key == "path")
            .map(|(_, v)| format!("{v}/"))
            .unwrap_or_default();
        let files = json!({ "files": [{ "path": format!("{folder}in"), "is_dir": true }, { "path": folder.trim_end_matches('/'), "is_dir": true }] });
        request.path.ends_with("artifacts/list").then(|| ok(&files))
    });
    assert_eq!(kept.runs.len(), 3);
    assert!(!skipped.is_empty());
}

#[test]
fn hopeless_listings_are_left() {
    let mut server = Fake::new(Kind::Database3);
    for run in 0..500 {
        steady(&mut server, &format!("{run}"), "loss", 0..2);
    }
    let mut kept = Kept::default();
    let mut lists = 0;
    let report = sync(&mut kept, &mut |request, _| {
        if request.path.ends_with("artifacts/list") {
            lists += 1;
            return Ok(error(500, "INTERNAL_ERROR", "Unable to locate credentials"));
        }
        Ok(server.answer(request))
    })
    .done();
    equal(&kept, &server);
    assert!(
        lists < 200 && report.notes.iter().any(|note| note.reason.contains("others are not asked for")),
        "{lists}"
    );
}

//! The runs around a run.

use runatlas_core::{
    model::RunStatus,
    run_page::{Family, Relative},
};

use crate::table::make::{Make, run};

fn child(name: &str, parent: &str, start: i64) -> Make {
    run(name).start(start).tag("mlflow.parentRunId", parent)
}

fn relative(name: &str) -> Relative {
    Relative { id: format!("id-{name}"), name: name.to_owned(), status: Some(RunStatus::Finished) }
}

#[test]
fn parents_and_children_are_found_in_the_same_source() {
    let runs = [
        run("sweep").done(),
        child("late", "id-sweep", 20).done(),
        child("early", "id-sweep", 10).done(),
        child("grandchild", "id-early", 11).done(),
        child("stranger", "id-sweep", 5).at("other"),
    ];
    let family = |index: usize| Family::new(&runs[index].run, "source", &runs);
    assert_eq!(family(0), Family { parent: None, children: vec![relative("early"), relative("late")] });
    assert_eq!(family(2), Family { parent: Some(relative("sweep")), children: vec![relative("grandchild")] });
    assert_eq!(family(1).children, []);
}

#[test]
fn a_parent_that_is_not_here_is_named_by_its_id() {
    let lost = child("a", "0123456789abcdef0123456789abcdef", 0).done();
    let parent = Family::new(&lost.run, "source", std::slice::from_ref(&lost)).parent.unwrap();
    assert_eq!((parent.id.as_str(), parent.status), ("0123456789abcdef0123456789abcdef", None));
    let own = child("b", "id-b", 0).done();
    let family = Family::new(&own.run, "source", std::slice::from_ref(&own));
    assert_eq!(family.children, [], "a run that names itself as its parent is no child of itself");
}

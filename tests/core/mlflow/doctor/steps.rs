//! The list on the screen, at every moment.

use runatlas_core::mlflow::doctor::{
    Doctor, StepKind,
    StepState::{self, Failed, Passed, Running, Skipped, Waiting},
};

use super::{
    LOCAL_PAGE, PUBLIC_PAGE, examine, failed, opaque, situation,
    verdicts::{SERVER, well},
};

#[test]
fn steps_at_every_moment() {
    let mut doctor = Doctor::new(situation(PUBLIC_PAGE, SERVER));
    let states =
        |doctor: &Doctor| -> Vec<StepState> { doctor.steps().into_iter().map(|step| step.state).collect() };
    assert_eq!(states(&doctor), [Running, Waiting, Waiting, Waiting, Waiting]);
    assert_eq!(doctor.summary(), "checking");
    doctor.saw(opaque());
    assert_eq!(states(&doctor), [Passed, Running, Waiting, Waiting, Waiting]);
    doctor.saw(failed());
    doctor.saw(failed());
    assert_eq!(states(&doctor), [Passed, Failed, Skipped, Skipped, Skipped]);
    assert_eq!(doctor.summary(), "1 of 5 needs a fix");
    let steps = doctor.steps();
    let details: Vec<&str> = steps.iter().map(|step| step.detail.as_str()).collect();
    assert_eq!(
        details,
        [
            "answers in 12 ms",
            "blocks this origin",
            "checked after CORS",
            "checked after CORS",
            "checked after CORS"
        ]
    );
    assert_eq!(steps.first().map(|step| step.kind), Some(StepKind::Reachable));
}

#[test]
fn what_each_line_says_when_all_is_well() {
    let script = well();
    let doctor = examine(situation(LOCAL_PAGE, SERVER), |probe| {
        script.iter().find(|(kind, _)| *kind == probe.kind).unwrap().1.clone()
    });
    let details: Vec<String> = doctor.steps().into_iter().map(|step| step.detail).collect();
    assert_eq!(
        details,
        ["answers in 12 ms", "allows this page", "not needed", "MLflow 3.17.2", "through the server"]
    );
    assert!(doctor.steps().iter().all(|step| step.state == StepState::Passed));
    assert_eq!(doctor.summary(), "all well");
}

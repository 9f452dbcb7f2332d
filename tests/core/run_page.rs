//! Tests of run_page: what the page of one run shows.

mod artifacts;
mod family;

use runatlas_core::{
    diff::Verdict,
    format::Clock,
    model::{
        DatasetInput, Direction, Lifecycle, LoggedModel, MetricSummary, ModelLink, ModelVersion, Point,
        RegisteredModel, Run,
    },
    run_page::{
        dataset_rows, is_long, is_noise, metric_rows, model_rows, note, overview, param_rows, people_tags,
        system_tags,
    },
};

use crate::table::make::run;

fn summary(key: &str, last: f64, min: (f64, i64), max: (f64, i64)) -> MetricSummary {
    MetricSummary {
        key: key.to_owned(),
        last: Point { step: 49_400, timestamp: 0, value: last },
        count: 18_772,
        min: Some(min),
        max: Some(max),
        sum: 18_772.0 * 0.5,
        ..MetricSummary::default()
    }
}

#[test]
fn metrics_have_last_best_and_delta() {
    let made = run("a")
        .summary(summary("val/accuracy", 0.85, (0.01, 1), (0.8506, 40_000)))
        .summary(summary("system/cpu", 50.0, (1.0, 1), (99.5, 2)))
        .summary(summary("val/loss", 0.6127, (0.6, 12), (4.2, 0)));
    let base = run("b").metric("val/accuracy", 0.8214).metric("val/loss", 0.5);
    let rows = metric_rows(&made.0, Some(&base.0));
    let keys: Vec<_> = rows.iter().map(|row| row.key.as_str()).collect();
    assert_eq!(keys, ["val/accuracy", "val/loss", "system/cpu"]);
    let accuracy = &rows[0];
    assert_eq!((accuracy.last.as_str(), accuracy.last_exact.as_str()), ("0.8500", "0.85"));
    assert_eq!((accuracy.best.as_deref(), accuracy.best_step.as_deref()), (Some("0.8506"), Some("40,000")));
    assert_eq!((accuracy.count.as_str(), accuracy.last_step.as_str()), ("18,772", "49,400"));
    assert_eq!((accuracy.mean.as_deref(), accuracy.min.as_deref()), (Some("0.5000"), Some("0.0100")));
    let delta = accuracy.delta.as_ref().unwrap();
    assert_eq!((delta.text.as_str(), delta.verdict, delta.bar), ("+0.0286", Verdict::Better, 1.0));
    assert_eq!(
        (rows[1].best.as_deref(), rows[1].delta.as_ref().unwrap().verdict),
        (Some("0.6000"), Verdict::Worse)
    );
    assert_eq!(
        (rows[2].direction, rows[2].best.as_deref(), rows[2].delta.as_ref()),
        (Direction::Unknown, None, None)
    );
    assert!(metric_rows(&made.0, None).iter().all(|row| row.delta.is_none()));
}

#[test]
fn values_that_are_no_numbers_are_told() {
    let metric = |non_finite, first_non_finite_step| MetricSummary {
        non_finite,
        first_non_finite_step,
        min: None,
        max: None,
        sum: 0.0,
        count: 3,
        ..summary("loss", f64::NAN, (0.0, 0), (0.0, 0))
    };
    let words = |metric| metric_rows(&run("a").summary(metric).0, None).remove(0);
    let row = words(metric(3, Some(13_300)));
    assert_eq!(row.non_finite.as_deref(), Some("3 values are NaN or infinite, the first at step 13,300"));
    assert_eq!((row.last.as_str(), row.last_bad, row.mean, row.best), ("NaN", true, None, None));
    assert_eq!(
        words(metric(1, Some(-5))).non_finite.as_deref(),
        Some("1 value is NaN or infinite, at step −5")
    );
    assert_eq!(words(metric(2, None)).non_finite.as_deref(), Some("2 values are NaN or infinite"));
    assert_eq!(words(metric(0, None)).non_finite, None);
}

#[test]
fn a_metric_is_found_and_told_in_a_line() {
    let made =
        run("a").summary(summary("val/accuracy", 0.85, (0.01, 1), (0.8506, 40_000))).metric("loss", 1.5);
    let rows = metric_rows(&made.0, None);
    let lines: Vec<_> = rows.iter().map(|row| (row.key.as_str(), row.range_words())).collect();
    let accuracy = "0.0100 at step 1 to 0.8506 at step 40,000; 18,772 points".to_owned();
    assert_eq!(lines, [("loss", "1 point".to_owned()), ("val/accuracy", accuracy)]);
    assert_eq!((rows[1].min_step.as_deref(), rows[1].max_step.as_deref()), (Some("1"), Some("40,000")));
    let found = |search: &str| rows.iter().filter(|row| row.matches(search)).count();
    assert_eq!((found(""), found("VAL acc"), found("val loss")), (2, 1, 0));
}

#[test]
fn long_values_are_folded() {
    let check = |value: &str, long: bool| assert_eq!(is_long(value), long, "{value:?}");
    check("", false);
    check(&"é".repeat(40), false);
    check(&"é".repeat(41), true);
    check("a\nb", true);
}

#[test]
fn ages_stand_beside_the_date_while_they_say_more() {
    let started = |now: i64| {
        let facts = overview(&run("a").start(0).0, &Clock::utc(now));
        facts.into_iter().find(|fact| fact.label == "Started").map(|fact| (fact.text, fact.aside)).unwrap()
    };
    let date = "1 Jan 1970, 00:00".to_owned();
    assert_eq!(started(3 * 3_600_000), (date.clone(), Some("3 h ago".to_owned())));
    assert_eq!(started(48 * 3_600_000), (date, None));
}

#[test]
fn params_are_exact_and_found() {
    let a = run("a").param("lr", "0.10").param("opt", "Adam\n").param("ema", "1");
    let b = run("b").param("lr", "0.1").param("opt", "Adam\n");
    let rows = param_rows(&a.0, Some(&b.0), "");
    let found: Vec<_> =
        rows.iter().map(|row| (row.key.as_str(), row.value.as_str(), row.baseline.clone())).collect();
    assert_eq!(
        found,
        [("ema", "1", Some(None)), ("lr", "0.10", Some(Some("0.1".to_owned()))), ("opt", "Adam\n", None)]
    );
    assert!(rows[0].differs() && !rows[2].differs());
    let search =
        |words: &str| param_rows(&a.0, None, words).into_iter().map(|row| row.key).collect::<Vec<_>>();
    assert_eq!(search("OPT adam"), ["opt"]);
    assert_eq!(search("opt sgd"), [""; 0]);
}

#[test]
fn tags_are_sorted_by_who_wrote_them() {
    let made = run("a")
        .tag("mlflow.log-model.history", "[]")
        .tag("mlflow.project.env", "conda")
        .tag("mlflow.note.content", "**hello**")
        .tag("team", "vision");
    let keys =
        |rows: Vec<runatlas_core::run_page::TagRow>| rows.into_iter().map(|row| row.key).collect::<Vec<_>>();
    assert_eq!(keys(people_tags(&made.0)), ["team"]);
    assert_eq!(keys(system_tags(&made.0)), ["mlflow.project.env", "mlflow.log-model.history"]);
    assert!(is_noise("mlflow.log-model.history") && !is_noise("mlflow.project.env"));
    assert_eq!(note(&made.0), Some("**hello**"));
    assert_eq!(note(&run("a").tag("mlflow.note.content", " \n").0), None);
}

fn facts(run: &Run) -> Vec<(String, String, Option<String>)> {
    let facts = overview(run, &Clock::utc(0)).into_iter();
    facts.map(|fact| (fact.label.to_owned(), fact.text, fact.href)).collect()
}

#[test]
fn the_head_of_the_page_says_what_is_known() {
    let commit = "9f3c2e1b9f3c2e1b9f3c2e1b9f3c2e1b9f3c2e1b";
    let made = run("a")
        .start(0)
        .end(16_268_000)
        .tag("mlflow.user", "m.keller")
        .tag("mlflow.source.name", "/home/x/train.py")
        .tag("mlflow.source.git.commit", commit)
        .tag("mlflow.source.git.repoURL", "git@github.com:lab/vit.git")
        .tag("mlflow.source.git.branch", "main")
        .tag("mlflow.project.entryPoint", "main")
        .lifecycle(Lifecycle::Deleted);
    let text = |label: &str, text: &str, href: Option<String>| (label.to_owned(), text.to_owned(), href);
    assert_eq!(
        facts(&made.0),
        [
            text("Run ID", "id-a", None),
            text("Started", "1 Jan 1970, 00:00", None),
            text("Ended", "1 Jan 1970, 04:31", None),
            text("Duration", "4h 31m 08s", None),
            text("User", "m.keller", None),
            text("Program", "train.py", None),
            text("Commit", "9f3c2e1", Some(format!("https://github.com/lab/vit/commit/{commit}"))),
            text("Branch", "main", None),
            text("Repository", "git@github.com:lab/vit.git", Some("https://github.com/lab/vit".to_owned())),
            text("Entry point", "main", None),
            text("Deleted", "yes", None),
        ]
    );
    assert_eq!(facts(&run("b").0), [text("Run ID", "id-b", None)]);
}

#[test]
fn remotes_lead_to_the_web_without_secrets() {
    let check = |remote: &str, expected: Option<&str>| {
        let made = run("a").tag("mlflow.source.git.repoURL", remote);
        let found = facts(&made.0).into_iter().find(|(label, ..)| label == "Repository").unwrap();
        assert_eq!(found.2.as_deref(), expected, "{remote}");
    };
    check("https://user:token@gitlab.org/a/b.git", Some("https://gitlab.org/a/b"));
    check("ssh://git@host.org/a/b", Some("https://host.org/a/b"));
    check("http://localhost:3000/a/b/", Some("http://localhost:3000/a/b"));
    check("/srv/git/a.git", None);
    check("file:///srv/a", None);
    check("javascript:alert(1)", None);
    check("https://x.org/\"><script>", None);
}

#[test]
fn datasets_tell_rows_columns_and_place() {
    let input = |source: &str, schema: &str, profile: &str| DatasetInput {
        name: "d".to_owned(),
        digest: "a41f09c2".to_owned(),
        source: source.to_owned(),
        schema: Some(schema.to_owned()),
        profile: Some(profile.to_owned()),
        tags: vec![("mlflow.data.context".to_owned(), "training".to_owned())],
        ..DatasetInput::default()
    };
    let row = |source: &str, schema: &str, profile: &str| {
        let row = dataset_rows(&run("a").dataset(input(source, schema, profile)).0).remove(0);
        (row.source, row.columns.unwrap_or_default(), row.rows.unwrap_or_default())
    };
    let text = |a: &str, b: &str, c: &str| (a.to_owned(), b.to_owned(), c.to_owned());
    assert_eq!(
        row(r#"{"uri": "/data/a.csv"}"#, r#"{"mlflow_colspec": [{}, {}]}"#, r#"{"num_rows": 126689}"#),
        text("/data/a.csv", "2 columns", "126,689 rows")
    );
    assert_eq!(
        row(
            r#"{"tags": {"mlflow.source.name": "x.py"}}"#,
            r#"{"mlflow_tensorspec": {}}"#,
            r#"{"features_shape": [150, 4]}"#
        ),
        text("x.py", "", "150 rows")
    );
    assert_eq!(row("not json", "", r#"{"features_shape": {"a": [1, 2]}}"#), text("not json", "", "1 row"));
    assert_eq!(row("{}", "[]", r#"{"num_rows": "7"}"#), text("{}", "", "7 rows"));
    let rows = dataset_rows(&run("a").dataset(input("s", "", "p")).0);
    assert_eq!(rows[0].details, [("Source", "s".to_owned()), ("Profile", "p".to_owned())]);
    assert_eq!((rows[0].context.as_str(), rows[0].digest.as_str()), ("training", "a41f09c2"));
}

#[test]
fn models_and_their_versions_point_at_the_run() {
    let mut made = run("a").0;
    made.outputs.push(ModelLink { model_id: "m-1".to_owned(), step: 0 });
    made.model_inputs.push(ModelLink { model_id: "m-9".to_owned(), step: 0 });
    let logged = |id: &str, name: &str, run: &str| LoggedModel {
        id: id.to_owned(),
        name: name.to_owned(),
        source_run_id: run.to_owned(),
        status: "READY".to_owned(),
        ..LoggedModel::default()
    };
    let version = |number: &str, run: &str, model: Option<&str>| ModelVersion {
        name: "vit".to_owned(),
        version: number.to_owned(),
        run_id: run.to_owned(),
        source: format!("file:///x/{run}/artifacts/best/model"),
        current_stage: "None".to_owned(),
        model_id: model.map(str::to_owned),
        ..ModelVersion::default()
    };
    let registered = RegisteredModel {
        name: "vit".to_owned(),
        aliases: vec![("challenger".to_owned(), "7".to_owned()), ("old".to_owned(), "1".to_owned())],
        ..RegisteredModel::default()
    };
    let rows = model_rows(
        &made,
        &[logged("m-1", "model", "id-a"), logged("m-2", "other", "id-b"), logged("m-9", "base", "id-b")],
        &[version("7", "id-a", Some("m-1")), version("1", "id-a", None), version("2", "id-b", None)],
        &[registered],
    );
    let found: Vec<_> = rows
        .iter()
        .map(|row| {
            let versions: Vec<_> =
                row.versions.iter().map(|v| format!("{} v{} {:?}", v.name, v.version, v.aliases)).collect();
            (row.name.as_str(), row.model_id.as_deref(), row.input, versions.join(", "))
        })
        .collect();
    assert_eq!(
        found,
        [
            ("model", Some("m-1"), false, "vit v7 [\"challenger\"]".to_owned()),
            ("base", Some("m-9"), true, String::new()),
            ("best/model", None, false, "vit v1 [\"old\"]".to_owned()),
        ]
    );
}

use crate::support::reference::{self, numbers};
use proptest::collection::vec;
use proptest::prelude::*;
use runatlas_core::stat::factor::Factor;
use runatlas_core::stat::importance::{Caution, Importance, LEAST_RUNS, METHOD, Param, importance};

/// Numbers from 0 to 1 that look random, the same in every run.
fn noise(count: usize, seed: u64) -> Vec<f64> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) as f64 / (1_u64 << 53) as f64
    };
    (0..count + 20).map(|_| next()).skip(20).collect()
}

fn of(factors: &[(&str, Factor)], metric: &[f64]) -> Importance {
    let params: Vec<Param> = factors.iter().map(|(name, factor)| Param { name, factor }).collect();
    importance(&params, metric)
}

fn share(found: &Importance, name: &str) -> f64 {
    found.params.iter().find(|row| row.name == name).unwrap().importance.unwrap()
}

fn words(found: &Importance) -> Vec<String> {
    found.cautions.iter().map(Caution::words).collect()
}

/// 200 runs: lr rules, the optimizer helps, the rest is noise.
fn known() -> (Vec<(&'static str, Factor)>, Vec<f64>) {
    let (lr, kind, bad) = (noise(200, 1), noise(200, 2), noise(200, 3));
    let rate: Vec<f64> = lr.iter().map(|x| 10.0_f64.powf(-5.0 + 4.0 * x)).collect();
    let optimizer: Vec<&str> = kind.iter().map(|&x| ["adam", "rmsprop", "sgd"][(x * 3.0) as usize]).collect();
    let helps = |name: &str| if name == "rmsprop" { 0.25 } else { 0.0 };
    let metric = lr.iter().zip(&optimizer).zip(&bad);
    let metric = metric.map(|((x, name), bad)| (x - 0.5).abs() * 2.0 + helps(name) + bad * 0.05).collect();
    let words = noise(200, 4);
    let words: Vec<String> = words.iter().map(|x| format!("name{}", (x * 50.0) as u32)).collect();
    let factors = vec![
        ("noise", Factor::Numbers(noise(200, 5))),
        ("optimizer", Factor::of(optimizer.iter().copied().map(Some))),
        ("seed", Factor::Numbers((0..200).map(f64::from).collect())),
        ("lr", Factor::Numbers(rate)),
        ("words", Factor::of(words.iter().map(|word| Some(word.as_str())))),
        ("epochs", Factor::Numbers(vec![5.0; 200])),
    ];
    (factors, metric)
}

#[test]
fn what_rules_comes_first_and_noise_is_low() {
    let (factors, metric) = known();
    let found = of(&factors, &metric);
    let names: Vec<&str> = found.params.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names[..2], ["lr", "optimizer"], "{found:?}");
    assert!(share(&found, "lr") > 0.7, "{found:?}");
    assert!((0.05..0.3).contains(&share(&found, "optimizer")), "{found:?}");
    for name in ["noise", "seed", "words"] {
        assert!(share(&found, name) < 0.02, "{name}: {found:?}");
    }
    assert_eq!(share(&found, "epochs"), 0.0);
    assert!(found.explained.unwrap() > 0.8, "{found:?}");
    assert!((found.params.iter().filter_map(|row| row.importance).sum::<f64>() - 1.0).abs() < 1e-12);
    assert_eq!(words(&found), ["the same in all runs, so nothing is known of: epochs"]);
    // The metric does not rise or fall with lr throughout: a correlation alone would not see it.
    let lr = found.params.iter().find(|row| row.name == "lr").unwrap();
    assert!(lr.correlation.unwrap().r.abs() < 0.2 && lr.runs == 200);
    let optimizer = found.params.iter().find(|row| row.name == "optimizer").unwrap();
    assert_eq!(optimizer.correlation, None);
    assert!(METHOD.contains("not what causes"));
}

#[test]
fn shares_are_about_those_of_scikit_learn() {
    let cases = reference::of("importances");
    for case in cases.as_array().unwrap() {
        let params = case["params"].as_object().unwrap().iter();
        let factors: Vec<(&str, Factor)> =
            params.map(|(name, values)| (name.as_str(), Factor::Numbers(numbers(values)))).collect();
        let found = of(&factors, &numbers(&case["metric"]));
        for (name, expected) in case["shares"].as_object().unwrap() {
            let (share, expected) = (share(&found, name), expected.as_f64().unwrap());
            // Other trees, other shuffles.
            assert!(
                (share - expected).abs() < 0.07,
                "{} {name}: {share} instead of {expected}",
                case["name"]
            );
        }
    }
}

#[test]
fn the_answer_is_the_same_again_and_sees_only_order() {
    let (mut factors, mut metric) = known();
    let found = of(&factors, &metric);
    assert_eq!(found, of(&factors, &metric));
    // The logarithm of a param and the exponent of the metric: the same ranks.
    if let Factor::Numbers(rate) = &mut factors[3].1 {
        *rate = rate.iter().map(|rate| rate.ln()).collect();
    }
    metric = metric.iter().map(|value| (value * 200.0).exp()).collect();
    assert_eq!(found, of(&factors, &metric));
}

#[test]
fn what_helps_nothing_has_no_share() {
    let factors = [("a", Factor::Numbers(noise(100, 7))), ("b", Factor::Numbers(noise(100, 8)))];
    let found = of(&factors, &noise(100, 9));
    assert!(found.explained.unwrap() < 0.2, "{found:?}");
    let said = words(&found);
    assert!(said[0].starts_with("the params explain only ") && said.len() == 1, "{said:?}");
    let same = of(&factors, &[1.0; 100]);
    assert_eq!(same.params.iter().map(|row| row.importance).collect::<Vec<_>>(), [Some(0.0); 2]);
    assert_eq!(words(&same), ["the metric is the same in all runs"]);
}

#[test]
fn params_that_change_together_are_named() {
    let lr = noise(60, 11);
    let decay: Vec<f64> = lr.iter().map(|x| 1.0 / (x + 0.1)).collect();
    let kind: Vec<&str> = lr.iter().map(|&x| if x < 0.5 { "small" } else { "large" }).collect();
    let size: Vec<f64> = lr.iter().map(|&x| if x < 0.5 { 1.0 } else { 64.0 }).collect();
    let other = noise(60, 12);
    let step: Vec<f64> = lr.iter().map(|x| x * 5.0 + 1.0).collect();
    let factors = [
        ("lr", Factor::Numbers(lr.clone())),
        ("decay", Factor::Numbers(decay)),
        ("kind", Factor::of(kind.iter().copied().map(Some))),
        ("size", Factor::Numbers(size)),
        ("other", Factor::Numbers(other)),
        ("step", Factor::Numbers(step)),
    ];
    let together: Vec<Caution> = of(&factors, &lr).cautions;
    let set =
        |names: &[&str]| Caution::Together { names: names.iter().map(|&name| name.to_owned()).collect() };
    assert_eq!(together, [set(&["lr", "decay", "step"]), set(&["kind", "size"])]);
    let words = "lr, decay and step change together: the importance of one may belong to another";
    assert_eq!(together[0].words(), words);
    assert!(together[1].words().starts_with("kind and size change together: "));
}

#[test]
fn few_runs_are_said_to_be_few() {
    let numbers = |count: usize| [("a", Factor::Numbers(noise(count, 1)))];
    let few = of(&numbers(LEAST_RUNS - 1), &noise(LEAST_RUNS - 1, 1));
    assert_eq!((few.params[0].importance, few.explained), (None, None));
    assert_eq!(words(&few), ["7 runs with this metric: too few for importances, 8 are needed"]);
    assert!((few.params[0].correlation.unwrap().r - 1.0).abs() < 1e-12);
    let more = of(&numbers(20), &noise(20, 1));
    assert_eq!(words(&more)[0], "only 20 runs: another one may change the order");
    assert_eq!(of(&[], &[]).params, []);
    // Runs without the metric do not count; those without a param do.
    let mut metric = noise(40, 1);
    metric[3] = f64::NAN;
    let mut a = noise(40, 1);
    (a[5], a[6]) = (f64::NAN, f64::NAN);
    let found = of(&[("a", Factor::Numbers(a))], &metric);
    assert_eq!((found.runs, found.left_out, found.params[0].runs), (39, 1, 37));
}

#[test]
fn that_a_param_is_missing_can_be_what_matters() {
    let metric: Vec<f64> = noise(80, 3);
    let dropout: Vec<f64> = metric.iter().map(|&x| if x > 0.5 { f64::NAN } else { 0.1 }).collect();
    let found =
        of(&[("dropout", Factor::Numbers(dropout)), ("noise", Factor::Numbers(noise(80, 4)))], &metric);
    assert!(share(&found, "dropout") > 0.9, "{found:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn nothing_panics_and_shares_add_up(
        runs in vec((any::<f64>(), prop::option::of(0..4u8), prop::option::of(any::<f64>())), 0..40),
    ) {
        let texts: Vec<Option<String>> = runs.iter().map(|run| run.1.map(|kind| format!("k{kind}"))).collect();
        let factors = [
            ("text", Factor::of(texts.iter().map(Option::as_deref))),
            ("number", Factor::Numbers(runs.iter().map(|run| run.2.unwrap_or(f64::NAN)).collect())),
            ("nothing", Factor::Numbers(vec![f64::NAN; runs.len()])),
        ];
        let metric: Vec<f64> = runs.iter().map(|run| run.0).collect();
        let found = of(&factors, &metric);
        prop_assert_eq!(found.runs + found.left_out, runs.len());
        let shares: Vec<f64> = found.params.iter().filter_map(|row| row.importance).collect();
        let sum: f64 = shares.iter().sum();
        prop_assert!(shares.iter().all(|share| (0.0..=1.0).contains(share)));
        prop_assert!(sum == 0.0 || (sum - 1.0).abs() < 1e-9);
        prop_assert_eq!(shares.len(), if found.runs < LEAST_RUNS { 0 } else { 3 });
    }
}

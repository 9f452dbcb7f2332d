use crate::support::reference::{assert_close, numbers, of};
use proptest::collection::vec;
use proptest::prelude::*;
use runatlas_core::stat::expr::{
    Column, EvalError, Expr, Function, GREATEST_DEPTH, GREATEST_LENGTH, Operator, Values,
};

fn parse(text: &str) -> Expr {
    Expr::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn eval(text: &str, columns: &[(&[f64], &[f64])]) -> Values {
    let columns: Vec<Column> = columns.iter().map(|&(xs, values)| Column { xs, values }).collect();
    parse(text).eval(&columns).unwrap()
}

#[test]
fn strength_and_sides_are_those_of_arithmetic() {
    let check = |text: &str, expected: &str| {
        assert_eq!(parse(text).to_string(), expected, "{text}");
    };
    check("${val_loss} - ${train_loss}", "${val_loss} - ${train_loss}");
    check("val_loss-train_loss", "${val_loss} - ${train_loss}");
    check("a+b*c^d", "${a} + ${b} * ${c} ^ ${d}");
    check("((a+b))*c", "(${a} + ${b}) * ${c}");
    check("a-(b-c)", "${a} - (${b} - ${c})");
    check("(a-b)-c", "${a} - ${b} - ${c}");
    check("a/(b*c)", "${a} / (${b} * ${c})");
    check("-a^2", "-${a} ^ 2");
    check("(-a)**2", "(-${a}) ^ 2");
    check("2^-a", "2 ^ -${a}");
    check("a^b^c", "${a} ^ ${b} ^ ${c}");
    check("(a^b)^c", "(${a} ^ ${b}) ^ ${c}");
    check("- - a * -(b + 1)", "--${a} * -(${b} + 1)");
    check("log( max(a,b , 1e-3) )", "ln(max(${a}, ${b}, 0.001))");
    check("ema(${train/loss (raw)}, .9)", "ema(${train/loss (raw)}, 0.9)");
    check(r"${a\}b} + ${c\\} + ${d\e} + ${Größe}", r"${a\}b} + ${c\\} + ${d\\e} + ${Größe}");
    check("loss_2.x + 1.5E+3 + 2e9 + 1e300", "${loss_2.x} + 1500 + 2000000000 + 1e300");
    // A name is a function only before a parenthesis.
    check("min - max(log, exp)", "${min} - max(${log}, ${exp})");
}

#[test]
fn metrics_are_named_once_in_their_order() {
    assert_eq!(parse("${b c} * a + ema(${b c}, 0.5) - max(a, ${d})").metrics(), ["b c", "a", "d"]);
}

#[test]
fn errors_say_where_what_and_what_could_be_there() {
    let check = |text: &str, at: usize, words: &str| {
        let error = Expr::parse(text).expect_err(text);
        assert_eq!((error.at, error.to_string().as_str()), (at, words), "{text}");
    };
    check("", 0, "at character 1: found the end, expected a metric, a number or `(`");
    check("a +", 3, "at character 4: found the end, expected a metric, a number or `(`");
    check("ü + * b", 4, "at character 5: found `*`, expected a metric, a number or `(`");
    check("(a + b", 6, "at character 7: found the end, expected an operator or `)`");
    check("a b", 2, "at character 3: found the name `b`, expected an operator or the end");
    check("a ${b}", 2, "at character 3: found the metric `b`, expected an operator or the end");
    check("a)", 1, "at character 2: found `)`, expected an operator or the end");
    check(
        "a + ${b",
        4,
        "at character 5: found `${` that is not closed, expected `}` after the name of the metric",
    );
    check("${}", 0, "at character 1: found `${}`, expected the name of a metric between the braces");
    check("1.2.3 * a", 0, "at character 1: found `1.2.3`, expected a number such as 1, 0.5 or 1e-3");
    check("1e999 * a", 0, "at character 1: found `1e999`, expected a number such as 1, 0.5 or 1e-3");
    check("1 + 2", 0, "at character 1: found no metric, expected at least one, as `${name}`");
    check(
        "a # b",
        2,
        "at character 3: found `#`, expected a metric as `${name}`, a number, an operator or a parenthesis",
    );
    check(
        "$a",
        0,
        "at character 1: found `$`, expected a metric as `${name}`, a number, an operator or a parenthesis",
    );
    check(
        "1 + sin(a)",
        4,
        "at character 5: found `sin(`, expected one of the functions abs, ln, log, log10, exp, sqrt, min, max, pow, cummin, cummax, ema, diff",
    );
    check(
        "min(a)",
        0,
        "at character 1: found 1 argument of min, expected 2 arguments or more (the least value so far is cummin)",
    );
    check("abs(a, b)", 0, "at character 1: found 2 arguments of abs, expected 1 argument");
    check(
        "ema(a)",
        0,
        "at character 1: found 1 argument of ema, expected 2 arguments, as in ema(${loss}, 0.9)",
    );
    check("ema(a, b)", 7, "at character 8: found `${b}`, expected a number from 0 to 1, the factor of ema");
    check("abs(a", 5, "at character 6: found the end, expected an operator, `,` or `)`");
    check("abs()", 4, "at character 5: found `)`, expected a metric, a number or `(`");
}

#[test]
fn length_and_depth_are_bounded() {
    let deep = |open: &str, close: &str, levels: usize| {
        Expr::parse(&format!("{}a{}", open.repeat(levels), close.repeat(levels)))
    };
    for (open, close) in [("(", ")"), ("-", ""), ("2^", ""), ("abs(", ")"), ("a+(", ")"), ("", "+a")] {
        assert!(deep(open, close, GREATEST_DEPTH - 2).is_ok(), "{open}a{close}");
        for levels in [GREATEST_DEPTH + 1, 600] {
            let error = deep(open, close, levels).expect_err(open);
            assert_eq!(error.found, "an expression too deep", "{open}a{close}");
        }
    }
    let error = Expr::parse(&"(".repeat(1_000_000)).unwrap_err();
    assert_eq!((error.at, error.found.as_str()), (GREATEST_LENGTH, "an expression of 1000000 characters"));
}

#[test]
fn values_are_those_of_numpy() {
    let reference = of("expressions");
    let columns: Vec<(Vec<f64>, Vec<f64>)> = reference["columns"]
        .as_array()
        .unwrap()
        .iter()
        .map(|column| (numbers(&column["xs"]), numbers(&column["values"])))
        .collect();
    let cases = reference["cases"].as_array().unwrap();
    for case in cases {
        let text = case["text"].as_str().unwrap();
        let expr = parse(text);
        let named = expr.metrics().into_iter().map(|name| usize::from(name == "b"));
        let columns: Vec<Column> =
            named.map(|at| Column { xs: &columns[at].0, values: &columns[at].1 }).collect();
        let found = expr.eval(&columns).unwrap();
        assert_close(&found.xs, &numbers(&case["xs"]), 0.0, text);
        assert_close(&found.values, &numbers(&case["values"]), 1e-12, text);
    }
    assert_eq!(cases.len(), 18);
}

#[test]
fn histories_meet_at_the_steps_that_all_have() {
    let (a, b) = ([0.0, 1.0, 1.0, 3.0, 4.0], [1.0, 3.0, 4.0, 4.0, 9.0]);
    let found = eval("a - b", &[(&a, &[1.0, 2.0, 3.0, 4.0, 5.0]), (&b, &[10.0, 20.0, 30.0, 40.0, 50.0])]);
    // At 1 the last of a, at 4 the last of b.
    assert_eq!(found.xs, [1.0, 3.0, 4.0]);
    assert_eq!(found.values, [-7.0, -16.0, -35.0]);
    assert_eq!(found.left_out, [2, 2]);
    let nothing = eval("a - b", &[(&a, &[1.0; 5]), (&[7.0], &[1.0])]);
    assert_eq!(nothing, Values { xs: vec![], values: vec![], left_out: vec![5, 1] });
    let short = parse("a - b").eval(&[Column { xs: &a, values: &[1.0] }]);
    assert_eq!(short, Err(EvalError::Columns { metrics: 2, given: 1 }));
    assert_eq!(short.unwrap_err().to_string(), "the expression names 2 metrics, 1 were given");
}

#[test]
fn what_has_no_value_is_a_gap() {
    let xs = [0.0, 1.0, 2.0];
    let nan = f64::NAN;
    let check = |text: &str, values: &[f64], expected: &[f64]| {
        assert_close(&eval(text, &[(&xs, values)]).values, expected, 0.0, text);
    };
    check("sqrt(a)", &[4.0, -1.0, nan], &[2.0, nan, nan]);
    check("max(a, 1)", &[4.0, -1.0, nan], &[4.0, 1.0, nan]);
    check("1/a", &[0.0, -0.0, nan], &[f64::INFINITY, f64::NEG_INFINITY, nan]);
    check("cummin(a)", &[4.0, nan, 5.0], &[4.0, nan, 4.0]);
    check("cummax(a)", &[nan, 4.0, f64::INFINITY], &[nan, 4.0, f64::INFINITY]);
    check("diff(a)", &[4.0, nan, 5.0], &[nan, nan, nan]);
    check("diff(a)", &[4.0, 1.0, 5.0], &[nan, -3.0, 4.0]);
    check("a * 0 + ema(3, 0.5) + cummin(2) + diff(1)", &[1.0; 3], &[5.0; 3]);
}

fn any_expr() -> impl Strategy<Value = Expr> {
    let name = prop_oneof![
        4 => prop::sample::select(vec!["a", "b", "loss"]).prop_map(str::to_owned),
        1 => "[ -~äß∂]{1,6}",
    ];
    let number = prop_oneof![0.0..100.0f64, any::<f64>().prop_map(f64::abs), Just(0.0)]
        .prop_filter("finite", |number| number.is_finite());
    let leaf = prop_oneof![2 => name.prop_map(Expr::Metric), 1 => number.clone().prop_map(Expr::Number)];
    let operators =
        vec![Operator::Add, Operator::Subtract, Operator::Multiply, Operator::Divide, Operator::Power];
    leaf.prop_recursive(6, 40, 3, move |inner| {
        let binary = (prop::sample::select(operators.clone()), inner.clone(), inner.clone());
        let call = (prop::sample::select(Function::ALL.to_vec()), vec(inner.clone(), 3), 2..=3usize);
        prop_oneof![
            1 => inner.prop_map(|operand| Expr::Negate(Box::new(operand))),
            4 => binary.prop_map(|(operator, left, right)| {
                Expr::Binary(operator, Box::new(left), Box::new(right))
            }),
            2 => (call, number.clone()).prop_map(|(((_, function), mut arguments, many), factor)| {
                arguments.truncate(many.clamp(function.arguments().0, function.arguments().1));
                if function == Function::Ema {
                    arguments[1] = Expr::Number(factor);
                }
                Expr::Call(function, arguments)
            }),
        ]
    })
}

fn any_text() -> impl Strategy<Value = String> {
    let pieces = [
        "a", "b ", "${", "}", "(", ")", ",", "+", "-", "*", "/", "^", "1", ".", "e", "ema", "min", "\\", "é",
    ];
    prop_oneof![
        vec(prop::sample::select(pieces.to_vec()), 0..30).prop_map(|pieces| pieces.concat()),
        "\\PC{0,20}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn what_is_written_is_read_again(expr in any_expr()) {
        let text = expr.to_string();
        match Expr::parse(&text) {
            Ok(read) => prop_assert_eq!(read, expr, "{}", text),
            Err(error) => {
                prop_assert!(expr.metrics().is_empty() || text.chars().count() > GREATEST_LENGTH, "{text}: {error}");
            }
        }
    }

    #[test]
    fn no_text_panics(text in any_text()) {
        match Expr::parse(&text) {
            Ok(expr) => prop_assert_eq!(parse(&expr.to_string()), expr),
            Err(error) => prop_assert!(error.at <= text.chars().count() && !error.expected.is_empty()),
        }
    }

    #[test]
    fn no_history_panics(
        expr in any_expr(),
        points in vec(vec((0..20i32, any::<u64>().prop_map(f64::from_bits)), 0..12), 6),
    ) {
        let columns: Vec<(Vec<f64>, Vec<f64>)> = points.into_iter().map(|mut points| {
            points.sort_by_key(|point| point.0);
            points.into_iter().map(|(x, value)| (f64::from(x), value)).unzip()
        }).collect();
        let given: Vec<Column> = columns.iter().map(|(xs, values)| Column { xs, values }).collect();
        let named = expr.metrics().len();
        match given.get(..named).map(|given| expr.eval(given)) {
            Some(Ok(found)) => {
                prop_assert_eq!(found.xs.len(), found.values.len());
                prop_assert!(found.xs.windows(2).all(|pair| pair[0] < pair[1]));
                for ((xs, _), left_out) in columns.iter().zip(&found.left_out) {
                    prop_assert_eq!(xs.len(), found.xs.len() + left_out);
                }
            }
            Some(Err(error)) => prop_assert!(false, "{}", error),
            None => prop_assert!(named > 6),
        }
    }
}

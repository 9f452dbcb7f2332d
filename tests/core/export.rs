//! Tests of export: what is read back is what was written, and no value of any text becomes a formula or leaves its
//! cell.

use proptest::prelude::*;
use runatlas_core::{
    export::{Dialect, Entry, Heading, Writer},
    format::starts_formula,
};

fn headings(names: &[&str]) -> Vec<Heading> {
    let heading = |name: &&str| Heading {
        name: format!("params.{name}"),
        label: (*name).to_owned(),
        numeric: name.starts_with('n'),
    };
    names.iter().map(heading).collect()
}

fn write(dialect: Dialect, names: &[&str], rows: &[Vec<Entry>]) -> String {
    let mut writer = Writer::new(dialect, headings(names));
    let mut out = String::new();
    for row in rows {
        writer.row(row);
        // In pieces, as large tables are.
        out.push_str(&writer.take());
    }
    out + &writer.end()
}

fn read_delimited(text: &str, delimiter: u8) -> Vec<Vec<String>> {
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// What a spreadsheet shows of a text cell.
fn without_apostrophe(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if starts_formula(rest) => rest,
        _ => cell,
    }
}

/// Whether a spreadsheet would run a cell: it skips what cannot be seen, then looks for the sign of a formula.
fn would_run(cell: &str) -> bool {
    let seen = cell
        .trim_start_matches(|c: char| c.is_whitespace() || c.is_control() || "\u{feff}\u{200b}".contains(c));
    let is_number = cell.trim().parse::<f64>().is_ok_and(f64::is_finite);
    seen.starts_with(|c| "=+-@＝＋－＠".contains(c)) && !is_number
}

#[test]
fn every_dialect_says_the_same_of_a_small_table() {
    let rows = [
        vec![Entry::text("seed_1"), Entry::number(-0.25, "−0.2500")],
        vec![Entry::text("50 % of \"a|b\""), Entry::missing("–")],
    ];
    let of = |dialect| write(dialect, &["run", "n_loss"], &rows);
    assert_eq!(of(Dialect::Csv), "params.run,params.n_loss\nseed_1,-0.25\n\"50 % of \"\"a|b\"\"\",\n");
    assert_eq!(of(Dialect::Tsv), "params.run\tparams.n_loss\nseed_1\t-0.25\n\"50 % of \"\"a|b\"\"\"\t\n");
    assert_eq!(
        of(Dialect::Markdown),
        "| run | n_loss |\n| --- | ---: |\n| seed_1 | −0.2500 |\n| 50 % of \"a\\|b\" | – |\n"
    );
    assert_eq!(
        of(Dialect::Latex),
        "% \\usepackage{booktabs}\n\\begin{tabular}{lr}\n\\toprule\nrun & n\\_loss \\\\\n\\midrule\n\
         seed\\_1 & $-$0.2500 \\\\\n50 \\% of \"a\\textbar{}b\" & -- \\\\\n\\bottomrule\n\\end{tabular}\n"
    );
    let json: serde_json::Value = serde_json::from_str(&of(Dialect::Json)).unwrap();
    assert_eq!(
        json,
        serde_json::json!([
            { "params.run": "seed_1", "params.n_loss": -0.25 },
            { "params.run": "50 % of \"a|b\"", "params.n_loss": null },
        ])
    );
}

#[test]
fn an_empty_table_is_one_too() {
    for dialect in Dialect::ALL {
        let text = write(dialect, &["a"], &[]);
        match dialect {
            Dialect::Json => assert_eq!(text, "[]\n"),
            Dialect::Latex => assert!(text.ends_with("\\midrule\n\\bottomrule\n\\end{tabular}\n"), "{text}"),
            _ => assert!(text.contains('a')),
        }
    }
}

#[test]
fn numbers_are_numbers_in_json_and_what_json_lacks_is_text() {
    let number = |value: f64| vec![Entry::number(value, "")];
    let values = [-0.5, 1e-300, 1.797e308, 5e-324, -0.0, 3.0, 0.1 + 0.2];
    let rows: Vec<_> = values.iter().map(|&value| number(value)).collect();
    let json: Vec<serde_json::Value> = serde_json::from_str(&write(Dialect::Json, &["x"], &rows)).unwrap();
    for (row, value) in json.iter().zip(values) {
        assert_eq!(row["params.x"].as_f64().map(f64::to_bits), Some(value.to_bits()), "{row}");
    }
    let rows = [number(f64::NAN), number(f64::INFINITY), number(f64::NEG_INFINITY)];
    let json: serde_json::Value = serde_json::from_str(&write(Dialect::Json, &["x"], &rows)).unwrap();
    assert_eq!(
        json,
        serde_json::json!([{ "params.x": "NaN" }, { "params.x": "Infinity" }, { "params.x": "-Infinity" }])
    );
}

/// Text as hostile as people and programs log it.
fn hostile() -> impl Strategy<Value = String> {
    let begin = prop::sample::select(vec![
        "",
        "=",
        "+",
        "-",
        "@",
        "＝",
        "＋",
        "－",
        "＠",
        "\t=",
        "\r@",
        "\n+",
        " =",
        "\"=",
        "'=",
        "\"'+",
        "\u{feff}=",
        "\u{200b}-",
        "-0.5",
        "+3",
        "-inf",
        "--lr",
        "[",
        "*",
        "|",
        "\\",
        "$",
        "<b>",
        "%",
    ]);
    let rest = prop_oneof!["[a-zA-Z0-9(),;|!'\"&<>_{}$%#~^\\\\\\[\\]*` \t\r\n-]{0,12}", ".{0,8}"];
    (begin, rest).prop_map(|(begin, rest)| format!("{begin}{rest}"))
}

/// The cells of a Markdown table's row, as the reader of the project's own previews sees them.
fn markdown_cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut chars = line.trim_start_matches('|').chars();
    while let Some(c) = chars.next() {
        let last = cells.len() - 1;
        match c {
            '\\' => cells[last].extend(std::iter::once('\\').chain(chars.next())),
            '|' => cells.push(String::new()),
            c => cells[last].push(c),
        }
    }
    cells.pop();
    cells
}

/// The cells of a LaTeX table's row.
fn latex_cells(line: &str) -> Vec<String> {
    let line = line.strip_suffix(" \\\\").unwrap();
    let mut cells = vec![String::new()];
    let mut before = ' ';
    for c in line.chars() {
        if c == '&' && before != '\\' {
            cells.push(String::new());
        } else {
            cells.last_mut().unwrap().push(c);
        }
        before = if before == '\\' && c == '\\' { ' ' } else { c };
    }
    cells.iter().map(|cell| cell.trim().to_owned()).collect()
}

proptest! {
    #[test]
    fn no_cell_of_any_dialect_starts_a_formula_or_leaves_its_cell(a in hostile(), b in hostile()) {
        let rows = [vec![Entry::text(a.as_str()), Entry::text(b.as_str())]];
        for dialect in Dialect::ALL {
            let text = write(dialect, &["a", "b"], &rows);
            let cells = match dialect {
                Dialect::Csv => read_delimited(&text, b',').pop().unwrap(),
                Dialect::Tsv => {
                    prop_assert_eq!(text.lines().count(), 2);
                    read_delimited(&text, b'\t').pop().unwrap()
                }
                Dialect::Markdown => {
                    prop_assert_eq!(text.lines().count(), 3);
                    markdown_cells(text.lines().last().unwrap())
                }
                Dialect::Latex => {
                    prop_assert_eq!(text.lines().count(), 8);
                    latex_cells(text.lines().nth(5).unwrap())
                }
                Dialect::Json => {
                    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
                    prop_assert_eq!(json, serde_json::json!([{ "params.a": a, "params.b": b }]));
                    continue;
                }
            };
            prop_assert_eq!(cells.len(), 2, "{:?} {}", dialect, text);
            for cell in &cells {
                prop_assert!(!would_run(cell), "{:?} {:?}", dialect, cell);
            }
        }
    }

    #[test]
    fn csv_reads_back_to_the_same_texts(rows in prop::collection::vec((hostile(), hostile()), 1..5)) {
        let entries: Vec<_> =
            rows.iter().map(|(a, b)| vec![Entry::text(a.as_str()), Entry::text(b.as_str())]).collect();
        let read = read_delimited(&write(Dialect::Csv, &["a", "b"], &entries), b',');
        prop_assert_eq!(read.len(), rows.len() + 1);
        for (read, (a, b)) in read[1..].iter().zip(&rows) {
            prop_assert_eq!([without_apostrophe(&read[0]), without_apostrophe(&read[1])], [a, b]);
        }
    }

    #[test]
    fn numbers_stay_numbers(value in any::<f64>()) {
        let read = read_delimited(&write(Dialect::Csv, &["x"], &[vec![Entry::number(value, "")]]), b',');
        let cell = without_apostrophe(&read[1][0]);
        let back: f64 = cell.parse().unwrap();
        prop_assert!(back.to_bits() == value.to_bits() || back.is_nan() && value.is_nan());
        // Negative or not, a finite one has nothing before it.
        prop_assert!(!value.is_finite() || !read[1][0].starts_with('\''));
    }

    /// The project's own reader of Markdown shows each cell's text as it was.
    #[test]
    fn markdown_shows_the_text(text in "[!-~]{1,12}") {
        let table = write(Dialect::Markdown, &["a"], &[vec![Entry::text(text.as_str())]]);
        let shown = runatlas_core::preview::markdown::to_html(&table);
        let cell = shown.as_str().split("<td>").nth(1).and_then(|rest| rest.split("</td>").next());
        let cell = cell.map(|cell| {
            cell.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#x27;", "'").replace("&#39;", "'").replace("&amp;", "&")
        });
        prop_assert_eq!(cell.as_deref(), Some(text.as_str()), "{}", shown.as_str());
    }
}

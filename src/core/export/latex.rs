use crate::format::starts_formula;

/// Text that LaTeX sets as it is, in a table too. Letters of other scripts stay: LaTeX reads UTF-8.
pub fn latex(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut formula = starts_formula(text);
    // A row of a table must not begin with what `\\` and `\toprule` take for an option.
    let mut first = true;
    let mut before = ' ';
    for c in text.chars() {
        match c {
            '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' if formula => {
                formula = false;
                out.extend(['{', c, '}']);
            }
            '[' | '*' if first => out.extend(['{', c, '}']),
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '<' => out.push_str("\\textless{}"),
            '>' => out.push_str("\\textgreater{}"),
            '|' => out.push_str("\\textbar{}"),
            '`' => out.push_str("\\textasciigrave{}"),
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => out.extend(['\\', c]),
            '\u{2212}' => out.push_str("$-$"),
            '∞' => out.push_str("$\\infty$"),
            '±' => out.push_str("$\\pm$"),
            'Δ' => out.push_str("$\\Delta$"),
            '–' => out.push_str("--"),
            '…' => out.push_str("\\dots{}"),
            // Two of them would become one dash.
            '-' if before == '-' => out.push_str("{}-"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
        before = c;
        first = first && c.is_whitespace();
    }
    out
}

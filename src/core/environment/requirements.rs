/// A package that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirement {
    /// Normalised as pip does (PEP 503): `Scikit_Learn` is `scikit-learn`.
    pub name: String,
    /// `1.26.4` where it is pinned; else the condition as written (`>=1.0,<2`), or `any version`.
    pub version: String,
}

/// The packages of pip's list. Comments, options (`-r`, `--hash`) and lines that name none are left out.
pub(super) fn read(text: &str) -> Vec<Requirement> {
    joined(text).iter().filter_map(|line| requirement(line)).collect()
}

/// Lines, those that end in a backslash with what follows.
fn joined(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut goes_on = false;
    for line in text.lines() {
        let (line, continued) = line.strip_suffix('\\').map_or((line, false), |line| (line, true));
        match lines.last_mut().filter(|_| goes_on) {
            Some(last) => last.push_str(line),
            None => lines.push(line.to_owned()),
        }
        goes_on = continued;
    }
    lines
}

/// One line of pip's list: `torch==2.4.0`, `numpy[all]>=1 ; python_version < "3.9"`, `x @ https://…`.
pub fn requirement(line: &str) -> Option<Requirement> {
    let line = without_comment(line).trim();
    let line = line.strip_prefix('\u{feff}').unwrap_or(line);
    if line.is_empty() || line.starts_with('-') {
        return None;
    }
    let end =
        line.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_' | '.'))).unwrap_or(line.len());
    let name = normal(line.get(..end)?);
    if name.is_empty() {
        return None;
    }
    let mut rest = line.get(end..)?.trim_start();
    if let Some(extras) = rest.strip_prefix('[') {
        rest = extras.split_once(']')?.1.trim_start();
    }
    let is_condition = rest.is_empty() || rest.starts_with(['=', '<', '>', '!', '~', '@', ';', '(']);
    // `two words` are prose, or a path.
    is_condition.then(|| Requirement { name, version: version(rest) })
}

fn without_comment(line: &str) -> &str {
    if line.trim_start().starts_with('#') {
        return "";
    }
    // Within an address `#` belongs to it, unless a blank stands before it.
    [" #", "\t#"]
        .iter()
        .filter_map(|mark| line.find(mark))
        .min()
        .and_then(|at| line.get(..at))
        .unwrap_or(line)
}

fn version(rest: &str) -> String {
    let rest = rest.split(" --").next().unwrap_or(rest).trim();
    if let Some(address) = rest.strip_prefix('@') {
        return address.trim().to_owned();
    }
    let (condition, marker) = rest.split_once(';').map_or((rest, ""), |(a, b)| (a.trim(), b.trim()));
    let condition = condition.trim_matches(['(', ')', ' ']);
    let exact = condition.strip_prefix("===").or_else(|| condition.strip_prefix("=="));
    let condition = match exact.map(str::trim) {
        Some(exact) if !exact.contains([',', '*']) => exact.to_owned(),
        _ if condition.is_empty() => "any version".to_owned(),
        _ => condition.chars().filter(|c| !c.is_whitespace()).collect(),
    };
    if marker.is_empty() { condition } else { format!("{condition} ({marker})") }
}

/// Runs of `-`, `_` and `.` are one `-`; case does not count.
pub(super) fn normal(name: &str) -> String {
    let parts = name.split(['-', '_', '.']).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("-").to_lowercase()
}

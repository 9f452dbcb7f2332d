//! The shape of the program, read from its sources: which floor may know which, where colours may stand, and that
//! nothing of the machine it was written on is in it. DESIGN: ui -> state -> web -> core, worker -> web, core alone;
//! the ui may also use the rooms of web that are its hand on the page.
#![cfg(not(target_arch = "wasm32"))]
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what went wrong by panicking"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The floors of the browser crate, by the start of the path below src/, and the modules of the crate that each may
/// use besides itself. The first that fits counts.
const FLOORS: [(&str, &[&str]); 8] = [
    ("ui/part", &["web"]),
    ("ui", &["state", "web"]),
    ("state", &["web"]),
    ("web", &[]),
    ("main.rs", &["ui"]),
    ("parts.rs", &["ui"]),
    ("worker.rs", &["web"]),
    ("lib.rs", &["ui", "state", "web"]),
];

/// The rooms of `web` that only `state` may enter: what is stored, fetched or read is asked for there. The rest of
/// `web` (canvas, files, clipboard, observers) is the ui's own hand on the page.
const WEB_FOR_STATE_ONLY: [&str; 4] = ["store", "http", "worker", "location"];

/// What must not be named at all on a floor, and why.
const BANNED: [(&str, &str, &str); 8] = [
    ("ui", "JsValue", "it dies in web"),
    ("ui", "js_sys", "only web talks to JavaScript"),
    ("ui", "spawn_local", "state starts what takes time"),
    ("ui/part", "runatlas_core", "plain parts know nothing of runs"),
    ("state", "JsValue", "it dies in web"),
    ("state", "js_sys", "only web talks to JavaScript"),
    ("state", "web_sys", "state has no DOM"),
    ("core", "SystemTime", "the core reads no clock: the time is passed in"),
];

/// The rooms of the core that may not use every other one, and which ones they may. `link` and `job` are on top:
/// no other room may use them.
const CORE_ROOMS: [(&str, &[&str]); 4] = [
    ("model", &[]),
    ("history", &["model"]),
    ("read", &["model", "history"]),
    ("stat", &["model", "format", "history"]),
];
const CORE_TOP: [&str; 2] = ["link", "job"];

#[test]
fn floors_of_the_browser_crate_only_know_those_below() {
    let mut broken = Vec::new();
    for source in sources("src").iter().filter(|source| !source.path.starts_with("core/")) {
        let (floor, allowed) = FLOORS
            .iter()
            .find(|(floor, _)| source.is_in(floor))
            .unwrap_or_else(|| panic!("src/{}: on no floor", source.path));
        let own = floor.split('/').next().unwrap_or(floor);
        for (line, path) in source.crate_paths("runatlas") {
            let target = path.first().map(String::as_str).unwrap_or_default();
            let room = path.get(1).map(String::as_str).unwrap_or_default();
            let inside_part = *floor != "ui/part" || matches!(room, "" | "part");
            let for_state = own == "ui" && target == "web" && WEB_FOR_STATE_ONLY.contains(&room);
            let fits = allowed.contains(&target) && !for_state || target == own && inside_part;
            if is_module(target) && !fits {
                broken.push(format!("src/{}:{line}: {floor} may not use {}", source.path, path.join("::")));
            }
        }
    }
    report(&broken);
}

#[test]
fn rooms_of_the_core_only_know_those_below() {
    let mut broken = Vec::new();
    for source in sources("src/core") {
        let room = source.room();
        let limits = CORE_ROOMS.iter().find(|(limited, _)| *limited == room).map(|(_, allowed)| *allowed);
        for (line, path) in source.crate_paths("runatlas_core") {
            let target = path.first().map(String::as_str).unwrap_or_default();
            let is_room = Path::new("src/core").join(format!("{target}.rs")).exists();
            let fits = match limits {
                Some(allowed) => allowed.contains(&target),
                None => !CORE_TOP.contains(&target) || CORE_TOP.contains(&room.as_str()),
            };
            if room != "lib" && is_room && target != room && !fits {
                broken.push(format!("src/core/{}:{line}: {room} may not use {target}", source.path));
            }
        }
    }
    report(&broken);
}

#[test]
fn each_floor_names_only_what_belongs_there() {
    let mut broken = Vec::new();
    for source in sources("src") {
        for (_, word, why) in BANNED.iter().filter(|(floor, ..)| source.is_in(floor)) {
            for line in lines_with_word(&source.code, word) {
                broken.push(format!("src/{}:{line}: no {word} here: {why}", source.path));
            }
        }
    }
    report(&broken);
}

#[test]
fn colours_are_written_in_the_tokens_only() {
    let mut broken = Vec::new();
    for sheet in files("style", &["css"]).iter().filter(|path| !path.ends_with("tokens.css")) {
        let css = without_css_comments(&fs::read_to_string(sheet).unwrap());
        for at in colour_literals(&css) {
            broken.push(format!("{}:{}: a colour; use a token", sheet.display(), line_of(&css, at)));
        }
    }
    report(&broken);
}

#[test]
fn light_and_dark_define_the_same_tokens() {
    let themes = themes(&without_css_comments(&fs::read_to_string("style/tokens.css").unwrap()));
    let (_, light) = themes.iter().find(|(scheme, _)| scheme == "light").expect("a light theme");
    let dark: Vec<_> =
        themes.iter().filter(|(scheme, _)| scheme == "dark").map(|(_, tokens)| tokens).collect();
    assert_eq!(dark.len(), 2, "one for the person's choice, one for the system's");
    assert_eq!(dark.first(), dark.last(), "both dark themes are one");
    let names = |tokens: &BTreeMap<String, String>| tokens.keys().cloned().collect::<BTreeSet<_>>();
    assert!(light.len() > 20, "the tokens are read: {light:?}");
    assert_eq!(names(light), names(dark[0]));
}

/// All sheets are loaded at once: a page's `.pt` would also be the state of another page's `.row.pt`.
#[test]
fn a_class_styled_by_itself_means_one_thing_in_all_sheets() {
    let sheets: Vec<(PathBuf, Vec<String>)> = files("style", &["css"])
        .into_iter()
        .map(|path| (path.clone(), selectors(&without_css_comments(&fs::read_to_string(path).unwrap()))))
        .collect();
    let mut owners = BTreeMap::new();
    let mut broken = Vec::new();
    for (path, selectors) in &sheets {
        for class in selectors.iter().filter_map(|selector| lone_class(selector)) {
            let owner = *owners.entry(class).or_insert(path);
            if owner != path {
                broken.push(format!("{}: .{class} belongs to {}", path.display(), owner.display()));
            }
        }
    }
    let is_for_all =
        |owner: &Path| ["base", "layout", "part"].iter().any(|name| owner.ends_with(format!("{name}.css")));
    for (path, selectors) in &sheets {
        for state in selectors.iter().flat_map(|selector| states(selector)) {
            if let Some(owner) = owners.get(state).filter(|owner| **owner != path && !is_for_all(owner)) {
                broken.push(format!(
                    "{}: the state .{state} is a class of {}",
                    path.display(),
                    owner.display()
                ));
            }
        }
    }
    report(&broken);
}

#[test]
fn nothing_names_the_machine_it_was_written_on_or_a_registry() {
    // In pieces, so that this file does not name them either.
    let unwanted = [
        ["/ro", "ot/"],
        ["/wo", "rk/"],
        ["/tmp/he", "lpers"],
        ["npmjs", ".org"],
        ["pythonhos", "ted.org"],
        ["pypi", ".org"],
    ];
    let unwanted = unwanted.map(|pieces| pieces.concat());
    let mut broken = Vec::new();
    for path in committed_files() {
        let Ok(text) = fs::read_to_string(&path) else { continue };
        for (at, line) in text.lines().enumerate() {
            if let Some(found) = unwanted.iter().find(|unwanted| line.contains(unwanted.as_str())) {
                broken.push(format!("{path}:{}: names {found}", at + 1));
            }
        }
    }
    report(&broken);
}

// ---- the checks' own tests: a check that sees nothing proves nothing ------------------------------------------------

#[test]
fn paths_are_found_wherever_they_are_written() {
    let source = Source::new(
        "ui/page/home.rs",
        "use crate::{\n    web::{store, http},\n    state::App,\n};\nlet x = crate::web::now(); // crate::no\nuse super::super::super::worker::x;\nuse super::part::Icon;\nlet s = \"crate::text\";",
    );
    let found: Vec<(usize, String)> =
        source.crate_paths("runatlas").into_iter().map(|(line, path)| (line, path[0].clone())).collect();
    let found: Vec<(usize, &str)> = found.iter().map(|(line, name)| (*line, name.as_str())).collect();
    assert_eq!(found, [(2, "web"), (3, "state"), (5, "web"), (6, "worker"), (7, "ui")]);
}

#[test]
fn colours_are_told_from_selectors() {
    let css = "#add { color: #fff; } .a:hover #bad b { border: 1px solid rgb(1 2 3) } .c { color: var(--x); fill: #12345678 }";
    let found: Vec<&str> = colour_literals(css).into_iter().map(|at| &css[at..at + 4]).collect();
    assert_eq!(found, ["#fff", "rgb(", "#123"]);
}

// ---- reading Rust ---------------------------------------------------------------------------------------------------

struct Source {
    /// Below the scanned folder.
    path: String,
    /// The text with comments and strings blanked out, line ends kept.
    code: String,
}

impl Source {
    fn new(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), code: blank_out(text) }
    }

    fn is_in(&self, floor: &str) -> bool {
        let rest = self.path.strip_prefix(floor);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/') || rest == ".rs")
    }

    fn room(&self) -> String {
        self.path.split('/').next().unwrap_or_default().trim_end_matches(".rs").to_owned()
    }

    /// The module that the file is, as a path from the crate's root.
    fn module(&self) -> Vec<String> {
        self.path.trim_end_matches(".rs").split('/').map(str::to_owned).collect()
    }

    /// Every path that starts at the crate's root, written `crate::`, by the crate's name or through `super::`, with
    /// its line. A group in braces counts as many paths.
    fn crate_paths(&self, crate_name: &str) -> Vec<(usize, Vec<String>)> {
        let mut found = Vec::new();
        for root in ["crate", crate_name] {
            for at in words(&self.code, root) {
                let after = at + root.len();
                if self.code[after..].starts_with("::") {
                    self.expand(after + 2, &[], &mut found);
                }
            }
        }
        for at in words(&self.code, "super") {
            if self.code[..at].ends_with("::") {
                continue; // seen with the first of its row
            }
            let mut module = self.module();
            let mut next = at;
            while self.code[next..].starts_with("super::") {
                module.pop();
                next += "super::".len();
            }
            self.expand(next, &module, &mut found);
        }
        found.sort();
        found
    }

    fn expand(&self, at: usize, base: &[String], found: &mut Vec<(usize, Vec<String>)>) {
        let rest = &self.code[at..];
        if let Some(group) = rest.strip_prefix('{') {
            let mut depth = 0;
            let mut starts_item = true;
            for (offset, letter) in group.char_indices() {
                match letter {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => starts_item = true,
                    _ if starts_item && is_word(letter) => {
                        starts_item = false;
                        self.expand(at + 1 + offset, base, found);
                    }
                    _ => {}
                }
            }
            return;
        }
        let mut path = base.to_vec();
        let mut rest = rest;
        loop {
            let name: String = rest.chars().take_while(|letter| is_word(*letter)).collect();
            if name.is_empty() {
                break;
            }
            rest = &rest[name.len()..];
            path.push(name);
            match rest.strip_prefix("::") {
                Some(further) => rest = further,
                None => break,
            }
        }
        if !path.is_empty() {
            found.push((line_of(&self.code, at), path));
        }
    }
}

/// Replaces comments and string literals by spaces.
fn blank_out(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if rest.starts_with("'\"'") {
            3
        } else if letter == '"' {
            string_length(rest)
        } else {
            code.push(letter);
            rest = &rest[letter.len_utf8()..];
            continue;
        };
        code.extend(rest[..length].chars().map(|letter| if letter == '\n' { '\n' } else { ' ' }));
        rest = &rest[length..];
    }
    code
}

fn string_length(text: &str) -> usize {
    let mut escaped = false;
    for (at, letter) in text.char_indices().skip(1) {
        match letter {
            '"' if !escaped => return at + 1,
            '\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    text.len()
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

fn words(code: &str, word: &str) -> Vec<usize> {
    let ends = |at: usize| !code[at + word.len()..].starts_with(is_word);
    code.match_indices(word)
        .map(|(at, _)| at)
        .filter(|at| !code[..*at].ends_with(is_word) && ends(*at))
        .collect()
}

fn lines_with_word(code: &str, word: &str) -> Vec<usize> {
    words(code, word).into_iter().map(|at| line_of(code, at)).collect()
}

fn line_of(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}

fn is_module(name: &str) -> bool {
    Path::new("src").join(format!("{name}.rs")).exists()
}

// ---- reading CSS ----------------------------------------------------------------------------------------------------

fn without_css_comments(css: &str) -> String {
    let mut left = String::new();
    let mut rest = css;
    while let Some((before, after)) = rest.split_once("/*") {
        let (comment, further) = after.split_once("*/").unwrap_or((after, ""));
        left.push_str(before);
        left.extend(comment.matches('\n'));
        rest = further;
    }
    left + rest
}

/// All selectors, one by one.
fn selectors(css: &str) -> Vec<String> {
    let lists = css.split('{').filter_map(|block| block.rsplit(['}', ';']).next());
    lists.flat_map(|list| list.split(',')).map(|selector| selector.trim().to_owned()).collect()
}

/// `name` of the selector `.name`.
fn lone_class(selector: &str) -> Option<&str> {
    let name = selector.strip_prefix('.')?;
    name.chars().all(|letter| is_word(letter) || letter == '-').then_some(name)
}

/// `b` and `c` of `.a.b .d.c`: classes that others have at times.
fn states(selector: &str) -> impl Iterator<Item = &str> {
    let parts = selector.split([' ', '>', '+', '~', ':', '(', ')', '[']);
    parts.filter(|part| part.starts_with('.')).flat_map(|part| part.split('.').skip(2))
}

/// Where colours are written: hexadecimal or by a function, in a declaration and not in a selector.
fn colour_literals(css: &str) -> Vec<usize> {
    let is_hex = |at: usize| {
        let digits =
            css[at + 1..].chars().take_while(|letter| is_word(*letter) || *letter == '-').collect::<String>();
        matches!(digits.len(), 3 | 4 | 6 | 8) && digits.chars().all(|digit| digit.is_ascii_hexdigit())
    };
    let in_declaration =
        |at: usize| css[at..].find(['{', ';', '}']).is_none_or(|end| !css[at + end..].starts_with('{'));
    let mut found: Vec<usize> = css.match_indices('#').map(|(at, _)| at).filter(|at| is_hex(*at)).collect();
    for function in ["rgb(", "rgba(", "hsl(", "hsla(", "oklch("] {
        found.extend(css.match_indices(function).map(|(at, _)| at));
    }
    found.retain(|at| in_declaration(*at));
    found.sort_unstable();
    found
}

/// Every block that sets `color-scheme`, with the tokens it defines.
fn themes(css: &str) -> Vec<(String, BTreeMap<String, String>)> {
    let blocks = css.split('{').skip(1).map(|block| block.split('}').next().unwrap_or_default());
    blocks
        .filter_map(|block| {
            let declarations: Vec<(&str, &str)> = block
                .split(';')
                .filter_map(|declaration| declaration.split_once(':'))
                .map(|(name, value)| (name.trim(), value.trim()))
                .collect();
            let (_, scheme) = declarations.iter().find(|(name, _)| *name == "color-scheme")?;
            let tokens = declarations.iter().filter(|(name, _)| name.starts_with("--"));
            Some((
                (*scheme).to_owned(),
                tokens.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
            ))
        })
        .collect()
}

// ---- files ----------------------------------------------------------------------------------------------------------

fn sources(folder: &str) -> Vec<Source> {
    let sources = files(folder, &["rs"]).into_iter().map(|path| {
        let below = path.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
        Source::new(&below, &fs::read_to_string(&path).unwrap())
    });
    let sources: Vec<Source> = sources.collect();
    assert!(!sources.is_empty(), "no sources in {folder}");
    sources
}

fn files(folder: &str, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::from(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap_or_else(|cause| panic!("{}: {cause}", folder.display())) {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| endings.iter().any(|wanted| ending == *wanted)) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn committed_files() -> Vec<String> {
    let listing = std::process::Command::new("git").args(["ls-files", "-z"]).output().expect("git is there");
    let listing = String::from_utf8(listing.stdout).unwrap();
    let files: Vec<String> = listing.split('\0').filter(|path| !path.is_empty()).map(str::to_owned).collect();
    assert!(files.len() > 20, "git lists the repository");
    files
}

fn report(broken: &[String]) {
    assert!(broken.is_empty(), "{} broken:\n{}", broken.len(), broken.join("\n"));
}

//! Damage to bytes and to text.

use crate::chance::Chance;

/// Damages bytes in one to eight places: bits, numbers, cuts, repeats, and pieces of `other`.
pub(crate) fn bytes(chance: &mut Chance, bytes: &mut Vec<u8>, other: &[u8]) {
    // Half of all input is damaged once only: further damage hides what the first would show.
    let times = if chance.one_in(2) { 1 } else { 1 + chance.below(8) };
    for _ in 0..times {
        once(chance, bytes, other);
    }
}

fn once(chance: &mut Chance, bytes: &mut Vec<u8>, other: &[u8]) {
    if bytes.is_empty() {
        bytes.push(chance.next() as u8);
    }
    let at = chance.below(bytes.len());
    let longest = if chance.one_in(4) { 2000 } else { 40 };
    let span = chance.below(longest);
    let end = (at + 1 + span).min(bytes.len());
    match chance.below(16) {
        0..=3 => bytes[at] ^= 1 << chance.below(8),
        4 => bytes[at] = chance.next() as u8,
        5..=8 => number(chance, &mut bytes[at..]),
        9 => bytes[at..end].fill([0, 0xff, b' ', b'\n'][chance.below(4)]),
        10 => {
            let from = chance.below(bytes.len() - (end - at) + 1);
            bytes.copy_within(from..from + (end - at), at);
        }
        11 => drop(bytes.drain(at..end)),
        12 => {
            let piece = bytes[at..end].to_vec();
            let times = 1 + chance.below(8);
            bytes.splice(end..end, piece.repeat(times));
        }
        13 if !other.is_empty() => {
            let from = chance.below(other.len());
            let to = (from + 1 + span).min(other.len());
            bytes.splice(at..end, other[from..to].iter().copied());
        }
        14 => bytes.truncate(at),
        _ => bytes.rotate_left(at),
    }
}

/// Overwrites the front with a number of an odd size, in either order of bytes.
pub(crate) fn number(chance: &mut Chance, bytes: &mut [u8]) {
    let number = chance.odd_number();
    let width = [1, 2, 4, 8][chance.below(4)].min(bytes.len());
    let (little, big) = (number.to_le_bytes(), number.to_be_bytes());
    let from = if chance.one_in(2) { &little[..width] } else { &big[8 - width..] };
    bytes[..width].copy_from_slice(from);
}

/// Words that have broken readers before.
const WORDS: &[&str] = &[
    "",
    " ",
    "\0",
    "\n",
    "\r\n",
    "\u{feff}",
    "nan",
    "-inf",
    "Infinity",
    "1e999",
    "-0",
    "-0.0",
    "1_000",
    "0x1p3",
    "9223372036854775807",
    "-9223372036854775808",
    "9223372036854775808",
    "99999999999999999999999",
    "1e-400",
    "..",
    "../..",
    "/",
    "\\",
    "C:\\",
    "file:///",
    "s3://bucket/x",
    "%",
    "%zz",
    "%ff",
    "~",
    "null",
    "true",
    "{}",
    "[",
    "[[[[",
    "{a: {a: {a: ",
    "&a [*a, *a]",
    "*a",
    "!!python/object:os.system",
    "!!binary x",
    "|",
    ">-",
    "- - - -",
    "? ",
    ": ",
    "\t",
    "'",
    "\"",
    "\u{202e}",
    "\u{1f469}\u{200d}\u{1f52c}",
    "é",
    "<script>",
    "</style>",
    "![](x)",
    "[a](javascript:x)",
    "&#0;",
    "`",
    "#",
    "|-|-|",
    ",",
    ";",
    "=1+1",
    "-- x",
    "/*",
    "WITHOUT ROWID",
    "mlruns",
    ".trash",
    "meta.yaml",
    "1",
    "0",
    "-1",
];

/// Damages text: words, lines, and now and then its bytes.
pub(crate) fn text(chance: &mut Chance, text: &mut Vec<u8>, other: &[u8]) {
    for _ in 0..=chance.below(3) {
        if chance.one_in(3) {
            once(chance, text, other);
            continue;
        }
        let word = chance.pick(WORDS).as_bytes();
        let (start, end) = match chance.below(4) {
            0 => line_around(chance, text),
            1 => word_around(chance, text),
            2 => (0, text.len()),
            _ => {
                let at = chance.below(text.len() + 1);
                (at, at)
            }
        };
        let times = if chance.one_in(20) { 3000 } else { 1 };
        text.splice(start..end, word.repeat(times));
    }
}

fn line_around(chance: &mut Chance, text: &[u8]) -> (usize, usize) {
    around(chance, text, |byte| byte == b'\n')
}

fn word_around(chance: &mut Chance, text: &[u8]) -> (usize, usize) {
    around(chance, text, |byte| byte.is_ascii_whitespace() || b":,'\"/".contains(&byte))
}

fn around(chance: &mut Chance, text: &[u8], is_border: fn(u8) -> bool) -> (usize, usize) {
    let at = chance.below(text.len() + 1);
    let start = text[..at].iter().rposition(|&byte| is_border(byte)).map_or(0, |border| border + 1);
    let end = text[at..].iter().position(|&byte| is_border(byte)).map_or(text.len(), |border| at + border);
    (start, end)
}

/// A name for a file, with a taste for those that readers look for.
pub(crate) fn name(chance: &mut Chance) -> String {
    const NAMES: &[&str] = &[
        "mlruns",
        "meta.yaml",
        "metrics",
        "params",
        "tags",
        "artifacts",
        "models",
        ".trash",
        "0",
        "1",
        "inputs",
        "outputs",
        "mlflow.db",
        "mlflow.db-wal",
        "mlflow.db-journal",
        "store.zip",
        "a.sqlite",
        "traces",
        "a b",
        "version-1",
        "aliases",
        "datasets",
        "m-1",
        "loss",
        "val",
        "model",
        "é",
        "%",
        "mlflow.runName",
        "mlflow.note.content",
    ];
    (*chance.pick(NAMES)).to_owned()
}

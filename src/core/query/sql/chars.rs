//! The classes of letters in Python's regular expressions, by which sqlparse cuts tokens. They are not
//! quite those of Rust: a vowel sign of Devanagari is a letter here and none there.

use std::sync::OnceLock;

/// `\w`: what `str.isalnum` takes, and the underscore.
pub(super) fn is_word(letter: char) -> bool {
    if letter.is_ascii() {
        return letter.is_ascii_alphanumeric() || letter == '_';
    }
    letter.is_alphanumeric() && !is_mark(letter)
}

/// `\s`: what `str.isspace` takes.
pub(crate) fn is_space(letter: char) -> bool {
    letter.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&letter)
}

/// `\d`: a decimal digit of any script.
pub(super) fn is_digit(letter: char) -> bool {
    digit_value(letter).is_some()
}

/// What a decimal digit of any script counts, as `int` and `float` read it.
pub(crate) fn digit_value(letter: char) -> Option<u32> {
    static ZEROS: OnceLock<Vec<u32>> = OnceLock::new();
    if letter.is_ascii() {
        return letter.to_digit(10);
    }
    let zeros = ZEROS.get_or_init(|| ZERO_DIGITS.split_ascii_whitespace().filter_map(hex).collect());
    let code = letter as u32;
    let zero = zeros.partition_point(|&zero| zero <= code).checked_sub(1).and_then(|at| zeros.get(at))?;
    let value = code - zero;
    (value < 10).then_some(value)
}

/// `[A-ZÀ-Ü]` with case ignored: what a name may begin with.
pub(super) fn is_initial(letter: char) -> bool {
    match fold(letter) {
        'a'..='z' | '×' => true,
        lower => ('à'..='ü').contains(&lower) && lower != '÷',
    }
}

/// The lower-case letter that stands for all that are equal when case is ignored, for the letters of
/// keywords.
pub(super) fn fold(letter: char) -> char {
    match letter.to_lowercase().next().unwrap_or(letter) {
        'ı' => 'i',
        'ſ' => 's',
        lower => lower,
    }
}

/// Letters to Rust, none to Python.
fn is_mark(letter: char) -> bool {
    static RANGES: OnceLock<Vec<(u32, u32)>> = OnceLock::new();
    let ranges = RANGES.get_or_init(|| MARKS.split_ascii_whitespace().filter_map(range).collect());
    let code = letter as u32;
    let at = ranges.partition_point(|&(from, _)| from <= code).checked_sub(1);
    at.and_then(|at| ranges.get(at)).is_some_and(|&(_, to)| code <= to)
}

fn range(text: &str) -> Option<(u32, u32)> {
    let (from, to) = text.split_once('-').unwrap_or((text, text));
    Some((hex(from)?, hex(to)?))
}

fn hex(text: &str) -> Option<u32> {
    u32::from_str_radix(text, 16).ok()
}

/// Ranges of Other_Alphabetic, marks and circled letters, up to Unicode 14 (Python 3.11).
const MARKS: &str = "\
    345 363-36f 5b0-5bd 5bf 5c1-5c2 5c4-5c5 5c7 610-61a 64b-657 659-65f 670 6d6-6dc 6e1-6e4 6e7-6e8 6ed 711 \
    730-73f 7a6-7b0 816-817 81b-823 825-827 829-82c 8d4-8df 8e3-8e9 8f0-903 93a-93b 93e-94c 94e-94f 955-957 \
    962-963 981-983 9be-9c4 9c7-9c8 9cb-9cc 9d7 9e2-9e3 a01-a03 a3e-a42 a47-a48 a4b-a4c a51 a70-a71 a75 \
    a81-a83 abe-ac5 ac7-ac9 acb-acc ae2-ae3 afa-afc b01-b03 b3e-b44 b47-b48 b4b-b4c b56-b57 b62-b63 b82 bbe- \
    bc2 bc6-bc8 bca-bcc bd7 c00-c04 c3e-c44 c46-c48 c4a-c4c c55-c56 c62-c63 c81-c83 cbe-cc4 cc6-cc8 cca-ccc \
    cd5-cd6 ce2-ce3 d00-d03 d3e-d44 d46-d48 d4a-d4c d57 d62-d63 d81-d83 dcf-dd4 dd6 dd8-ddf df2-df3 e31 \
    e34-e3a e4d eb1 eb4-eb9 ebb-ebc ecd f71-f83 f8d-f97 f99-fbc 102b-1036 1038 103b-103e 1056-1059 105e-1060 \
    1062-1064 1067-106d 1071-1074 1082-108d 108f 109a-109d 1712-1713 1732-1733 1752-1753 1772-1773 17b6-17c8 \
    1885-1886 18a9 1920-192b 1930-1938 1a17-1a1b 1a55-1a5e 1a61-1a74 1abf-1ac0 1acc-1ace 1b00-1b04 1b35-1b43 \
    1b80-1b82 1ba1-1ba9 1bac-1bad 1be7-1bf1 1c24-1c36 1dd3-1df4 24b6-24e9 2de0-2dff a674-a67b a69e-a69f a802 \
    a80b a823-a827 a880-a881 a8b4-a8c3 a8c5 a8ff a926-a92a a947-a952 a980-a983 a9b4-a9bf a9e5 aa29-aa36 aa43 \
    aa4c-aa4d aa7b-aa7d aab0 aab2-aab4 aab7-aab8 aabe aaeb-aaef aaf5 abe3-abea fb1e 10376-1037a 10a01-10a03 \
    10a05-10a06 10a0c-10a0f 10d24-10d27 10eab-10eac 11000-11002 11038-11045 11073-11074 11080-11082 \
    110b0-110b8 110c2 11100-11102 11127-11132 11145-11146 11180-11182 111b3-111bf 111ce-111cf 1122c-11234 \
    11237 1123e 112df-112e8 11300-11303 1133e-11344 11347-11348 1134b-1134c 11357 11362-11363 11435-11441 \
    11443-11445 114b0-114c1 115af-115b5 115b8-115be 115dc-115dd 11630-1163e 11640 116ab-116b5 1171d-1172a \
    1182c-11838 11930-11935 11937-11938 1193b-1193c 11940 11942 119d1-119d7 119da-119df 119e4 11a01-11a0a \
    11a35-11a39 11a3b-11a3e 11a51-11a5b 11a8a-11a97 11c2f-11c36 11c38-11c3e 11c92-11ca7 11ca9-11cb6 \
    11d31-11d36 11d3a 11d3c-11d3d 11d3f-11d41 11d43 11d47 11d8a-11d8e 11d90-11d91 11d93-11d96 11ef3-11ef6 \
    16f4f 16f51-16f87 16f8f-16f92 16ff0-16ff1 1bc9e 1e000-1e006 1e008-1e018 1e01b-1e021 1e023-1e024 \
    1e026-1e02a 1e947 1f130-1f149 1f150-1f169 1f170-1f189 \
    ";

/// The zeros of all decimal digits above ASCII, up to Unicode 14.
const ZERO_DIGITS: &str = "\
    660 6f0 7c0 966 9e6 a66 ae6 b66 be6 c66 ce6 d66 de6 e50 ed0 f20 1040 1090 17e0 1810 1946 19d0 1a80 1a90 \
    1b50 1bb0 1c40 1c50 a620 a8d0 a900 a9d0 a9f0 aa50 abf0 ff10 104a0 10d30 11066 110f0 11136 111d0 112f0 \
    11450 114d0 11650 116c0 11730 118e0 11950 11c50 11d50 11da0 16a60 16ac0 16b50 1d7ce 1d7d8 1d7e2 1d7ec \
    1d7f6 1e140 1e2f0 1e950 1fbf0 \
    ";

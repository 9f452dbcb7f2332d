use std::borrow::Cow;

/// Cuts the middle out of a name that is longer than `max` characters, at token boundaries if
/// that keeps most of the room in use: `mixup-0.8-ema-lr5e-4` in 13 is `mixup…lr5e-4`.
pub fn middle(name: &str, max: usize) -> Cow<'_, str> {
    let chars: Vec<char> = name.chars().collect();
    if chars.len() <= max {
        return Cow::Borrowed(name);
    }
    let room = max.saturating_sub(1);
    let (head, tail) = tokens(&chars, room).unwrap_or((room.div_ceil(2), room / 2));
    let mut out: String = chars.iter().take(head).collect();
    out.push('…');
    out.extend(chars.iter().skip(chars.len() - tail));
    Cow::Owned(out)
}

/// Text on one line of at most `max` characters: line ends and other control characters become
/// blanks, runs of blanks one blank, and what does not fit is cut at the end.
pub fn one_line(text: &str, max: usize) -> Cow<'_, str> {
    let plain = |c: char| !c.is_control() && (c == ' ' || !c.is_whitespace());
    if text.len() <= max && text.chars().all(plain) && !text.contains("  ") {
        return Cow::Borrowed(text.trim());
    }
    let words = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    let one_blank =
        words.enumerate().flat_map(|(i, word)| (i > 0).then_some(' ').into_iter().chain(word.chars()));
    // One more than fits, to know whether it fits.
    let mut out: Vec<char> = one_blank.take(max.saturating_add(1)).collect();
    if out.len() > max {
        out.truncate(max.saturating_sub(1));
        out.push('…');
    }
    Cow::Owned(out.into_iter().collect())
}

/// The two ends of a long id: `e83f4b21…9d04`; ids of up to 14 characters whole.
pub fn short_id(id: &str) -> Cow<'_, str> {
    let length = id.chars().count();
    if length <= 14 {
        return Cow::Borrowed(id);
    }
    let head: String = id.chars().take(8).collect();
    let tail: String = id.chars().skip(length - 4).collect();
    Cow::Owned(format!("{head}…{tail}"))
}

/// A git commit as git shortens it, `9f3c2e1`; other text stays as it is.
pub fn short_commit(commit: &str) -> &str {
    let is_hash = commit.len() >= 12 && commit.bytes().all(|b| b.is_ascii_hexdigit());
    if is_hash { commit.get(..7).unwrap_or(commit) } else { commit }
}

/// How many characters to keep at the two ends so that both end on token boundaries, together at
/// most `room`; `None` when that would waste more than two fifths of it.
fn tokens(chars: &[char], room: usize) -> Option<(usize, usize)> {
    let is_separator = |i: usize| {
        let c = *chars.get(i)?;
        let before = i.checked_sub(1).and_then(|i| chars.get(i)).copied();
        let after = chars.get(i + 1).copied();
        let digits = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        // The point in 0.8 and the minus in 5e-4 hold a number together.
        let in_number = (c == '.' && digits(before)) || (c == '-' && matches!(before, Some('e' | 'E')));
        Some(matches!(c, '-' | '_' | '.' | '/' | ' ' | ':' | ',' | '=') && !(in_number && digits(after)))
    };
    let separators: Vec<usize> = (1..chars.len()).filter(|&i| is_separator(i) == Some(true)).collect();
    let heads = separators.iter().copied().filter(|&head| head <= room);
    let tails: Vec<usize> = separators.iter().map(|i| chars.len() - i - 1).filter(|&tail| tail > 0).collect();
    heads
        .flat_map(|head| tails.iter().map(move |&tail| (head, tail)))
        .filter(|(head, tail)| head + tail <= room && (head + tail) * 5 >= room * 3)
        .max_by_key(|(head, tail)| (head + tail, std::cmp::Reverse(head.abs_diff(*tail))))
}

/// A reason as a sentence: a capital at the start and a full stop at the end, unless it begins with
/// something that must stay as it is, such as a file's name.
pub fn sentence(reason: &str) -> String {
    let reason = reason.trim();
    let first = reason.split_whitespace().next().unwrap_or_default();
    let is_word = !first.is_empty() && first.chars().all(char::is_alphabetic);
    let mut chars = reason.chars();
    let mut text: String = match chars.next() {
        Some(letter) if is_word => letter.to_uppercase().chain(chars).collect(),
        _ => reason.to_owned(),
    };
    if !text.ends_with(['.', '!', '?']) {
        text.push('.');
    }
    text
}

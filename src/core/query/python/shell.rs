/// `shlex.split`: words, quotes of both kinds, backslashes. `Err` is what Python says of a text that
/// ends too early.
pub(crate) fn split(text: &str) -> Result<Vec<String>, &'static str> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match letter {
            ' ' | '\t' | '\r' | '\n' => words.extend(word.take()),
            '\\' => {
                let next = letters.next().ok_or("No escaped character")?;
                word.get_or_insert_default().push(next);
            }
            '\'' | '"' => quoted(letter, &mut letters, word.get_or_insert_default())?,
            _ => word.get_or_insert_default().push(letter),
        }
    }
    words.extend(word);
    Ok(words)
}

fn quoted(quote: char, letters: &mut std::str::Chars<'_>, word: &mut String) -> Result<(), &'static str> {
    while let Some(letter) = letters.next() {
        if letter == quote {
            return Ok(());
        }
        if letter == '\\' && quote == '"' {
            let next = letters.next().ok_or("No escaped character")?;
            if next != quote && next != '\\' {
                word.push('\\');
            }
            word.push(next);
        } else {
            word.push(letter);
        }
    }
    Err("No closing quotation")
}

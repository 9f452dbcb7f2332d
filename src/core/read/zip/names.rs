//! Names of members: what may become a path.

/// The path that a member's name stands for, or why it may not be used.
///
/// Archives from Windows separate with `\`, which no MLflow key contains.
pub(super) fn safe_path(name: &str) -> Result<String, &'static str> {
    let name = name.replace('\\', "/");
    if name.starts_with('/') {
        return Err("its path is absolute");
    }
    if name.chars().any(char::is_control) {
        return Err("its name has control characters");
    }
    let mut parts = Vec::new();
    for part in name.split('/') {
        match part {
            "" | "." => {}
            ".." => return Err("its path leads out of the archive"),
            part if parts.is_empty() && is_drive(part) => return Err("its path names a drive"),
            part => parts.push(part),
        }
    }
    if parts.is_empty() { Err("it has no name") } else { Ok(parts.join("/")) }
}

/// `C:` and `C:name`: the path of another disk.
fn is_drive(part: &str) -> bool {
    matches!(part.as_bytes(), [letter, b':', ..] if letter.is_ascii_alphabetic())
}

use crate::{
    format::{self, Clock},
    model::{Lifecycle, Millis, Run},
    table::{file_name, value::user},
};

/// One labelled fact at the head of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// `Started`
    pub label: &'static str,
    /// `19 Nov 2026, 09:41`
    pub text: String,
    /// The exact value, where `text` is shortened: for the tooltip and for copying.
    pub title: Option<String>,
    /// An http or https address it leads to, such as the repository.
    pub href: Option<String>,
    /// In mono: ids, paths, commits.
    pub mono: bool,
    /// Said beside it: how long ago.
    pub aside: Option<String>,
}

/// Id, start, duration, user, program, commit, branch, entry point and so on; only what is known.
pub fn overview(run: &Run, clock: &Clock) -> Vec<Fact> {
    let tag = |key: &str| run.tag(key).filter(|value| !value.trim().is_empty());
    let mut facts = vec![code("Run ID", &run.id, &format::short_id(&run.id))];
    facts.extend(run.start_time.map(|at| time("Started", at, clock)));
    facts.extend(run.end_time.map(|at| time("Ended", at, clock)));
    let duration = run.duration_millis().map(format::duration_long);
    facts.extend(duration.map(|text| Fact { text, ..fact("Duration") }));
    facts.extend(user(run).map(|user| Fact { text: one_line(user), ..fact("User") }));
    facts.extend(tag("mlflow.source.name").map(|path| code("Program", path, file_name(path))));
    facts.extend(
        tag("mlflow.source.git.commit").map(|commit| Fact {
            href: tag("mlflow.source.git.repoURL")
                .and_then(repository)
                .and_then(|url| commit_address(&url, commit)),
            ..code("Commit", commit, format::short_commit(commit))
        }),
    );
    facts.extend(tag("mlflow.source.git.branch").map(|branch| code("Branch", branch, branch)));
    facts.extend(
        tag("mlflow.source.git.repoURL")
            .map(|url| Fact { href: repository(url), ..code("Repository", url, url) }),
    );
    facts.extend(tag("mlflow.project.entryPoint").map(|name| code("Entry point", name, name)));
    facts.extend(tag("mlflow.project.backend").map(|name| Fact { text: one_line(name), ..fact("Backend") }));
    facts.extend(tag("mlflow.docker.image.name").map(|name| code("Image", name, name)));
    if run.lifecycle == Lifecycle::Deleted {
        let when = run.deleted_time.map_or_else(|| "yes".to_owned(), |at| clock.date_time(at));
        facts.push(Fact { text: when, title: run.deleted_time.map(|at| clock.iso(at)), ..fact("Deleted") });
    }
    if !run.artifact_uri.is_empty() {
        facts.push(code("Artifacts at", &run.artifact_uri, &run.artifact_uri));
    }
    facts
}

fn fact(label: &'static str) -> Fact {
    Fact { label, text: String::new(), title: None, href: None, mono: false, aside: None }
}

fn time(label: &'static str, at: Millis, clock: &Clock) -> Fact {
    let text = clock.date_time(at);
    // Times long past have no age: it would only say the same again.
    let aside = Some(clock.age(at)).filter(|age| *age != text);
    Fact { text, title: Some(clock.iso(at)), aside, ..fact(label) }
}

fn code(label: &'static str, exact: &str, short: &str) -> Fact {
    let text = one_line(short);
    Fact { title: (text != exact).then(|| exact.to_owned()), text, mono: true, ..fact(label) }
}

fn one_line(text: &str) -> String {
    format::one_line(text, 200).into_owned()
}

/// The web address of a git remote, without user name or token: `git@host:a/b.git` and
/// `https://token@host/a/b.git` are `https://host/a/b`.
fn repository(remote: &str) -> Option<String> {
    let remote = remote.trim();
    let (scheme, rest) = match remote.split_once("://") {
        Some(("https" | "ssh" | "git", rest)) => ("https", rest.to_owned()),
        Some(("http", rest)) => ("http", rest.to_owned()),
        Some(_) => return None,
        // The short form that ssh takes.
        None => ("https", remote.strip_prefix("git@")?.replacen(':', "/", 1)),
    };
    let (host, path) = rest.split_once('/')?;
    let host = host.rsplit('@').next().unwrap_or(host);
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '/' | '~' | ':');
    let path = path.trim_end_matches('/').trim_end_matches(".git");
    let is_plain = !host.is_empty() && !path.is_empty() && host.chars().chain(path.chars()).all(plain);
    is_plain.then(|| format!("{scheme}://{host}/{path}"))
}

/// GitHub, GitLab and Gitea know `…/commit/HASH`.
fn commit_address(repository: &str, commit: &str) -> Option<String> {
    let is_hash = commit.len() >= 7 && commit.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hash.then(|| format!("{repository}/commit/{commit}"))
}

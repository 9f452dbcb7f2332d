//! What was seen and why, in words.

use crate::mlflow::{
    Reach,
    doctor::{Cause, Outcome, ProbeKind, Situation, evidence::Evidence},
};

/// One sentence of what was seen, one paragraph of why.
pub(super) fn words(cause: &Cause, situation: &Situation, evidence: &Evidence) -> (String, String) {
    let server = &situation.server;
    let page = &situation.page_origin;
    let host = server.host_and_port();
    match cause {
        Cause::Offline
        | Cause::NothingListens
        | Cause::Certificate
        | Cause::OtherScheme
        | Cause::MixedContent
        | Cause::LocalNetwork
        | Cause::NoAnswer => of_unreachable(cause, situation, evidence),
        Cause::OriginRefused => (
            format!("{host} replies but does not let {page} read its answers"),
            origin_refused(situation),
        ),
        Cause::PostRefused => (
            format!("{host} lets {page} read, but refuses its POST requests"),
            "MLflow 3.5 and later block POST from origins that are not on their own list, whatever headers a proxy \
             adds. Runatlas needs POST to search runs"
                .to_owned(),
        ),
        Cause::PreflightRefused => (
            format!("{host} lets {page} read, but refuses the pre-flight"),
            "Before a request with JSON or with a sign-in the browser asks the server by OPTIONS whether it may. That \
             answer must be 2xx and allow this origin and these headers; a proxy that only adds \
             Access-Control-Allow-Origin is not enough"
                .to_owned(),
        ),
        Cause::PreflightWantsSignIn => (
            format!("{host} asks for a sign-in before it answers the pre-flight"),
            "Browsers send the pre-flight (OPTIONS) without credentials, by their standard. The server or a proxy \
             answers it with 401, so that the request itself is never sent. MLflow's basic-auth app does so under \
             gunicorn, and before 3.5; under uvicorn, the default since 3.5, it does not"
                .to_owned(),
        ),
        Cause::HostRefused => (
            format!("The server does not accept the name {host}"),
            format!(
                "MLflow 3.5 and later answer \"Invalid Host header\" to names that are not on their list. {host} is \
                 not on it; by default only localhost and private addresses are"
            ),
        ),
        _ => of_answers(cause, situation, evidence),
    }
}

fn of_unreachable(cause: &Cause, situation: &Situation, evidence: &Evidence) -> (String, String) {
    let server = &situation.server;
    let host = server.host_and_port();
    match cause {
        Cause::Offline => (
            "This device is offline".to_owned(),
            "The browser reports no network. What was read before stays here".to_owned(),
        ),
        Cause::NothingListens => (
            format!("Nothing answers at {server}{}", after(evidence)),
            "The server is not running, listens on another port or only on another machine, the name is wrong, or a \
             firewall or VPN is in between"
                .to_owned(),
        ),
        Cause::Certificate => (
            format!("The browser does not trust the certificate of {host}"),
            "Certificates that are self-signed, out of date or for another name are refused without a word to the page"
                .to_owned(),
        ),
        Cause::OtherScheme => {
            let other = server.with_other_scheme();
            (
                format!("{host} speaks {}, not {}", other.scheme(), server.scheme()),
                format!("The same host and port answers at {other}"),
            )
        }
        Cause::MixedContent => (
            format!("This page came over https and {server} is http"),
            mixed_content(situation),
        ),
        Cause::LocalNetwork => (
            format!("The browser does not let this page reach {host}"),
            "Chromium 142 and later ask before a page of the internet may call this device or its local network, and \
             refuse when the answer was no, or when the page itself is not https"
                .to_owned(),
        ),
        _ => (
            format!("{server} takes the connection and never answers, or drops it"),
            "A firewall that drops packets, an address of another network, a VPN that is off, or a server whose workers \
             are all busy"
                .to_owned(),
        ),
    }
}

fn of_answers(cause: &Cause, situation: &Situation, evidence: &Evidence) -> (String, String) {
    let server = &situation.server;
    let (title, why): (String, &str) = match cause {
        Cause::LoginPage => (
            format!("A sign-in page stands before {server}"),
            "A proxy sends everyone who has not signed in to a page for people. A page of another origin cannot pass \
             it; it needs a token or a header that the proxy accepts",
        ),
        Cause::NotMlflow => (
            format!("What answers at {server} is not an MLflow server"),
            "Neither MLflow's version nor its experiments are there",
        ),
        Cause::PrefixWrong(Some(found)) => (
            format!("MLflow is at {found}"),
            "It was started with a path prefix, or stands behind a proxy that adds one",
        ),
        Cause::PrefixWrong(None) => (
            "MLflow may be below another path of this host".to_owned(),
            "With --static-prefix, or behind a proxy, every path begins with a prefix. It is what stands before /#/ in \
             the address of MLflow's own page",
        ),
        Cause::SignInNeeded => {
            (format!("{server} asks who you are"), "It answered 401 to a request without a sign-in")
        }
        Cause::SignInWrong => (
            format!("{server} does not accept this sign-in"),
            "It answered 401: a wrong user name or password, or a token that is out of date or for something else",
        ),
        Cause::Forbidden => (
            format!("{server} answered 403"),
            "It knows the request and refuses it: this user may not read experiments, or a proxy or firewall forbids \
             the interface to this network",
        ),
        Cause::TooManyRequests => (
            format!("{server} answered 429"),
            "It or a proxy limits how often it may be asked. Wait a minute and check again",
        ),
        Cause::BackendDown(status) => (
            format!("A proxy at {server} answered {status}"),
            "The proxy is up and MLflow behind it is not, or takes longer than the proxy waits",
        ),
        Cause::ServerError(status) => (
            format!("{server} answered {status}"),
            "The server failed to answer; its log says why. A database that needs `mlflow db upgrade` is common",
        ),
        Cause::ArtifactsOnly => (
            format!("{server} serves artifacts only"),
            "It was started with --artifacts-only. Experiments and runs are at the tracking server that belongs to it",
        ),
        Cause::MissingEndpoint(endpoint) => return missing(endpoint, evidence),
        Cause::TooSlow => (
            format!("{server} takes longer than 15 s to answer"),
            "The server or its database is overloaded, far away, or starting",
        ),
        Cause::Slow => (
            "Answers take seconds".to_owned(),
            "Reading works and will take long. One worker, a database far from the server or a proxy that starts it on \
             demand are common",
        ),
        Cause::ArtifactsNotProxied => (
            "Artifacts do not pass through the server".to_owned(),
            "It runs with --no-serve-artifacts, or is older than artifact proxying. Runs, params and metrics are read in \
             full; files only where the server itself can open the store",
        ),
        Cause::ArtifactsUnclear => (
            "The artifacts could not be listed".to_owned(),
            "Runs, params and metrics are read in full. The server's artifact store is not set up, not reachable from \
             it, or not open to this user",
        ),
        // Told apart by `words`.
        _ => (String::new(), ""),
    };
    (title, why.to_owned())
}

fn origin_refused(situation: &Situation) -> String {
    if situation.page_origin == "null" {
        return "This page was opened from a file, so its origin is \"null\", which no server can allow by name".to_owned();
    }
    if situation.is_page_allowed_by_default() {
        return "MLflow 3.5 and later allow pages of this machine by themselves. An older MLflow sends no CORS header at \
                all; or a proxy removes it"
            .to_owned();
    }
    "A server must name the origins whose pages may read its answers (CORS). MLflow 3.5 and later do so only for origins \
     on their list, older ones for none"
        .to_owned()
}

fn mixed_content(situation: &Situation) -> String {
    if situation.server.reach() == Reach::Loopback {
        return "Safari lets no https page call an http server, not even on this machine; Chromium and Firefox do"
            .to_owned();
    }
    "Browsers do not let an https page call an http server, whether or not it runs. Only localhost and 127.0.0.1 are \
     exempt; Chromium 142 and later also addresses of the local network, once you allow it"
        .to_owned()
}

fn missing(endpoint: &str, evidence: &Evidence) -> (String, String) {
    let version = evidence.version();
    let who = version.map_or_else(|| "This MLflow".to_owned(), |version| format!("MLflow {version}"));
    (
        format!("{who} does not answer {endpoint}"),
        "Runatlas needs MLflow 1.28 or later (2022), or a proxy lets only some paths through".to_owned(),
    )
}

/// A refused connection fails at once; this much is known of it.
fn after(evidence: &Evidence) -> String {
    match evidence.of(ProbeKind::Reach) {
        Some(Outcome::Failed { millis }) => format!(", the request failed after {millis} ms"),
        _ => String::new(),
    }
}

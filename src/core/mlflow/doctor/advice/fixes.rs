//! Commands and settings, with this page's origin and the server's address filled in.

use std::fmt::Write as _;

use super::Fix;
use crate::mlflow::doctor::{Cause, Situation};

/// What mends a cause, the best way first.
pub(super) fn fixes(cause: &Cause, situation: &Situation, version: Option<&str>) -> Vec<Fix> {
    let server = &situation.server;
    match cause {
        Cause::OriginRefused if situation.page_origin == "null" => vec![from_localhost(), import()],
        Cause::OriginRefused if situation.is_page_allowed_by_default() => {
            vec![upgrade("3.5"), nginx(situation), import()]
        }
        Cause::OriginRefused => {
            vec![flags(situation), environment(situation), nginx(situation), from_localhost(), import()]
        }
        Cause::PostRefused => vec![flags(situation), environment(situation), nginx(situation)],
        Cause::PreflightRefused if version.is_some_and(has_cors) => {
            vec![origin_in_full(situation), nginx(situation)]
        }
        Cause::PreflightRefused => vec![nginx(situation), upgrade("3.5"), flags(situation)],
        Cause::PreflightWantsSignIn => vec![
            Fix::new("Start MLflow under uvicorn, without --gunicorn-opts")
                .code(mlflow_server(situation, true))
                .note("Needs MLflow 3.5 or later"),
            nginx(situation),
        ],
        Cause::HostRefused => vec![hosts_flag(situation), hosts_environment(situation), host_of_proxy()],
        Cause::NothingListens => vec![start(situation), listen_everywhere(situation)],
        Cause::Certificate => certificate(situation),
        Cause::OtherScheme => vec![address(&server.with_other_scheme().to_string())],
        Cause::PrefixWrong(Some(found)) => vec![address(found)],
        Cause::PrefixWrong(None) => {
            vec![Fix::new("Open MLflow's own page and paste its whole address; Runatlas cuts off what it does not need")]
        }
        Cause::MixedContent => vec![tls(situation), from_localhost(), import()],
        Cause::LocalNetwork => vec![
            Fix::new("Allow \"local network\" in the site settings beside the address bar, then check again"),
            from_localhost(),
        ],
        Cause::LoginPage => vec![Fix::new("Ask for a token or a header that passes the proxy, and sign in with it"), import()],
        Cause::SignInNeeded => vec![Fix::new("Choose a way to sign in and check again")],
        Cause::SignInWrong => vec![check_sign_in(situation)],
        Cause::Forbidden => vec![Fix::new("Ask whoever runs the server for permission to read"), import()],
        Cause::ArtifactsOnly => vec![Fix::new("Write the address of the tracking server, or start one without --artifacts-only")],
        Cause::MissingEndpoint(_) => vec![upgrade("2.0"), import()],
        Cause::ArtifactsNotProxied => {
            vec![Fix::new("Let artifacts pass through the server").code("mlflow server --serve-artifacts \\\n  --artifacts-destination \"s3://bucket/path\"")]
        }
        Cause::ServerError(_) => vec![
            Fix::new("Read the server's log; where it speaks of the schema, upgrade the database (back it up first)")
                .code("mlflow db upgrade \"$MLFLOW_BACKEND_STORE_URI\""),
        ],
        Cause::TooSlow | Cause::Slow => {
            vec![Fix::new("Start more workers").code("mlflow server --workers 4"), import()]
        }
        Cause::NoAnswer => vec![start(situation), import()],
        Cause::NotMlflow => vec![Fix::new("Write the address at which MLflow's own page opens")],
        Cause::BackendDown(_) => vec![Fix::new("Start MLflow behind the proxy"), import()],
        Cause::Offline | Cause::TooManyRequests | Cause::ArtifactsUnclear => Vec::new(),
    }
}

fn flags(situation: &Situation) -> Fix {
    Fix::new("Restart MLflow with").code(mlflow_server(situation, !situation.is_host_allowed_by_default())).note(
        "Needs MLflow 3.5 or later, under uvicorn, its default. Keep the flags that you start it with, and other origins \
         behind a comma",
    )
}

/// Seen with 3.17.2: Flask's part takes `http://host:*` for a pattern and lets pages read, FastAPI's, which
/// answers the pre-flight, takes it literally.
fn origin_in_full(situation: &Situation) -> Fix {
    Fix::new("Restart MLflow with this origin in full; a pattern with * lets pages read and no more")
        .code(mlflow_server(situation, !situation.is_host_allowed_by_default()))
        .note("Keep the flags that you start it with, and other origins behind a comma")
}

/// MLflow has CORS flags of its own since 3.5.
fn has_cors(version: &str) -> bool {
    let mut numbers = version.split('.').map_while(|part| part.parse::<u32>().ok());
    (numbers.next(), numbers.next()) >= (Some(3), Some(5))
}

fn mlflow_server(situation: &Situation, names_host: bool) -> String {
    let mut command = format!("mlflow server \\\n  --cors-allowed-origins \"{}\"", situation.page_origin);
    if names_host {
        push(&mut command, format_args!(" \\\n  --allowed-hosts \"{}\"", allowed_hosts(situation)));
    }
    command
}

/// The list replaces the default one, so that this machine is named too.
fn allowed_hosts(situation: &Situation) -> String {
    format!("{},localhost:*,127.0.0.1:*", situation.server.host_and_port())
}

fn environment(situation: &Situation) -> Fix {
    let mut code = format!("MLFLOW_SERVER_CORS_ALLOWED_ORIGINS=\"{}\"", situation.page_origin);
    if !situation.is_host_allowed_by_default() {
        push(&mut code, format_args!("\nMLFLOW_SERVER_ALLOWED_HOSTS=\"{}\"", allowed_hosts(situation)));
    }
    Fix::new("Or set in its environment (Docker, Compose, systemd)").code(code)
}

fn hosts_flag(situation: &Situation) -> Fix {
    Fix::new("Restart MLflow with")
        .code(format!("mlflow server \\\n  --allowed-hosts \"{}\"", allowed_hosts(situation)))
        .note("Keep the flags that you start it with. The list replaces MLflow's own, so it names this machine too")
}

fn hosts_environment(situation: &Situation) -> Fix {
    Fix::new("Or set in its environment")
        .code(format!("MLFLOW_SERVER_ALLOWED_HOSTS=\"{}\"", allowed_hosts(situation)))
}

fn host_of_proxy() -> Fix {
    Fix::new("Or let nginx call MLflow by a name that it accepts").code("proxy_set_header Host localhost;")
}

/// MLflow lets a `POST` without an `Origin` header pass (`should_block_cors_request`), so that the
/// proxy alone decides who may.
fn nginx(situation: &Situation) -> Fix {
    let page = &situation.page_origin;
    let mut headers = vec!["Content-Type".to_owned()];
    headers.extend(situation.credential_headers.iter().cloned());
    if headers.len() == 1 {
        headers.push("Authorization".to_owned());
    }
    let allow = format!("add_header Access-Control-Allow-Origin \"{page}\" always;");
    let code = format!(
        "location {prefix}/ {{\n    if ($request_method = OPTIONS) {{\n        {allow}\n        \
         add_header Access-Control-Allow-Methods \"GET, POST, PATCH, DELETE, OPTIONS\" always;\n        \
         add_header Access-Control-Allow-Headers \"{headers}\" always;\n        \
         add_header Access-Control-Max-Age 600 always;\n        return 204;\n    }}\n    \
         {allow}\n    add_header Vary Origin always;\n    \
         proxy_hide_header Access-Control-Allow-Origin;\n    proxy_hide_header Access-Control-Allow-Credentials;\n    \
         proxy_set_header Origin \"\";\n    proxy_pass http://127.0.0.1:5000;  # where MLflow itself listens\n}}",
        prefix = situation.server.prefix(),
        headers = headers.join(", "),
    );
    Fix::new("Or in nginx before MLflow, for any version").code(code)
}

fn upgrade(version: &str) -> Fix {
    Fix::new(format!("Upgrade the server to MLflow {version} or later"))
        .code("pip install --upgrade mlflow")
        .note("A database may need `mlflow db upgrade` afterwards; back it up first")
}

fn start(situation: &Situation) -> Fix {
    let server = &situation.server;
    let mut code = format!("mlflow server --port {}", server.port());
    if !server.prefix().is_empty() {
        push(&mut code, format_args!(" --static-prefix {}", server.prefix()));
    }
    Fix::new("Start the server, on the machine that it runs on").code(code)
}

fn listen_everywhere(situation: &Situation) -> Fix {
    Fix::new("If it runs on another machine or in a container, let it listen beyond itself")
        .code(format!("mlflow server --host 0.0.0.0 --port {}", situation.server.port()))
        .note("Everyone who reaches that port can then read and write; put a sign-in before it")
}

fn certificate(situation: &Situation) -> Vec<Fix> {
    let origin = situation.server.origin();
    vec![
        Fix::new("Open this in a new tab, accept the certificate, then check again")
            .code(format!("{origin}/")),
        Fix::new("Or give the server a certificate that browsers trust; on your own machines")
            .code(format!("mkcert -install && mkcert {}", situation.server.host().trim_matches(['[', ']']))),
    ]
}

fn tls(situation: &Situation) -> Fix {
    Fix::new("Put the server behind https and write")
        .code(situation.server.with_other_scheme().to_string())
        .note("A proxy with a certificate before MLflow: nginx, Caddy or the cloud's own")
}

fn from_localhost() -> Fix {
    Fix::new("Or open Runatlas from this machine: unpack a release, serve it, open http://localhost:8080")
        .code("python3 -m http.server 8080 --bind 127.0.0.1 --directory runatlas")
        .note("MLflow 3.5 and later allow pages of this machine without a flag")
}

fn import() -> Fix {
    Fix::new("Or open the files instead: mlflow.db, or a zip of mlruns").code("zip -r mlruns.zip mlruns")
}

fn address(url: &str) -> Fix {
    Fix::new("Use this address").code(url)
}

fn check_sign_in(situation: &Situation) -> Fix {
    Fix::new("Try the same in a terminal; curl asks for the password").code(format!(
        "curl -i -u USER \"{}\"",
        situation.server.join("api/2.0/mlflow/experiments/search", &[("max_results", "1")])
    ))
}

fn push(text: &mut String, arguments: std::fmt::Arguments<'_>) {
    // Writing to a string does not fail.
    let _ = text.write_fmt(arguments);
}

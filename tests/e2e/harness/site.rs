//! The production build behind a plain static server, under a sub-path, like a project site.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderValue, header};
use axum::middleware::{self, Next};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;

/// Where the app lies on the server: never the root, so that an absolute path in the app shows.
const SUB_PATH: &str = "/some/where/";

/// A running server of one folder.
pub(crate) struct Site {
    folder: PathBuf,
    address: SocketAddr,
    // A runtime of its own: dropping it ends open connections too, as a cut cable would.
    runtime: Option<Runtime>,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Site {
    /// Serves the production build: dist/, or the folder that RUNATLAS_DIST names.
    pub(crate) fn start() -> Self {
        let dist = std::env::var_os("RUNATLAS_DIST").map_or_else(|| PathBuf::from("dist"), PathBuf::from);
        let dist = Path::new(env!("CARGO_MANIFEST_DIR")).join(dist);
        assert!(dist.join("index.html").is_file(), "no build in {}: run scripts/build first", dist.display());
        Self::start_folder(dist)
    }

    /// Serves any folder.
    pub(crate) fn start_folder(folder: PathBuf) -> Self {
        let mut site = Self {
            folder,
            address: SocketAddr::from(([127, 0, 0, 1], 0)),
            runtime: None,
            requests: Arc::default(),
        };
        site.start_again();
        site
    }

    /// What it serves.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// The app's address, with its sub-path and a final slash.
    pub(crate) fn url(&self) -> String {
        format!("http://{}{SUB_PATH}", self.address)
    }

    /// Ends the server at once, open connections included.
    pub(crate) fn stop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }

    /// Serves again at the same address after [`Site::stop`].
    pub(crate) fn start_again(&mut self) {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let listener = std::net::TcpListener::bind(self.address).expect("the site's port is free");
        listener.set_nonblocking(true).unwrap();
        self.address = listener.local_addr().unwrap();
        let app = self.router();
        runtime.spawn(async move { axum::serve(TcpListener::from_std(listener).unwrap(), app).await });
        self.runtime = Some(runtime);
    }

    /// What was asked for so far, as paths below the app's address.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }

    fn router(&self) -> Router {
        let requests = Arc::clone(&self.requests);
        // Common static hosts let browsers keep files for minutes: so a stale mixture of releases would show here.
        let keep = SetResponseHeaderLayer::if_not_present(
            header::CACHE_CONTROL,
            HeaderValue::from_static("max-age=600"),
        );
        Router::new().nest_service(SUB_PATH, ServeDir::new(&self.folder)).layer(keep).layer(
            middleware::from_fn(move |request: Request, next: Next| {
                let path = request.uri().path();
                requests.lock().unwrap().push(path.strip_prefix(SUB_PATH).unwrap_or(path).to_owned());
                next.run(request)
            }),
        )
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.stop();
    }
}

//! A real MLflow tracking server on a free port, ended whatever happens.

use std::{
    io::{Read as _, Write as _},
    net::{TcpListener, TcpStream},
    os::unix::process::CommandExt as _,
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use tempfile::TempDir;

/// How long the server may take to load MLflow.
const PATIENCE: Duration = Duration::from_secs(120);

pub(crate) struct MlflowServer {
    process: Child,
    port: u16,
    _folder: TempDir,
}

impl MlflowServer {
    /// Serves a copy of a golden database with the MLflow of that version and these arguments.
    pub(crate) fn start(version: &str, arguments: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(format!("{version}-db"));
        for name in ["mlflow.db", "mlflow.db-wal"] {
            if golden.join(name).is_file() {
                std::fs::copy(golden.join(name), folder.path().join(name)).unwrap();
            }
        }
        let port = TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
        let store = format!("sqlite:///{}", folder.path().join("mlflow.db").display());
        let process = Command::new(python(version))
            .args([
                "-m",
                "mlflow",
                "server",
                "--host",
                "127.0.0.1",
                "--workers",
                "1",
                "--backend-store-uri",
                &store,
            ])
            .args(["--port", &port.to_string()])
            .args(arguments)
            .env("MLFLOW_SERVER_ENABLE_JOB_EXECUTION", "false")
            .env("MLFLOW_DISABLE_TELEMETRY", "true")
            .current_dir(folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            // Its workers are its children: all of them are to end with it.
            .process_group(0)
            .spawn()
            .unwrap();
        let server = Self { process, port, _folder: folder };
        server.is_ready();
        server
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.host())
    }

    /// `127.0.0.1:port`: the name that its source gets.
    pub(crate) fn host(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    fn is_ready(&self) {
        let started = Instant::now();
        while !self.answers() {
            assert!(started.elapsed() < PATIENCE, "MLflow does not answer on port {}", self.port);
            std::thread::sleep(Duration::from_millis(200));
        }
    }

    fn answers(&self) -> bool {
        let Ok(mut stream) = TcpStream::connect(("127.0.0.1", self.port)) else { return false };
        let asked = stream.write_all(b"GET /health HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n");
        let mut answer = String::new();
        asked.is_ok() && stream.read_to_string(&mut answer).is_ok() && answer.contains(" 200 ")
    }
}

impl Drop for MlflowServer {
    fn drop(&mut self) {
        let group = format!("-{}", self.process.id());
        let _ = Command::new("kill").args(["-KILL", "--", &group]).status();
        let _ = self.process.wait();
    }
}

/// The python of a virtualenv with that MLflow, made if need be.
fn python(version: &str) -> String {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/venv.sh");
    let output = Command::new("bash").arg(script).arg(version).stderr(Stdio::inherit()).output().unwrap();
    assert!(output.status.success(), "no virtualenv with MLflow {version}");
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

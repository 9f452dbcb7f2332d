//! A real MLflow tracking server on a free port, ended whatever happens.

use std::{
    fs::{self, File},
    io::{Read as _, Write as _},
    net::{TcpListener, TcpStream},
    os::unix::process::CommandExt as _,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use tempfile::TempDir;

/// How long the server may take to load MLflow.
const PATIENCE: Duration = Duration::from_mins(2);

/// Whom a server of MLflow's basic-auth app lets in.
pub(crate) const USER: &str = "admin";
pub(crate) const PASSWORD: &str = "only for this journey";

/// A server and the copy of a golden database that it serves.
pub(crate) struct MlflowServer {
    process: Option<Child>,
    command: Command,
    port: u16,
    folder: TempDir,
    python: String,
}

impl MlflowServer {
    /// Serves a copy of a golden database with the MLflow of that version and these arguments.
    pub(crate) fn start(version: &str, arguments: &[&str]) -> Self {
        let mut server = Self::new(version, arguments);
        server.start_again();
        server
    }

    /// The same with an experiment of so many runs, metrics a run, and points a metric added.
    pub(crate) fn start_grown(version: &str, [runs, metrics, steps]: [u64; 3], arguments: &[&str]) -> Self {
        let mut server = Self::new(version, arguments);
        let status = Command::new(python(version))
            .arg(in_tests("live/grow.py"))
            .arg(server.folder.path().join("mlflow.db"))
            .args([runs, metrics, steps].map(|number| number.to_string()))
            .status();
        assert!(status.unwrap().success(), "the database did not grow");
        server.start_again();
        server
    }

    /// The same with so many more experiments, `exp-000` and on, of one run each.
    pub(crate) fn start_with_experiments(version: &str, count: u64) -> Self {
        let mut server = Self::new(version, &[]);
        let script = in_tests("live/many_experiments.py");
        let status =
            Command::new(python(version)).arg(script).arg(server.database()).arg(count.to_string()).status();
        assert!(status.unwrap().success(), "no experiments were added");
        server.start_again();
        server
    }

    /// Begins to log a run with MLflow's own client: `loss` is the step.
    pub(crate) fn log_run(&self, experiment: &str, name: &str, steps: u64, seconds_a_step: f64) -> Script {
        let mut command = Command::new(&self.python);
        command.arg(in_tests("live/log_run.py")).args([&self.url(), experiment, name]);
        command.args([steps.to_string(), seconds_a_step.to_string()]).stdout(Stdio::null());
        Script(command.env("MLFLOW_DISABLE_TELEMETRY", "true").spawn().unwrap())
    }

    /// The file that it serves.
    pub(crate) fn database(&self) -> PathBuf {
        self.folder.path().join("mlflow.db")
    }

    /// The same behind MLflow's basic-auth app, which lets in [`USER`] with [`PASSWORD`].
    pub(crate) fn start_signed(version: &str) -> Self {
        let mut server = Self::new(version, &["--app-name", "basic-auth"]);
        let folder = server.folder.path();
        let config = folder.join("basic_auth.ini");
        let text = format!(
            "[mlflow]\ndefault_permission = READ\ndatabase_uri = sqlite:///{}\nadmin_username = {USER}\n\
             admin_password = {PASSWORD}\n\
             authorization_function = mlflow.server.auth:authenticate_request_basic_auth\n",
            folder.join("basic_auth.db").display()
        );
        fs::write(&config, text).unwrap();
        server
            .command
            .env("PYTHONPATH", said_by(Command::new(in_tests("live/auth.sh"))))
            .env("MLFLOW_AUTH_CONFIG_PATH", config)
            .env("MLFLOW_FLASK_SERVER_SECRET_KEY", "only for this journey");
        server.start_again();
        server
    }

    /// Serves a copy of any database.
    pub(crate) fn start_on(version: &str, database: &Path) -> Self {
        let mut server = Self::new(version, &[]);
        fs::copy(database, server.folder.path().join("mlflow.db")).unwrap();
        // That of the golden database.
        let _ = fs::remove_file(server.folder.path().join("mlflow.db-wal"));
        server.start_again();
        server
    }

    fn new(version: &str, arguments: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let golden = in_tests(&format!("golden/{version}-db"));
        for name in ["mlflow.db", "mlflow.db-wal"] {
            if golden.join(name).is_file() {
                fs::copy(golden.join(name), folder.path().join(name)).unwrap();
            }
        }
        let port = TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
        let store = format!("sqlite:///{}", folder.path().join("mlflow.db").display());
        let python = python(version);
        let mut command = Command::new(&python);
        command
            .args(["-m", "mlflow", "server", "--host", "127.0.0.1", "--workers", "1"])
            .args(["--backend-store-uri", &store, "--port", &port.to_string()])
            .args(arguments)
            .env("MLFLOW_SERVER_ENABLE_JOB_EXECUTION", "false")
            .env("MLFLOW_DISABLE_TELEMETRY", "true")
            .current_dir(folder.path())
            .stdin(Stdio::null())
            // Its workers are its children: all of them are to end with it.
            .process_group(0);
        Self { process: None, command, port, folder, python }
    }

    /// Serves (again), at the same address; waits until it answers.
    pub(crate) fn start_again(&mut self) {
        let log = File::options().create(true).append(true).open(self.log()).unwrap();
        self.command.stdout(log.try_clone().unwrap()).stderr(log);
        self.process = Some(self.command.spawn().unwrap());
        let started = Instant::now();
        while !self.answers() {
            let log = || fs::read_to_string(self.log()).unwrap_or_default();
            assert!(started.elapsed() < PATIENCE, "MLflow does not answer on port {}: {}", self.port, log());
            std::thread::sleep(Duration::from_millis(200));
        }
    }

    /// Ends it at once, in the middle of whatever it does.
    pub(crate) fn kill(&mut self) {
        let Some(mut process) = self.process.take() else { return };
        let group = format!("-{}", process.id());
        let _ = Command::new("kill").args(["-KILL", "--", &group]).status();
        let _ = process.wait();
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.host())
    }

    /// `127.0.0.1:port`: the name that its source gets.
    pub(crate) fn host(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// How often it has answered a path, by its own log (MLflow 3).
    pub(crate) fn answered(&self, path: &str) -> usize {
        let log = fs::read_to_string(self.log()).unwrap_or_default();
        log.lines().filter(|line| line.contains(path) && line.contains(" 200")).count()
    }

    /// How often it was asked anything, by its own log (MLflow 3).
    pub(crate) fn requests(&self) -> usize {
        let log = fs::read_to_string(self.log()).unwrap_or_default();
        log.lines().filter(|line| line.contains(" HTTP/1.1\"")).count()
    }

    fn log(&self) -> PathBuf {
        self.folder.path().join("log")
    }

    fn answers(&self) -> bool {
        let Ok(mut stream) = TcpStream::connect(("127.0.0.1", self.port)) else { return false };
        let asked = stream.write_all(b"GET /health HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n");
        let mut answer = String::new();
        // Below a prefix it is not there, and that is an answer too.
        let is_up =
            |answer: &str| answer.get(8..13).is_some_and(|status| [" 200 ", " 404 "].contains(&status));
        asked.is_ok() && stream.read_to_string(&mut answer).is_ok() && is_up(&answer)
    }
}

/// A script that logs to a server.
pub(crate) struct Script(Child);

impl Script {
    /// Whether it has ended, as it should.
    pub(crate) fn has_ended(&mut self) -> bool {
        let ended = self.0.try_wait().unwrap();
        assert!(ended.is_none_or(|status| status.success()), "the script failed");
        ended.is_some()
    }
}

impl Drop for Script {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Drop for MlflowServer {
    fn drop(&mut self) {
        self.kill();
    }
}

/// The python of a virtualenv with that MLflow, made if need be.
pub(crate) fn python(version: &str) -> String {
    let mut command = Command::new("bash");
    command.arg(in_tests("golden/venv.sh")).arg(version);
    said_by(command)
}

/// A file below `tests`.
pub(crate) fn in_tests(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(path)
}

fn said_by(mut command: Command) -> String {
    let output = command.stderr(Stdio::inherit()).output().unwrap();
    assert!(output.status.success(), "{command:?} failed");
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

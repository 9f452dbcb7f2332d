//! chromedriver and a headless Chromium of one's own: started on a free port, ended whatever happens.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;

const FLAGS: [&str; 10] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    // Nothing but this machine can be reached, so a request elsewhere fails loudly in the console.
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
];

/// A running browser with its driver.
pub(super) struct Driver {
    process: Child,
    port: u16,
    session: Option<String>,
    // After the browser: it writes there until it ends.
    profile: TempDir,
}

impl Driver {
    /// Starts both and opens a session.
    pub(super) async fn start() -> (Self, Client) {
        let program = std::env::var("CHROMEDRIVER").unwrap_or_else(|_| "chromedriver".to_owned());
        let mut process = Command::new(&program)
            .args(["--port=0", "--log-level=SEVERE"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|cause| panic!("cannot start {program}: {cause}; run scripts/setup test"));
        let port = port_of(&mut process);
        let profile = tempfile::tempdir().unwrap();
        let mut driver = Self { process, port, session: None, profile };
        let client = driver.open_session().await;
        (driver, client)
    }

    async fn open_session(&mut self) -> Client {
        let mut flags: Vec<String> = FLAGS.map(str::to_owned).to_vec();
        flags.push(format!("--user-data-dir={}", self.profile.path().display()));
        let mut options = json!({ "args": flags });
        if let (Ok(chrome), Some(options)) = (std::env::var("CHROME"), options.as_object_mut()) {
            options.insert("binary".to_owned(), Value::String(chrome));
        }
        let Value::Object(capabilities) = json!({
            "goog:chromeOptions": options,
            "goog:loggingPrefs": { "browser": "ALL" },
        }) else {
            unreachable!("an object was written")
        };
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{}", self.port))
            .await
            .expect("chromedriver opens Chromium");
        self.session = client.session_id().await.unwrap();
        client
    }

    /// Asks the driver to close the browser, over a plain socket: works in `drop`, while panicking too.
    fn close_browser(&self) -> std::io::Result<()> {
        let Some(session) = &self.session else { return Ok(()) };
        let mut socket = TcpStream::connect(("127.0.0.1", self.port))?;
        socket.set_read_timeout(Some(Duration::from_secs(10)))?;
        write!(
            socket,
            "DELETE /session/{session} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
            self.port
        )?;
        socket.read_to_end(&mut Vec::new())?;
        Ok(())
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // All may fail only if they are gone already.
        let _closed = self.close_browser();
        // A page that hangs outlives its driver. The folder is nobody else's.
        let profile = self.profile.path().display().to_string();
        let _ended = Command::new("pkill").args(["-KILL", "-f", &profile]).status();
        let _killed = self.process.kill();
        let _waited = self.process.wait();
    }
}

/// The driver chooses a free port itself and says which.
fn port_of(process: &mut Child) -> u16 {
    let mut lines = BufReader::new(process.stdout.take().expect("stdout is piped")).lines();
    let port = lines.find_map(|line| {
        let line = line.ok()?;
        line.strip_suffix('.')?.rsplit_once("successfully on port ")?.1.parse().ok()
    });
    // Reads on, so that a full pipe never stops the driver.
    std::thread::spawn(move || lines.for_each(drop));
    port.expect("chromedriver says its port")
}

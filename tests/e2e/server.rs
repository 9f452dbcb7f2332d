//! A small HTTP server of one's own: a hostile one, or a proxy before MLflow.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

/// A request as it came.
#[derive(Debug, Clone, Default)]
pub(crate) struct Asked {
    pub(crate) method: String,
    /// Without the query.
    pub(crate) path: String,
    pub(crate) query: String,
    /// Names in lower case.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Asked {
    /// The value of a header, or empty.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(given, _)| given == name).map_or("", |(_, value)| value)
    }

    /// Whether the query or the body names this.
    pub(crate) fn names(&self, text: &str) -> bool {
        self.query.contains(text) || String::from_utf8_lossy(&self.body).contains(text)
    }
}

/// An answer; its length and its allowance for every page (CORS) are added.
#[derive(Debug, Clone)]
pub(crate) struct Reply {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Reply {
    pub(crate) fn new(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status,
            headers: vec![("Content-Type".to_owned(), content_type.to_owned())],
            body: body.into(),
        }
    }

    pub(crate) fn json(body: impl Into<Vec<u8>>) -> Self {
        Self::new(200, "application/json", body)
    }

    pub(crate) fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }
}

/// Answers on a free port until it is dropped. A handler's `None` breaks the connection off.
pub(crate) struct Server {
    address: SocketAddr,
    ended: Arc<AtomicBool>,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Server {
    pub(crate) fn start(handler: impl Fn(&Asked) -> Option<Reply> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let (address, handler) = (listener.local_addr().unwrap(), Arc::new(handler));
        let server = Self { address, ended: Arc::default(), asked: Arc::default() };
        let (ended, asked) = (Arc::clone(&server.ended), Arc::clone(&server.asked));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if ended.load(Ordering::SeqCst) {
                    return;
                }
                let (handler, asked) = (Arc::clone(&handler), Arc::clone(&asked));
                std::thread::spawn(move || answer(stream, &*handler, &asked));
            }
        });
        server
    }

    /// Passes everything on to a server on this machine, and allows every page to read the answers.
    pub(crate) fn before(port: u16) -> Self {
        Self::start(move |asked| forward(port, asked))
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What was asked so far, pre-flights left out.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::SeqCst);
        // Wakes it up; it may be gone already.
        let _ = TcpStream::connect(self.address);
    }
}

/// What the server on that port answers; `None` when it does not.
pub(crate) fn forward(port: u16, asked: &Asked) -> Option<Reply> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).ok()?;
    let target =
        if asked.query.is_empty() { asked.path.clone() } else { format!("{}?{}", asked.path, asked.query) };
    // HTTP/1.0: the answer ends with its connection.
    let mut head = format!(
        "{} {target} HTTP/1.0\r\nHost: 127.0.0.1:{port}\r\nContent-Length: {}\r\n",
        asked.method,
        asked.body.len()
    );
    for name in ["content-type", "authorization"] {
        if !asked.header(name).is_empty() {
            head.push_str(&format!("{name}: {}\r\n", asked.header(name)));
        }
    }
    stream.write_all(format!("{head}\r\n").as_bytes()).ok()?;
    stream.write_all(&asked.body).ok()?;
    let mut answer = BufReader::new(stream);
    let status = line(&mut answer)?.split(' ').nth(1)?.parse().ok()?;
    let content_type = headers(&mut answer).into_iter().find(|(name, _)| name == "content-type");
    let mut body = Vec::new();
    answer.read_to_end(&mut body).ok()?;
    Some(Reply::new(status, &content_type.map_or_else(String::new, |(_, value)| value), body))
}

fn answer(stream: TcpStream, handler: &(impl Fn(&Asked) -> Option<Reply> + ?Sized), log: &Mutex<Vec<Asked>>) {
    // A browser also opens connections that it never uses.
    let _ = stream.set_read_timeout(Some(Duration::from_secs(30)));
    let Ok(mut sink) = stream.try_clone() else { return };
    let Some(asked) = read(&mut BufReader::new(stream)) else { return };
    let reply = if asked.method == "OPTIONS" {
        Some(Reply::new(204, "text/plain", ""))
    } else {
        log.lock().unwrap().push(asked.clone());
        handler(&asked)
    };
    let Some(reply) = reply else { return };
    let mut head = format!(
        "HTTP/1.1 {} So\r\nConnection: close\r\nContent-Length: {}\r\nAccess-Control-Allow-Origin: *\r\n\
         Access-Control-Allow-Headers: authorization, content-type\r\nAccess-Control-Expose-Headers: retry-after\r\n",
        reply.status,
        reply.body.len()
    );
    for (name, value) in &reply.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    // The browser may have gone away meanwhile.
    let _ = sink.write_all(format!("{head}\r\n").as_bytes()).and_then(|()| sink.write_all(&reply.body));
}

fn read(stream: &mut BufReader<TcpStream>) -> Option<Asked> {
    let first = line(stream)?;
    let mut words = first.split(' ');
    let (method, target) = (words.next()?.to_owned(), words.next()?.to_owned());
    let (path, query) = target.split_once('?').unwrap_or((&target, ""));
    let mut asked = Asked {
        method,
        path: path.to_owned(),
        query: query.to_owned(),
        headers: headers(stream),
        body: Vec::new(),
    };
    asked.body = vec![0; asked.header("content-length").parse().unwrap_or(0)];
    stream.read_exact(&mut asked.body).ok()?;
    Some(asked)
}

fn line(stream: &mut BufReader<TcpStream>) -> Option<String> {
    let mut line = String::new();
    let read = stream.read_line(&mut line).ok()?;
    (read > 0).then(|| line.trim_end().to_owned())
}

fn headers(stream: &mut BufReader<TcpStream>) -> Vec<(String, String)> {
    let mut found = Vec::new();
    while let Some(header) = line(stream).filter(|line| !line.is_empty()) {
        if let Some((name, value)) = header.split_once(':') {
            found.push((name.trim().to_lowercase(), value.trim().to_owned()));
        }
    }
    found
}

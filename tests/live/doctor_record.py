"""What pages in Chromium see of each case: asks from pages of three origins and writes what came back.

The fixture is the doctor's world in its native tests: `tests/core/mlflow/doctor/recorded.rs` answers the
doctor's probes from it, looked up by what was asked.
"""

import base64
import hashlib
import http.server
import json
import os
import pathlib
import shutil
import ssl
import subprocess
import tempfile
import threading
import urllib.parse

LOGIN = ("admin", "only for this test")
FOREIGN = "runatlas.example"
# Which cases each page asks.
PAGES = {
    # A page of this machine, which MLflow 3.5 and later allow by default.
    "local": None,
    # A page of another site over http, over https, and one that Chromium takes for the public internet's.
    "foreign": ("all_well", "origins_set", "origins_pattern", "origins_star", "gunicorn", "wrong_host", "basic_auth", "proxy_full",
                "proxy_without_preflight", "proxy_before_new_mlflow"),
    "https": ("all_well", "origins_set", "self_signed"),
    "public": ("all_well", "origins_set"),
}
# Cases whose answers take long are asked only what the doctor asks of them.
FEW = ("slow", "never_answers", "nothing_there")
# Which cases are asked with a sign-in too, and with which.
BOTH = ("right", "wrong")
SIGNED = {"basic_auth": BOTH, "basic_auth_gunicorn": BOTH, "all_well": ("right",), "origins_star": ("right",),
          "proxy_full": ("right",), "proxy_without_preflight": ("right",)}

PAGE = """<!doctype html><meta charset=utf-8><script type=module>
const see = async (ask) => {
  const stop = new AbortController(); const timer = setTimeout(() => stop.abort(), ask.timeout_millis);
  const began = performance.now(); const millis = () => Math.round(performance.now() - began);
  try {
    const reply = await fetch(ask.url, {method: ask.method, mode: ask.mode, headers: ask.headers, body: ask.body ?? undefined,
      credentials: 'omit', cache: 'no-store', redirect: ask.auth === 'none' ? 'follow' : 'error', signal: stop.signal});
    if (reply.type === 'opaque') return {saw: 'opaque', millis: millis()};
    const body = await reply.text();
    return {saw: 'answer', status: reply.status, content_type: reply.headers.get('content-type'),
      authenticate: reply.headers.get('www-authenticate'), redirected: reply.redirected, body: body.slice(0, 300), millis: millis()};
  } catch (error) { return {saw: stop.signal.aborted ? 'timed-out' : 'failed', millis: millis()}; }
  finally { clearTimeout(timer); }
};
const cases = await (await fetch('/cases')).json();
await Promise.all(cases.map(async (one) => { for (const ask of one.asks) ask.outcome = await see(ask); }));
await fetch('/done', {method: 'POST', body: JSON.stringify(cases)});
</script>"""


def asks(name, url):
    """Everything the doctor may ask of one server, in each way to sign in."""
    few = name in FEW
    right = "Basic " + base64.b64encode(":".join(LOGIN).encode()).decode()
    wrong = "Basic " + base64.b64encode(b"admin:not the password").decode()
    parts = urllib.parse.urlsplit(url)
    other = url.replace("https:", "http:") if parts.scheme == "https" else url.replace("http:", "https:")
    elsewhere = f"{parts.scheme}://{parts.netloc}" + ("" if parts.path else "/mlflow")
    found = []

    def ask(url, method="GET", mode="cors", auth="none", content_type=None, body=None):
        headers = {} if content_type is None else {"Content-Type": content_type}
        if auth != "none":
            headers["Authorization"] = right if auth == "right" else wrong
        found.append({"url": url, "method": method, "mode": mode, "auth": auth, "headers": headers, "body": body,
                      "timeout_millis": 2500 if name == "never_answers" else 15000})

    ask(f"{url}/health", mode="no-cors")
    ask(f"{url}/version")
    if not few:
        ask(f"{elsewhere}/version")
        ask(f"{url}/api/2.0/mlflow/experiments/list")
    for root in ("api", "ajax-api"):
        for auth in ("none", *SIGNED.get(name, ())):
            api = f"{url}/{root}/2.0"
            search = '{"experiment_ids":["0"],"max_results":1}'
            ask(f"{api}/mlflow/experiments/search?max_results=1", auth=auth)
            if root == "ajax-api" and name != "prefix_of_2_22":
                continue
            ask(f"{api}/mlflow/runs/search", "POST", auth=auth, content_type="application/json", body=search)
            ask(f"{api}/mlflow/metrics/get-history?run_id={'0' * 32}&metric_key=m&max_results=1", auth=auth)
            ask(f"{api}/mlflow-artifacts/artifacts?path=runatlas-connection-check", auth=auth)
            if auth == "none":
                ask(f"{api}/mlflow/runs/search", "POST", content_type="text/plain", body=search)
    # Last: a TLS greeting keeps a server of one worker busy until it gives up.
    ask(f"{other}/health", mode="no-cors")
    return found


def serve(cases, got, port, key=None, cert=None):
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            body = json.dumps(cases).encode() if self.path == "/cases" else PAGE.encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json" if self.path == "/cases" else "text/html")
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self):
            got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()
            finished.set()

        def log_message(self, *_):
            pass

    finished = threading.Event()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)
    if cert:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(cert, key)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, finished


def certificate(folder):
    """Of the page itself, with the hash by which Chromium is told to trust it and no other."""
    key, cert = f"{folder}/key.pem", f"{folder}/cert.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={FOREIGN}",
                    "-addext", f"subjectAltName=DNS:{FOREIGN}", "-keyout", key, "-out", cert], check=True, capture_output=True)
    public = subprocess.run(["openssl", "x509", "-in", cert, "-pubkey", "-noout"], check=True, capture_output=True).stdout
    der = subprocess.run(["openssl", "pkey", "-pubin", "-outform", "der"], input=public, check=True, capture_output=True).stdout
    return key, cert, base64.b64encode(hashlib.sha256(der).digest()).decode()


def ask_from(page, urls, port):
    """Opens a page of one origin in a new Chromium and returns (its origin, cases with outcomes)."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        cases = [{"case": name, "server": url, "asks": asks(name, url)} for name, url in urls.items()]
        got, flags, secure = [], [], page == "https"
        key, cert = None, None
        if secure:
            key, cert, spki = certificate(folder)
            flags.append(f"--ignore-certificate-errors-spki-list={spki}")
        server, finished = serve(cases, got, port, key, cert)
        host = "127.0.0.1" if page == "local" else FOREIGN
        origin = f"{'https' if secure else 'http'}://{host}:{server.server_port}"
        if page == "public":
            flags.append(f"--ip-address-space-overrides=127.0.0.1:{server.server_port}=public")
        chromium = os.environ.get("CHROME") or shutil.which("chromium") or "google-chrome"
        browser = subprocess.Popen(
            [chromium, "--headless=new", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile",
             f"--host-resolver-rules=MAP {FOREIGN} 127.0.0.1", *flags, origin + "/"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )
        try:
            if not finished.wait(300):
                raise SystemExit(f"the page of {origin} did not finish")
        finally:
            os.killpg(browser.pid, 15)
            browser.wait()
            server.shutdown()
            server.server_close()
        return origin, got[0]


def record(urls, pages, ports):
    """Asks from every page and adds what was seen to `pages`."""
    for page, names in PAGES.items():
        wanted = {name: url for name, url in urls.items() if names is None or name in names}
        if not wanted:
            continue
        origin, cases = ask_from(page, wanted, ports.get(page, 0))
        for one in cases:
            for ask in one["asks"]:
                ask["content_type"] = ask.pop("headers").get("Content-Type")
                del ask["timeout_millis"]
                # Folders of this machine are nobody's business.
                if "/tmp/" in (ask["outcome"].get("body") or ""):
                    ask["outcome"]["body"] = ask["outcome"]["body"][:60]
            pages.setdefault(page, []).append({"page": origin, **one})
        print(f"{page}: asked {', '.join(wanted)} from {origin}", flush=True)


def forget(pages, names):
    """What was recorded before, without the cases that are recorded anew."""
    return {page: [one for one in cases if one["case"] not in names] for page, cases in pages.items()}


def save(pages, file):
    text = json.dumps(pages, separators=(",", ":"))
    pathlib.Path(file).write_text(text.replace('{"url"', '\n{"url"').replace('{"page"', '\n\n{"page"') + "\n")

"""Real tracking servers, each misconfigured in one way, for the connection doctor.

    python3 tests/live/doctor_cases.py                  starts all, prints {case: address}, serves until Ctrl-C
                                                        or the end of its input
    python3 tests/live/doctor_cases.py CASE…            only these
    python3 tests/live/doctor_cases.py --record FILE    asks each from pages in Chromium and writes what the pages saw

Needs the virtualenvs of tests/golden/venv.sh (3.17.2, 2.22.0, 1.20.2) and openssl; --record needs Chromium.
Every server listens on a free port of 127.0.0.1 and keeps its data in a temporary folder.
"""

import http.server
import json
import os
import pathlib
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from doctor_proxy import Cors, proxy, silent  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
# The name that `--host-resolver-rules` maps to this machine: a page of another site.
FOREIGN = "runatlas.example"
# Where the recording serves its pages, so that a server can name their origins.
PORTS = {"foreign": 46115, "https": 46116}
LOGIN = ("admin", "only for this test")


class Servers:
    """What was started; all of it ends with `stop`."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="doctor-")
        self.processes = []

    def free_port(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            return probe.getsockname()[1]

    def path(self, name):
        folder = pathlib.Path(self.folder.name) / name
        folder.mkdir(exist_ok=True)
        return folder

    def mlflow(self, name, version, *flags, env=None, scheme="http", has_store=True):
        """Starts `mlflow server` of one version on a new SQLite store; returns its address."""
        port = self.free_port()
        folder = self.path(f"{name}-{port}")
        store = ["--backend-store-uri", f"sqlite:///{folder}/mlflow.db", "--default-artifact-root", f"{folder}/artifacts"]
        command = [
            # MLflow 1 has no `python -m mlflow`.
            python(version), "-c", "from mlflow.cli import cli; cli()", "server", "--host", "127.0.0.1", "--port", str(port),
            "--workers", "1", *(store if has_store else []), *flags,
        ]
        log = open(folder / "log", "w")
        # gunicorn is found beside the python.
        path = os.path.dirname(command[0]) + os.pathsep + os.environ["PATH"]
        environment = {**os.environ, "PATH": path, "MLFLOW_DISABLE_TELEMETRY": "true",
                       # Its job runners are many processes and have no part in this.
                       "MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false", **(env or {})}
        self.processes.append(
            subprocess.Popen(command, stdout=log, stderr=log, cwd=folder, env=environment, start_new_session=True)
        )
        return f"{scheme}://127.0.0.1:{port}"

    def certificate(self):
        folder = self.path("certificate")
        key, cert = folder / "key.pem", folder / "cert.pem"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
             "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost", "-keyout", key, "-out", cert],
            check=True, capture_output=True,
        )
        return key, cert

    def stop(self):
        for process in self.processes:
            try:
                os.killpg(process.pid, signal.SIGTERM)
            except ProcessLookupError:
                pass
        for process in self.processes:
            process.wait()
        self.folder.cleanup()


def python(version):
    """The python of one MLflow version; made by tests/golden/venv.sh where it is missing."""
    script = HERE.parent / "golden" / "venv.sh"
    return subprocess.run([script, version], check=True, capture_output=True, text=True).stdout.strip()


def auth_environment(servers):
    """The basic-auth app needs Flask-WTF, which the golden virtualenv lacks."""
    target = subprocess.run([HERE / "auth.sh"], check=True, capture_output=True, text=True).stdout.strip()
    config = servers.path("auth") / f"basic_auth-{servers.free_port()}.ini"
    config.write_text(
        f"[mlflow]\ndefault_permission = READ\ndatabase_uri = sqlite:///{config.with_suffix('.db')}\n"
        f"admin_username = {LOGIN[0]}\nadmin_password = {LOGIN[1]}\n"
        "authorization_function = mlflow.server.auth:authenticate_request_basic_auth\n"
    )
    return {
        "PYTHONPATH": target, "MLFLOW_AUTH_CONFIG_PATH": str(config),
        "MLFLOW_FLASK_SERVER_SECRET_KEY": "only for this test",
    }


def plain(cors):
    """A web server that is no MLflow: an HTML page at /, an HTML 404 elsewhere."""

    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            body = b"<!doctype html><title>A page</title>"
            self.send_response(200 if self.path == "/" else 404)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            if cors:
                self.send_header("Access-Control-Allow-Origin", "*")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}"


CASES = {}


def case(make):
    """One case: its name is the function's."""
    CASES[make.__name__] = make
    return make


@case
def all_well(servers):
    return servers.mlflow("all_well", "3.17.2")


@case
def origins_set(servers):
    origins = f"http://{FOREIGN}:{PORTS['foreign']},https://{FOREIGN}:{PORTS['https']}"
    return servers.mlflow("origins_set", "3.17.2", "--cors-allowed-origins", origins)


@case
def origins_pattern(servers):
    """A pattern lets pages read, and their pre-flights are refused all the same."""
    return servers.mlflow("origins_pattern", "3.17.2", "--cors-allowed-origins", f"http://{FOREIGN}:*")


@case
def origins_star(servers):
    return servers.mlflow("origins_star", "3.17.2", "--cors-allowed-origins", "*")


@case
def gunicorn(servers):
    return servers.mlflow("gunicorn", "3.17.2", "--gunicorn-opts", "--timeout 60")


@case
def old_without_cors(servers):
    return servers.mlflow("old_without_cors", "2.22.0")


@case
def wrong_host(servers):
    return servers.mlflow("wrong_host", "3.17.2", "--allowed-hosts", "mlflow.example")


@case
def basic_auth(servers):
    return servers.mlflow("basic_auth", "3.17.2", "--app-name", "basic-auth", env=auth_environment(servers))


@case
def basic_auth_gunicorn(servers):
    flags = ("--app-name", "basic-auth", "--gunicorn-opts", "--timeout 60")
    return servers.mlflow("basic_auth_gunicorn", "3.17.2", *flags, env=auth_environment(servers))


@case
def prefix_missing(servers):
    return servers.mlflow("prefix_missing", "3.17.2", "--static-prefix", "/mlflow")


@case
def prefix_given(servers):
    return servers.mlflow("prefix_given", "3.17.2", "--static-prefix", "/tracking") + "/tracking"


@case
def prefix_unknown(servers):
    return servers.mlflow("prefix_unknown", "3.17.2", "--static-prefix", "/tracking")


@case
def prefix_of_2_22(servers):
    """MLflow 2 puts the prefix before ajax-api only, not before api (handlers.py, _get_rest_path)."""
    server = servers.mlflow("prefix_of_2_22", "2.22.0", "--static-prefix", "/tracking")
    return proxy(server, Cors.FULL) + "/tracking"


@case
def prefix_too_much(servers):
    return servers.mlflow("prefix_too_much", "3.17.2") + "/mlflow"


@case
def no_serve_artifacts(servers):
    return servers.mlflow("no_serve_artifacts", "3.17.2", "--no-serve-artifacts")


@case
def artifacts_only(servers):
    return servers.mlflow("artifacts_only", "3.17.2", "--artifacts-only", "--artifacts-destination", ".", has_store=False)


@case
def proxy_full(servers):
    return proxy(servers.mlflow("proxy_full", "2.22.0"), Cors.FULL)


@case
def proxy_without_preflight(servers):
    return proxy(servers.mlflow("proxy_without_preflight", "2.22.0"), Cors.HEADER_ONLY)


@case
def proxy_before_new_mlflow(servers):
    """The proxy allows every origin, MLflow 3.5 and later still refuses a foreign one's POST."""
    return proxy(servers.mlflow("proxy_before_new_mlflow", "3.17.2"), Cors.FULL)


@case
def too_old(servers):
    """MLflow 1.20 has experiments/list, not experiments/search."""
    return proxy(servers.mlflow("too_old", "1.20.2"), Cors.FULL)


@case
def forbidden(servers):
    return proxy(servers.mlflow("forbidden", "2.22.0"), Cors.FULL, refuse="/api/")


@case
def backend_down(servers):
    return proxy(f"http://127.0.0.1:{servers.free_port()}", Cors.FULL)


@case
def slow(servers):
    return proxy(servers.mlflow("slow", "2.22.0"), Cors.FULL, delay_secs=4)


@case
def self_signed(servers):
    key, cert = servers.certificate()
    options = f"--ssl-keyfile={key} --ssl-certfile={cert}"
    return servers.mlflow("self_signed", "3.17.2", "--uvicorn-opts", options, scheme="https")


@case
def https_on_http(servers):
    return servers.mlflow("https_on_http", "3.17.2", scheme="https")


@case
def not_mlflow(_servers):
    return plain(cors=False)


@case
def not_mlflow_readable(_servers):
    return plain(cors=True)


@case
def nothing_there(servers):
    return f"http://127.0.0.1:{servers.free_port()}"


@case
def never_answers(_servers):
    return silent()


def wait_until_up(address, may_be_down, secs=180):
    """Until something there answers HTTP, whatever it says; 502 is a proxy whose MLflow is still starting."""
    where = urllib.parse.urlsplit(address)
    end = time.time() + secs
    while time.time() < end:
        try:
            socket.create_connection((where.hostname, where.port), 5).close()
            break
        except OSError:
            time.sleep(0.3)
    # A server spoken to in the wrong scheme is up too: the other one is tried as well.
    for scheme in ("http", "https"):
        try:
            trusting = ssl._create_unverified_context()
            urllib.request.urlopen(f"{scheme}://{where.netloc}/health", timeout=30, context=trusting)
            return
        except urllib.error.HTTPError as error:
            if error.code != 502 or may_be_down or time.time() > end:
                return
            time.sleep(0.5)
            return wait_until_up(address, may_be_down, end - time.time())
        except OSError:
            pass


def start(servers, names):
    urls = {name: CASES[name](servers) for name in names}
    for name, url in urls.items():
        if name not in ("nothing_there", "never_answers"):
            wait_until_up(url, name == "backend_down")
    return urls


def record_all(names, file):
    """A few servers at a time: thirty of them make a small machine so slow that probes run out of time."""
    from doctor_record import forget, record, save

    pages = {}
    if pathlib.Path(file).exists():
        pages = forget(json.loads(pathlib.Path(file).read_text()), names)
    for at in range(0, len(names), 5):
        servers = Servers()
        try:
            record(start(servers, names[at : at + 5]), pages, PORTS)
        finally:
            servers.stop()
    save(pages, file)


def main(arguments):
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    if arguments[:1] == ["--record"]:
        return record_all(arguments[2:] or list(CASES), arguments[1])
    servers = Servers()
    try:
        print(json.dumps(start(servers, arguments or CASES), indent=1), flush=True)
        sys.stdin.read()
    except KeyboardInterrupt:
        pass
    finally:
        servers.stop()


if __name__ == "__main__":
    main(sys.argv[1:])

"""A small reverse proxy that stands for nginx before MLflow, right or wrong, and a port that never answers."""

import enum
import http.client
import http.server
import socket
import threading
import time
import urllib.parse


class Cors(enum.Enum):
    """What the proxy does for pages of other origins."""

    NONE = 0
    # Adds Access-Control-Allow-Origin to every answer and nothing else, as most recipes do.
    HEADER_ONLY = 1
    # Answers pre-flights itself and adds the header to every answer.
    FULL = 2


def proxy(target, cors, delay_secs=0, refuse=None):
    """Serves `target` on a free port and returns its address. `refuse` is a path that is answered 403."""
    where = urllib.parse.urlsplit(target)

    class Forward(http.server.BaseHTTPRequestHandler):
        def forward(self):
            time.sleep(delay_secs)
            if cors is Cors.FULL and self.command == "OPTIONS":
                return self.answer(204, [], b"")
            if refuse and self.path.startswith(refuse):
                return self.answer(403, [("Content-Type", "text/html")], b"<h1>403 Forbidden</h1>")
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {k: v for k, v in self.headers.items() if k.lower() != "host"}
            try:
                upstream = http.client.HTTPConnection(where.hostname, where.port, timeout=30)
                upstream.request(self.command, self.path, body, headers)
                reply = upstream.getresponse()
                hop = ("connection", "transfer-encoding", "content-length", "keep-alive")
                kept = [(k, v) for k, v in reply.getheaders() if k.lower() not in hop and not k.lower().startswith("access-control-")]
                self.answer(reply.status, kept, reply.read())
            except OSError:
                self.answer(502, [("Content-Type", "text/html")], b"<h1>502 Bad Gateway</h1>")

        def answer(self, status, headers, body):
            self.send_response(status)
            for name, value in headers:
                self.send_header(name, value)
            if cors is not Cors.NONE:
                self.send_header("Access-Control-Allow-Origin", self.headers.get("Origin", "*"))
                self.send_header("Vary", "Origin")
            if cors is Cors.FULL:
                self.send_header("Access-Control-Allow-Headers", "Authorization, Content-Type")
                self.send_header("Access-Control-Allow-Methods", "GET, POST, OPTIONS")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_OPTIONS = forward

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Forward)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}"


def silent():
    """Accepts connections and never says a word."""
    listener = socket.create_server(("127.0.0.1", 0))
    kept = []

    def accept():
        while True:
            kept.append(listener.accept())

    threading.Thread(target=accept, daemon=True).start()
    return f"http://127.0.0.1:{listener.getsockname()[1]}"

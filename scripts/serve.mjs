// A plain static server for this machine only: node scripts/serve.mjs FOLDER PORT [FRAGMENT-TO-PRINT]
import { createReadStream, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize, sep } from "node:path";

const [folder, port, fragment = ""] = process.argv.slice(2);
const TYPES = {
  ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".mjs": "text/javascript", ".css": "text/css",
  ".wasm": "application/wasm", ".svg": "image/svg+xml", ".png": "image/png", ".zip": "application/zip",
  ".json": "application/json", ".webmanifest": "application/manifest+json",
};

const server = createServer((request, response) => {
  const file = fileOf(request.url);
  if (!file || !["GET", "HEAD"].includes(request.method)) {
    response.writeHead(file ? 405 : 404, { "content-type": "text/plain" }).end(file ? "Only GET\n" : "Not found\n");
    return;
  }
  // "no-cache": kept, but asked about, so that a new build shows at once.
  const headers = { "content-type": TYPES[extname(file.path)] ?? "application/octet-stream", "content-length": file.size, "cache-control": "no-cache" };
  response.writeHead(200, headers);
  if (request.method === "HEAD") response.end();
  else createReadStream(file.path).pipe(response);
});

function fileOf(url) {
  try {
    const asked = normalize(decodeURIComponent(new URL(url, "http://local").pathname));
    if (asked.split(sep).some(part => part.startsWith("."))) return undefined;
    const path = join(folder, asked.endsWith(sep) ? join(asked, "index.html") : asked);
    const { size } = statSync(path);
    return statSync(path).isFile() ? { path, size } : undefined;
  } catch {
    return undefined;
  }
}

let tried = Number(port);
server.on("error", cause => {
  if (cause.code !== "EADDRINUSE" || tried >= Number(port) + 20) throw cause;
  tried += 1;
  server.listen(tried, "127.0.0.1");
});
server.on("listening", () => console.log(`\nRunatlas is at http://127.0.0.1:${tried}/${fragment}\nCtrl+C ends it.`));
server.listen(tried, "127.0.0.1");

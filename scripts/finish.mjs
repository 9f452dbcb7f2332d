// Finishes a build: Trunk calls it (post_build hook) when the staged dist/ holds every file under its final name.
//
// 1. The worker's files, which Trunk never hashes, are named by their content, and index.html says the name: a page
//    can never meet the worker of another release.
// 2. In a release build the program is cut into parts (split.mjs).
// 3. index.html's policy allows exactly the inline scripts that are in the page.
// 4. A release build gets an id (a digest of everything in it), and sw.js the list of files to keep for offline use.
//
// All names stay relative, so that the same dist/ works under any address.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join, posix } from "node:path";
import { splitApp } from "./split.mjs";

const dist = process.env.TRUNK_STAGING_DIR ?? process.argv[2];
const isRelease = process.env.TRUNK_PROFILE !== "debug";
if (!dist) fail("run by Trunk, or as: node scripts/finish.mjs DIST");

// Fetched when asked for and then kept in the store, or used by no page: not part of what works offline.
const NOT_KEPT = [/^sw\.js$/, /^demo\//, /^icons\//, /\.map$/];

let page = read("index.html");
page = nameWorker(page);
if (isRelease) page = await splitApp(dist, page);
page = allowInlineScripts(page);
if (isRelease) page = release(page);
write("index.html", page);

function nameWorker(page) {
  const digest = sha256(read("worker.js"), readFileSync(join(dist, "worker_bg.wasm"))).slice(0, 16);
  const names = { "worker_bg.wasm": `worker-${digest}_bg.wasm`, "worker.js": `worker-${digest}.js`, "worker_loader.js": `worker-${digest}_loader.js` };
  for (const script of ["worker.js", "worker_loader.js"]) {
    let text = read(script);
    for (const [from, to] of Object.entries(names)) text = text.replaceAll(from, to);
    write(script, text);
  }
  for (const [from, to] of Object.entries(names)) renameSync(join(dist, from), join(dist, to));
  return replaceOnce(page, 'content="worker_loader.js"', `content="${names["worker_loader.js"]}"`);
}

function allowInlineScripts(page) {
  const inline = [...page.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)].map(match => match[1]);
  const sources = inline.map(text => `'sha256-${createHash("sha256").update(text).digest("base64")}'`);
  return replaceOnce(page, "script-src 'self'", ["script-src 'self'", ...sources].join(" "));
}

function release(page) {
  const others = walk("").filter(path => path !== "index.html").sort();
  const digests = Object.fromEntries(others.map(path => [path, sha256(readFileSync(join(dist, path)))]));
  const build = sha256(JSON.stringify(digests), page).slice(0, 12);
  page = replaceOnce(page, 'name="runatlas:build" content="dev"', `name="runatlas:build" content="${build}"`);

  const files = { "index.html": sha256(page) };
  for (const path of others) if (!NOT_KEPT.some(pattern => pattern.test(path))) files[path] = digests[path];
  const list = JSON.stringify({ build, files }, null, 1);
  write("sw.js", replaceOnce(read("sw.js"), '{ build: "dev", files: {} }', list));
  console.log(`finish: release ${build}, ${Object.keys(files).length} files kept for offline use`);
  return page;
}

function walk(folder) {
  return readdirSync(join(dist, folder)).flatMap(name => {
    const path = posix.join(folder, name);
    return statSync(join(dist, path)).isDirectory() ? walk(path) : [path];
  });
}

function replaceOnce(text, from, to) {
  if (text.split(from).length !== 2) fail(`expected ${JSON.stringify(from)} exactly once`);
  return text.replace(from, () => to);
}

function sha256(...parts) {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest("hex");
}

function read(path) { return readFileSync(join(dist, path), "utf8"); }
function write(path, text) { writeFileSync(join(dist, path), text); }
function fail(why) { console.error(`finish: ${why}`); process.exit(1); }

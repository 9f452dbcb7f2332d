// Cuts the page's program (src/parts.rs says along which lines) into what the first picture needs and parts that are
// loaded when needed. scripts/finish.mjs calls it in release builds: Trunk has made the program in one piece, which is
// taken out of the staged dist/ again, and the linker's output is split, given to wasm-bindgen and optimised here.
//
// Files, all named by content: app-ID.js and app-ID_bg.wasm as ever, app-ID_parts.js with the loaders, part-NAME-ID.wasm
// with the code of one screen, part-A-B-ID.wasm with code that two or more of them share, part-shared-ID.wasm with the
// many small pieces of that kind. A file may hold several wasm modules one after the other; the loaders know where.
import { execFile, execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

// Fetching a smaller file costs more than fetching what it holds without need.
const OWN_FILE_FROM = 60_000;
const LINKS = "./__wasm_split.js";

/// Gives index.html for the split program.
export async function splitApp(dist, page) {
  const work = mkdtempSync(join(tmpdir(), "runatlas-split-"));
  try {
    execFileSync("wasm-split-cli", [linked(), work, "--out-name", "app"], { stdio: ["ignore", "ignore", "inherit"] });
    const bound = join(work, "bound");
    execFileSync("wasm-bindgen", ["--target=web", "--keep-lld-exports", "--no-demangle", "--no-typescript", "--out-name=app", `--out-dir=${bound}`, join(work, "app.wasm")]);
    rmSync(join(work, "app.wasm"));
    const modules = readdirSync(work).filter(name => name.endsWith(".wasm"));
    if (modules.length === 0) throw new Error("split: the program has no parts; was it built with cfg(split)?");
    await optimise([join(bound, "app_bg.wasm"), ...modules.map(name => join(work, name))]);
    if (existsSync(join(bound, "snippets"))) cpSync(join(bound, "snippets"), join(dist, "snippets"), { recursive: true });
    const loaders = writeParts(dist, work, modules);
    return writeApp(dist, page, bound, loaders);
  } finally {
    rmSync(work, { recursive: true });
  }
}

function linked() {
  const metadata = execFileSync("cargo", ["metadata", "--no-deps", "--offline", "--format-version=1"], { maxBuffer: 1 << 28 });
  return join(JSON.parse(metadata).target_directory, "wasm32-unknown-unknown", "release", "app.wasm");
}

async function optimise(files) {
  for (const file of files) writeFileSync(file, withoutNames(readFileSync(file)));
  const size = Object.fromEntries(files.map(file => [file, readFileSync(file).length]));
  // To start wasm-opt takes longer than what it saves on a small module is worth.
  const queue = files.filter(file => size[file] >= OWN_FILE_FROM).sort((a, b) => size[b] - size[a]);
  const worker = async () => {
    for (let file; (file = queue.shift()); ) await run("wasm-opt", ["-Os", file, "-o", file]);
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), 4) }, worker));
}

// What tools leave in a module for other tools and for people, except what wasm-opt wants to know.
function withoutNames(module) {
  const kept = [module.subarray(0, 8)];
  const number = at => {
    for (let value = 0, shift = 0; ; shift += 7) {
      const byte = module[at++];
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return [value, at];
    }
  };
  for (let at = 8; at < module.length; ) {
    const [length, from] = number(at + 1);
    const [name, start] = number(from);
    const isForTools = module[at] === 0 && module.toString("latin1", start, start + name) !== "target_features";
    if (!isForTools) kept.push(module.subarray(at, from + length));
    at = from + length;
  }
  return Buffer.concat(kept);
}

// Packs the modules into files, and gives the loaders that take them out again.
function writeParts(dist, work, modules) {
  const links = readFileSync(join(work, LINKS), "utf8");
  const sharers = Object.fromEntries([...links.matchAll(/\/\* (.*) \*\/\nconst __(chunk_\d+)/g)].map(match => [match[2], match[1].split(", ")]));
  const files = {};
  for (const name of modules.map(name => name.replace(/\.wasm$/, "")).sort()) {
    const code = readFileSync(join(work, `${name}.wasm`));
    const own = name.startsWith("split_") ? name.slice(6) : code.length >= OWN_FILE_FROM && sharers[name].join("-");
    (files[own || "shared"] ??= []).push({ name, code });
  }
  const places = {};
  for (const [name, pieces] of Object.entries(files)) {
    const all = Buffer.concat(pieces.map(piece => piece.code));
    const file = `part-${name}-${digest(all)}.wasm`;
    writeFileSync(join(dist, file), all);
    let at = 0;
    for (const { name, code } of pieces) places[name] = [file, at, (at += code.length)];
  }
  let found = 0;
  const loaders = links.replace(/\(\) => \{\s*const src = fetch\(new URL\("\.\/(\w+)\.wasm", import\.meta\.url\)\);[\s\S]*?\n\}\n/g, (_, name) => {
    found += 1;
    return `piece(${places[name].map(value => JSON.stringify(value)).join(", ")})`;
  });
  if (found !== modules.length || loaders.includes("fetch(")) throw new Error(`split: loaders for ${found} of ${modules.length} modules; has the splitter changed what it writes?`);
  return PIECE + loaders;
}

// What is put before the splitter's loaders. It calls a loader again after it failed: then nothing that was kept counts.
const PIECE = `const files = new Map();
const failed = new Set();
async function bytes(file) {
  const answer = await fetch(new URL(file, import.meta.url), { cache: failed.has(file) ? "reload" : "default" });
  if (!answer.ok) throw new Error(\`\${file}: HTTP \${answer.status}\`);
  return answer.arrayBuffer();
}
function piece(file, from, to) {
  return () => {
    if (!files.has(file)) files.set(file, bytes(file));
    const all = files.get(file);
    const forget = () => {
      failed.add(file);
      if (files.get(file) === all) files.delete(file);
    };
    all.catch(forget);
    return async imports => {
      try {
        return await WebAssembly.instantiate(new Uint8Array(await all, from, to - from), imports);
      } catch (cause) {
        forget();
        throw cause;
      }
    };
  };
}
`;

// The three files of the first picture name each other, so one digest names them all.
function writeApp(dist, page, bound, loaders) {
  const [, oldScript] = page.match(/import\("\.\/(app-[0-9a-f]+\.js)"\)/) ?? [];
  const [, oldWasm] = page.match(/module_or_path: "\.\/(app-[0-9a-f]+_bg\.wasm)"/) ?? [];
  if (!oldScript || !oldWasm) throw new Error("split: index.html does not name the program where it is expected");
  const script = readFileSync(join(bound, "app.js"), "utf8");
  const wasm = readFileSync(join(bound, "app_bg.wasm"));
  const id = digest(script, wasm, loaders);
  const imported = `from "${LINKS}"`;
  if (script.split(imported).length < 2) throw new Error(`split: the program does not import ${LINKS}`);
  rmSync(join(dist, oldScript));
  rmSync(join(dist, oldWasm));
  // Only where the module is: what the wasm calls it stays.
  writeFileSync(join(dist, `app-${id}.js`), script.replaceAll(imported, `from "./app-${id}_parts.js"`));
  writeFileSync(join(dist, `app-${id}_parts.js`), loaders.replaceAll('"./app.js"', `"./app-${id}.js"`));
  writeFileSync(join(dist, `app-${id}_bg.wasm`), wasm);
  page = page.replaceAll(oldScript, `app-${id}.js`).replaceAll(oldWasm, `app-${id}_bg.wasm`);
  return page.replace(/<link rel="modulepreload"[^>]*>/, preload => `${preload}${preload.replace(`app-${id}.js`, `app-${id}_parts.js`)}`);
}

function digest(...parts) {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest("hex").slice(0, 16);
}

// What a first visit loads, compressed as hosts do, against its budget: node scripts/size.mjs DIST
//
// That is everything but the worker and the code of screens (part-*.wasm), which come when they are needed or when the
// browser has nothing else to do; a journey (tests/e2e/parts.rs) holds the page to it.
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";

const BUDGET = 700_000;
const WHEN_NEEDED = [/^worker/, /^sw\.js$/, /^part-.*\.wasm$/];
// Used by no page, or fetched when a person asks for it.
const NOT_COUNTED = [/^\./, /^icons\//, /^demo\//];
const dist = process.argv[2];

const rows = readdirSync(dist, { recursive: true })
  .filter(name => statSync(join(dist, name)).isFile() && !NOT_COUNTED.some(pattern => pattern.test(name)))
  .map(name => {
    const bytes = readFileSync(join(dist, name));
    return { name, raw: bytes.length, brotli: brotliCompressSync(bytes).length, later: WHEN_NEEDED.some(pattern => pattern.test(name)) };
  })
  .sort((a, b) => b.brotli - a.brotli);

const sum = rows => rows.reduce((total, row) => total + row.brotli, 0);
const kb = bytes => `${(bytes / 1000).toFixed(1)} KB`.padStart(10);
for (const { name, raw, brotli, later } of rows) console.log(`${kb(raw)} ${kb(brotli)} brotli  ${name}${later ? "  (when needed)" : ""}`);
const first = sum(rows.filter(row => !row.later));
const parts = sum(rows.filter(row => row.name.startsWith("part-") && row.later));
console.log(`first load ${kb(first).trim()} of ${kb(BUDGET).trim()}; when needed the screens ${kb(parts).trim()}, the worker ${kb(sum(rows) - first - parts).trim()}`);
if (!rows.some(row => row.name.endsWith(".wasm"))) {
  console.error("size: there is no build here");
  process.exit(1);
}
if (first > BUDGET) {
  console.error("size: the first load is over its budget");
  process.exit(1);
}

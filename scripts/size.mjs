// What a first visit loads, compressed as hosts do, against the budget of 900 KB: node scripts/size.mjs DIST
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";

const BUDGET = 900_000;
const dist = process.argv[2];

const rows = readdirSync(dist)
  .filter(name => !name.startsWith(".") && statSync(join(dist, name)).isFile())
  .map(name => {
    const bytes = readFileSync(join(dist, name));
    return { name, raw: bytes.length, brotli: brotliCompressSync(bytes).length, later: name.startsWith("worker") || name === "sw.js" };
  })
  .sort((a, b) => b.brotli - a.brotli);

const sum = rows => rows.reduce((total, row) => total + row.brotli, 0);
const kb = bytes => `${(bytes / 1000).toFixed(1)} KB`.padStart(10);
for (const { name, raw, brotli, later } of rows) console.log(`${kb(raw)} ${kb(brotli)} brotli  ${name}${later ? "  (when needed)" : ""}`);
const first = sum(rows.filter(row => !row.later));
console.log(`first load ${kb(first).trim()} of ${kb(BUDGET).trim()}, the reader worker another ${kb(sum(rows) - first).trim()}`);
if (!rows.some(row => row.name.endsWith(".wasm"))) {
  console.error("size: there is no build here");
  process.exit(1);
}
if (first > BUDGET) {
  console.error("size: the first load is over its budget");
  process.exit(1);
}

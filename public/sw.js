// The service worker: keeps the app itself (not the person's data, which lives in IndexedDB) so that it opens offline.
//
// A release is all or nothing. scripts/finish.mjs writes its id and the digest of each of its files below; install
// fetches them into a cache named after the release and checks every digest, so a half-deployed site is never kept.
//
// A new release is offered, not forced. Protocol with the page (src/web):
// - The page registers "sw.js" beside index.html, with { updateViaCache: "none" }, unless its meta element
//   "runatlas:build" says "dev".
// - When a new worker is installed while an old one still controls pages, it waits. The page sees
//   `registration.waiting` (or "updatefound", then state "installed" while `navigator.serviceWorker.controller` is
//   set) and shows a notice.
// - If the person accepts, the page posts { type: "skip-waiting" } to the waiting worker. It then takes over, every
//   open page of the app gets "controllerchange": the page that asked reloads, others offer to.
// - { type: "build" } with a MessagePort is answered there with { build }.
//
// What it answers: GET requests of its own origin for the page and the files of its own release, nothing else. Other
// origins (the person's servers), range requests and everything unknown go to the network untouched and are never kept.

const RELEASE = { build: "dev", files: {} };

// Several copies of the app may live under one origin; each looks after the caches of its own address only.
const FAMILY = `runatlas ${new URL(self.registration.scope).pathname} `;
const CACHE = FAMILY + RELEASE.build;
const PAGE = address("index.html");
const KEPT = new Set(Object.keys(RELEASE.files).map(address));

self.addEventListener("install", event => event.waitUntil(keepRelease()));

self.addEventListener("activate", event => event.waitUntil(takeOver()));

self.addEventListener("message", event => {
  if (event.data?.type === "skip-waiting") self.skipWaiting();
  if (event.data?.type === "build") event.ports[0]?.postMessage({ build: RELEASE.build });
});

self.addEventListener("fetch", event => {
  const { request } = event;
  if (request.method !== "GET" || request.headers.has("range")) return;
  const wanted = isPage(request) ? PAGE : request.url.split(/[?#]/)[0];
  if (KEPT.has(wanted)) event.respondWith(keptOrFetched(wanted, request));
});

function address(path) {
  return new URL(path, self.registration.scope).href;
}

// The app lives at one address; everything else about the view is in the fragment, which is never sent.
function isPage(request) {
  const url = request.url.split(/[?#]/)[0];
  return request.mode === "navigate" && (url === self.registration.scope || url === PAGE);
}

async function keptOrFetched(wanted, request) {
  const cache = await caches.open(CACHE);
  // The browser may have thrown the cache away under storage pressure.
  return (await cache.match(wanted)) ?? fetch(request);
}

async function keepRelease() {
  const cache = await caches.open(CACHE);
  try {
    await Promise.all(Object.entries(RELEASE.files).map(([path, digest]) => keepFile(cache, address(path), digest)));
  } catch (cause) {
    await caches.delete(CACHE);
    throw cause;
  }
}

async function keepFile(cache, url, digest) {
  const kept = await keptBefore(url, digest);
  if (kept) return cache.put(url, kept);
  const answer = await fetch(url, { cache: "no-cache", credentials: "same-origin" });
  if (!answer.ok) throw new Error(`${url}: HTTP ${answer.status}`);
  const body = await answer.arrayBuffer();
  if ((await sha256(body)) !== digest) throw new Error(`${url}: not of release ${RELEASE.build}`);
  // A fresh response: one that was redirected may not answer a navigation.
  const type = answer.headers.get("content-type") ?? "application/octet-stream";
  return cache.put(url, new Response(body, { headers: { "content-type": type } }));
}

// Most files of a release have not changed since the last one.
async function keptBefore(url, digest) {
  for (const name of await ownCaches()) {
    const answer = await (await caches.open(name)).match(url);
    if (answer && (await sha256(await answer.clone().arrayBuffer())) === digest) return answer;
  }
  return undefined;
}

async function takeOver() {
  for (const name of await ownCaches()) if (name !== CACHE) await caches.delete(name);
  await self.clients.claim();
}

async function ownCaches() {
  return (await caches.keys()).filter(name => name.startsWith(FAMILY));
}

async function sha256(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, byte => byte.toString(16).padStart(2, "0")).join("");
}

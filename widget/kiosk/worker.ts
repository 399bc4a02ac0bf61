// The kiosk's service worker: the shell and its scripts come from the device, so that it starts and reloads without a line.

/** What a worker has beyond a window, as far as this one needs it; the compiler knows this folder as a page. */
type Waiting = Event & { waitUntil: (work: Promise<unknown>) => void };
type Fetching = Event & { request: Request; respondWith: (reply: Promise<Response>) => void };
type Scope = { location: Location; skipWaiting?: () => Promise<void>; clients?: { claim: () => Promise<void> } };

const scope: Scope = globalThis;
const CACHE = "firsthand-kiosk";
const SHELL = ["/k", "/k/icon.svg", "/k/app.webmanifest", "/s/client/kiosk.js"];

const isWaiting = (event: Event): event is Waiting => "waitUntil" in event;
const isFetching = (event: Event): event is Fetching => "respondWith" in event && "request" in event;
const isOurs = (path: string): boolean => path === "/k" || path.startsWith("/k/") || path.startsWith("/s/client/") || path.startsWith("/s/files/");

addEventListener("install", (event) => {
  if (isWaiting(event)) event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(SHELL)).then(() => scope.skipWaiting?.()));
});

addEventListener("activate", (event) => {
  if (isWaiting(event)) event.waitUntil(scope.clients?.claim() ?? Promise.resolve());
});

addEventListener("fetch", (event) => {
  if (!isFetching(event)) return;
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== scope.location.origin || !isOurs(url.pathname)) return;
  event.respondWith(fromNetworkOrCache(event.request));
});

// The network first, so that a repaired page reaches the device; the copy as soon as the network or the server fails or is slow.
async function fromNetworkOrCache(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  try {
    const reply = await fetch(request, { signal: AbortSignal.timeout(4_000) });
    if (reply.ok) await cache.put(request, reply.clone());
    return reply.status < 500 ? reply : ((await cache.match(request, { ignoreSearch: true })) ?? reply);
  } catch (failure) {
    const kept = await cache.match(request, { ignoreSearch: true });
    if (kept !== undefined) return kept;
    throw failure;
  }
}

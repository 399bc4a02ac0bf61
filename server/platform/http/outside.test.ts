import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { fetchOutside } from "./outside.ts";

const requests: { url: string; headers: IncomingMessage["headers"]; body: string }[] = [];
const servers: Server[] = [];
let port = 0;
let otherPort = 0;

const listen = (answer: (request: IncomingMessage, reply: ServerResponse) => void): Promise<number> => new Promise((resolve) => {
  const server = createServer((request, reply) => {
    let body = "";
    request.on("data", (piece) => { body += String(piece); });
    request.on("end", () => {
      requests.push({ url: request.url ?? "", headers: request.headers, body });
      answer(request, reply);
    });
  });
  servers.push(server);
  server.listen(0, "127.0.0.1", () => {
    const address = server.address();
    resolve(typeof address === "object" && address !== null ? address.port : 0);
  });
});

beforeAll(async () => {
  otherPort = await listen((_request, reply) => void reply.end("other"));
  port = await listen((request, reply) => {
    const redirect = (to: string): void => void reply.writeHead(302, { location: to }).end();
    if (request.url === "/inside") return redirect(`http://localhost:${otherPort}/secret`);
    if (request.url === "/metadata") return redirect("http://169.254.169.254/latest/meta-data");
    if (request.url === "/file") return redirect("file:///etc/passwd");
    if (request.url === "/other") return redirect(`http://127.0.0.1:${otherPort}/x`);
    if (request.url === "/loop") return redirect("/loop");
    if (request.url === "/slow") return undefined;
    if (request.url === "/bomb") return void reply.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(Buffer.alloc(3_000_000)));
    if (request.url === "/latin") return void reply.writeHead(200, { "content-type": "text/xml; charset=iso-8859-1" }).end(Buffer.from([0x67, 0xfc, 0x6e]));
    return void reply.writeHead(request.url === "/refused" ? 401 : 200, { "content-encoding": "gzip", etag: "x" }).end(gzipSync("hello"));
  });
});
afterAll(() => servers.forEach((server) => { server.closeAllConnections(); server.close(); }));
beforeEach(() => void requests.splice(0));

const open = () => ({ outsideHostsAllowed: ["127.0.0.1"] });
const closed = { outsideHostsAllowed: [] };

describe("an address outside", () => {
  test("is answered with status, headers and unpacked text", async () => {
    expect(await fetchOutside(open(), { url: `http://127.0.0.1:${port}/` })).toMatchObject({ ok: true, status: 200, text: "hello", headers: { etag: "x" } });
    expect(await fetchOutside(open(), { url: `http://127.0.0.1:${port}/refused` })).toMatchObject({ ok: true, status: 401 });
    expect(await fetchOutside(open(), { url: `http://127.0.0.1:${port}/latin` })).toMatchObject({ text: "gün" });
  });

  test("gets the body that was given", async () => {
    await fetchOutside(open(), { method: "POST", url: `http://127.0.0.1:${port}/`, body: "grüße", headers: { "content-type": "text/plain", "x-evil": "a\r\nb: c" } });

    expect(requests[0]).toMatchObject({ body: "grüße", headers: { "x-evil": "a b: c" } });
  });
});

describe("an address inside", () => {
  test.each(["http://127.0.0.1:PORT/", "http://localhost:PORT/", "http://[::1]:PORT/", "http://0x7f000001:PORT/", "http://2130706433:PORT/", "http://127.1:PORT/", "http://169.254.169.254/", "http://[::ffff:127.0.0.1]:PORT/"])(
    "%s is refused before anything is sent", async (url) => {
      expect(await fetchOutside(closed, { url: url.replace("PORT", String(port)) })).toMatchObject({ ok: false, reason: "address_not_allowed" });
      expect(requests).toEqual([]);
    },
  );

  test.each([["/inside", "address_not_allowed"], ["/metadata", "address_not_allowed"], ["/file", "url_not_valid"]])("is refused after the redirect of %s", async (path, reason) => {
    expect(await fetchOutside(open(), { url: `http://127.0.0.1:${port}${path}` })).toMatchObject({ ok: false, reason });
    expect(requests).toHaveLength(1);
  });

  test("is reached only at the port that is allowed, when one is named", async () => {
    expect(await fetchOutside({ outsideHostsAllowed: [`127.0.0.1:${port}`] }, { url: `http://127.0.0.1:${port}/` })).toMatchObject({ ok: true });
    expect(await fetchOutside({ outsideHostsAllowed: [`127.0.0.1:${port}`] }, { url: `http://127.0.0.1:${otherPort}/` })).toMatchObject({ ok: false });
  });
});

describe("limits", () => {
  test("of redirects, size and time end what goes on too long", async () => {
    expect(await fetchOutside(open(), { url: `http://127.0.0.1:${port}/loop` })).toMatchObject({ ok: false, reason: "too_many_redirects" });
    expect(await fetchOutside(open(), { url: `http://127.0.0.1:${port}/bomb` }, { sizeBytesMax: 100_000 })).toMatchObject({ ok: false, reason: "too_large" });
    expect(await fetchOutside(open(), { url: `http://127.0.0.1:${port}/slow` }, { timeoutMs: 50 })).toMatchObject({ ok: false, reason: "timeout" });
    expect(await fetchOutside(open(), { url: "http://127.0.0.1:1/" })).toMatchObject({ ok: false, reason: "unreachable" });
    expect(await fetchOutside(open(), { url: "ftp://example.com/" })).toMatchObject({ ok: false, reason: "url_not_valid" });
  });

  test("are told without the address, which may hold a password or a token", async () => {
    for (const url of ["ftp://example.com/?key=hidden", `http://me:hidden@127.0.0.1:${port}/loop`, "http://127.0.0.1:1/?key=hidden"]) {
      const reply = await fetchOutside(open(), { url }, { redirectsMax: 0 });
      expect(reply.ok).toBe(false);
      expect(JSON.stringify(reply)).not.toContain("hidden");
    }
  });

  test("name who sends on elsewhere when no redirect is allowed, but not the address", async () => {
    const reply = await fetchOutside(open(), { url: `http://127.0.0.1:${port}/other` }, { redirectsMax: 0 });
    expect(reply).toEqual({ ok: false, reason: "too_many_redirects", message: `127.0.0.1:${port} sends on to another address. Write that one.` });
    expect(requests).toHaveLength(1);
  });

  test("a redirect to another origin takes no credentials along", async () => {
    await fetchOutside(open(), { url: `http://127.0.0.1:${port}/other`, headers: { authorization: "Bearer x", "x-auth-token": "y", accept: "text/plain" } });

    expect(requests.map(({ headers }) => headers.authorization)).toEqual(["Bearer x", undefined]);
    expect(requests.map(({ headers }) => headers["x-auth-token"])).toEqual(["y", undefined]);
    expect(requests[1]?.headers.accept).toBe("text/plain");
  });
});

// Answers a survey as fast as the server takes it, in a process of its own, so that its work is not taken for the server's.
// Plain sockets, one request in flight on each: a full HTTP client would use more of the shared cores than the server.
import { randomUUID } from "node:crypto";
import { connect } from "node:net";
import { quantile } from "./timings.ts";

export type ResponsesLoadResult = { responses: number; failed: number; seconds: number; p50Ms: number; p99Ms: number };

const HEAD_END = "\r\n\r\n";
const WORDS = ["late", "parcel", "kind", "price", "helpful", "again", "never", "delivery", "broken", "thanks", "quick", "refund", "shop", "waiting", "box"];

const runLoad = async (load: { port: number; slug: string; connections: number; seconds: number }): Promise<ResponsesLoadResult> => {
  const latencies: number[] = [];
  const counts = { failed: 0 };
  const began = performance.now();
  const endsAt = began + load.seconds * 1000;
  await Promise.all(Array.from({ length: load.connections }, () => drive(load, endsAt, latencies, counts)));
  const seconds = (performance.now() - began) / 1000;
  return { responses: latencies.length, failed: counts.failed, seconds, p50Ms: quantile(latencies, 0.5), p99Ms: quantile(latencies, 0.99) };
};

const drive = (load: { port: number; slug: string }, endsAt: number, latencies: number[], counts: { failed: number }): Promise<void> =>
  new Promise((resolve, reject) => {
    const socket = connect({ port: load.port, host: "127.0.0.1", noDelay: true });
    let sentAt = 0;
    let reply = "";
    const send = (): void => {
      if (performance.now() >= endsAt) {
        socket.end();
        return resolve();
      }
      sentAt = performance.now();
      socket.write(requestText(load.slug));
    };
    socket.on("connect", send);
    socket.on("error", reject);
    socket.on("data", (bytes) => {
      reply += bytes.toString("latin1");
      if (!isWhole(reply)) return;
      if (!reply.startsWith("HTTP/1.1 200")) counts.failed += 1;
      reply = "";
      latencies.push(performance.now() - sentAt);
      send();
    });
  });

const isWhole = (reply: string): boolean => {
  const end = reply.indexOf(HEAD_END);
  if (end < 0) return false;
  const length = Number(/content-length: (\d+)/i.exec(reply)?.[1] ?? 0);
  return reply.length >= end + HEAD_END.length + length;
};

const pick = <Item>(items: readonly Item[]): Item | undefined => items[Math.floor(Math.random() * items.length)];

// What a page sends: a score, a sentence and a choice, complete, with the times of a person.
const requestText = (slug: string): string => {
  const answers = {
    nps: { number: Math.floor(Math.random() * 11) },
    why: { text: Array.from({ length: 12 }, () => pick(WORDS)).join(" ") },
    matters: { choices: [pick(["price", "service", "speed"])] },
  };
  const body = JSON.stringify({
    id: randomUUID(), slug, version: 1, revision: 3, language: "en", isComplete: true, answers, openedAgoMs: 41_000, answeredAgoMs: 20, channel: "web",
  });
  return `POST /api/public/responses HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
};

const [port, slug, connections, seconds] = process.argv.slice(2);
console.log(JSON.stringify(await runLoad({ port: Number(port), slug: slug ?? "", connections: Number(connections), seconds: Number(seconds) })));

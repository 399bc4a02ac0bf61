// Sends events as fast as the server answers, in a process of its own, so that its work is not taken for the server's.
// Plain sockets, one request in flight on each: a full HTTP client would use more of the shared cores than the server.
import { connect } from "node:net";
import type { Socket } from "node:net";
import { randomUUID } from "node:crypto";
import { quantile } from "./timings.ts";

export type Load = { port: number; writeKey: string; connections: number; eventsPerRequest: number; seconds: number };
export type LoadResult = { requests: number; events: number; failed: number; seconds: number; p50Ms: number; p99Ms: number };

const HEAD_END = "\r\n\r\n";

const runLoad = async (load: Load): Promise<LoadResult> => {
  const latencies: number[] = [];
  const counts = { failed: 0 };
  const began = performance.now();
  const endsAt = began + load.seconds * 1000;
  const run = randomUUID().slice(0, 8);
  await Promise.all(Array.from({ length: load.connections }, (_, index) => drive(load, `${run}-${index}`, endsAt, latencies, counts)));
  const seconds = (performance.now() - began) / 1000;
  return { requests: latencies.length, events: latencies.length * load.eventsPerRequest, failed: counts.failed, seconds, p50Ms: quantile(latencies, 0.5), p99Ms: quantile(latencies, 0.99) };
};

const drive = (load: Load, name: string, endsAt: number, latencies: number[], counts: { failed: number }): Promise<void> =>
  new Promise((resolve, reject) => {
    const socket: Socket = connect({ port: load.port, host: "127.0.0.1", noDelay: true });
    let number = 0;
    let sentAt = 0;
    let answer = "";
    const send = (): void => {
      if (performance.now() >= endsAt) {
        socket.end();
        return resolve();
      }
      number += 1;
      sentAt = performance.now();
      socket.write(requestText(load, `${name}-${number}`));
    };
    socket.on("connect", send);
    socket.on("error", reject);
    socket.on("data", (bytes) => {
      answer += bytes.toString("latin1");
      if (!isWhole(answer)) return;
      if (!answer.startsWith("HTTP/1.1 200")) counts.failed += 1;
      answer = "";
      latencies.push(performance.now() - sentAt);
      send();
    });
  });

const isWhole = (answer: string): boolean => {
  const end = answer.indexOf(HEAD_END);
  if (end < 0) return false;
  const length = Number(/content-length: (\d+)/i.exec(answer)?.[1] ?? 0);
  return answer.length >= end + HEAD_END.length + length;
};

const requestText = (load: Load, id: string): string => {
  const body = load.eventsPerRequest === 1 ? event(id) : `{"batch":[${Array.from({ length: load.eventsPerRequest }, (_, index) => event(`${id}-${index}`)).join(",")}],"sentAt":"${new Date().toISOString()}"}`;
  const path = load.eventsPerRequest === 1 ? "/v1/track" : "/v1/batch";
  const authorization = Buffer.from(`${load.writeKey}:`).toString("base64");
  return `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nAuthorization: Basic ${authorization}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
};

// About 500 bytes, as @segment/analytics-node sends them; 50,000 different people.
const event = (id: string): string =>
  `{"timestamp":"${new Date().toISOString()}","integrations":{},"userId":"user-${Math.floor(Math.random() * 50_000)}","type":"track","event":"Order Completed","properties":{"revenue":12.5,"currency":"EUR","path":"/checkout/done","products":[{"sku":"A-1","quantity":2},{"sku":"B-7","quantity":1}]},"context":{"library":{"name":"@segment/analytics-node","version":"3.1.0"},"page":{"url":"https://shop.example/checkout/done","referrer":"https://shop.example/cart"}},"messageId":"${id}","_metadata":{"nodeVersion":"24.21.0","jsRuntime":"node"}}`;

const [port, writeKey, connections, eventsPerRequest, seconds] = process.argv.slice(2);
const result = await runLoad({
  port: Number(port),
  writeKey: writeKey ?? "",
  connections: Number(connections),
  eventsPerRequest: Number(eventsPerRequest),
  seconds: Number(seconds),
});
console.log(JSON.stringify(result));

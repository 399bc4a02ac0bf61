import { pipeline, Transform } from "node:stream";
import type { Readable } from "node:stream";

const LOOKS = 4;

/** The same bytes, cut off when whoever reads them takes none for so long while some are waiting. Time the source needs does not count.
 *  @param stallMs the body is destroyed after this long, a quarter more at most
 *  @param totalMs it is destroyed after this long also when some are taken now and then; null: never */
export const withStallLimit = (source: Readable, stallMs: number, totalMs: number | null = null): Readable => {
  let pushed = 0;
  const body = new Transform({
    highWaterMark: 1 << 18,
    transform: (chunk: Buffer, _encoding, done) => {
      pushed += chunk.length;
      done(null, chunk);
    },
  });
  let [taken, quietLooks] = [0, 0];
  const timer = setInterval(() => {
    const now = pushed - body.readableLength;
    quietLooks = now === taken && body.readableLength > 0 ? quietLooks + 1 : 0;
    taken = now;
    if (quietLooks >= LOOKS) body.destroy(new Error(`Nobody took any of an export for ${stallMs} ms; it was given up.`));
  }, stallMs / LOOKS);
  timer.unref();
  const end = totalMs === null ? undefined : setTimeout(() => body.destroy(new Error(`An export was not taken whole within ${totalMs} ms; it was given up.`)), totalMs).unref();
  pipeline(source, body, () => {
    clearInterval(timer);
    clearTimeout(end);
  });
  return body;
};

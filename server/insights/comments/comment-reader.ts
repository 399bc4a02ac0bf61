// Reads every comment that enters, whichever way it came: it follows the record of feelings in the order of commit.
import { listArrivedComments, type ArrivedComment } from "#customers";
import { transaction } from "#platform/db";
import { publish } from "#platform/events";
import { startLoop, type Step } from "#platform/jobs";
import type { Services } from "#platform/services";
import { askedBy } from "@firsthand/text";
import { listMarks } from "./marks.queries.ts";
import { findReadingPosition, listUnread, moveReadingPosition, writeReadings, writeUnread, type NewReading } from "./readings.queries.ts";
import { TextEngine } from "./text-engine.ts";
import { findNameList } from "./known-names.ts";
import { findTaught } from "./taught.ts";

const STEP_FEELINGS = 2_000;
// So much goes to the reading thread and back at once: a few milliseconds of copying.
const TASK_COMMENTS = 500;

/** Reads comments as they come, as long as the server lives. Not a job: a comment is read within a second of its arrival, and none is missed
 *  or read twice whoever dies when, because the place reached moves in the transaction that writes what was read. */
export const startCommentReader = async (services: Services): Promise<{ stop: () => Promise<void> }> => {
  const engine = new TextEngine();
  const loop = startLoop(services, () => readNext(services, engine), "comments could not be read; trying again");
  return {
    stop: async () => {
      await loop.stop();
      await engine.close();
    },
  };
};

const readNext = async (services: Services, engine: TextEngine): Promise<Step> => {
  const from = await findReadingPosition(services.db);
  const { comments, position, isEnd } = await listArrivedComments(services.db, from, STEP_FEELINGS);
  if (position.xid === from.xid && position.seq === from.seq) return isEnd ? "nothing" : "more";
  const unread = await listUnread(services.db, comments.map(({ id }) => id));
  // What brought its reader down is kept at once: else whoever ends the server while others are read would meet it again.
  const rows = await readComments(services, engine, comments.filter(({ id }) => unread.has(id)), (portion) => writeUnread(services.db, portion.filter(({ reading }) => reading.isUnread)));
  await transaction(services.db, async (tx) => {
    // Another server may have been quicker: then its readings stand, and these are the same.
    if (!(await moveReadingPosition(tx, from, position))) return;
    await writeReadings(tx, rows.filter(({ reading }) => reading.isUnread !== true));
    for (const workspaceId of new Set(rows.map((row) => row.workspaceId)))
      await publish(tx, { name: "comments.read", workspaceId, payload: { count: rows.filter((row) => row.workspaceId === workspaceId).length } });
  });
  if (!isEnd) return "more";
  return rows.length > 0 ? "some" : "nothing";
};

/** Whether feelings have come in that nobody has looked at for comments yet. */
export const isReaderBehind = async (services: Services): Promise<boolean> => {
  const at = await findReadingPosition(services.db);
  const { position } = await listArrivedComments(services.db, at, 1);
  return position.xid !== at.xid || position.seq !== at.seq;
};

/** What is read in comments by the model, by what their workspace has taught it, by what they were asked for, by the names it knows and by what people marked, ready to be written.
 *  @param hear gets each portion as it is read */
export const readComments = async (services: Services, engine: TextEngine, comments: readonly ArrivedComment[], hear?: (portion: readonly NewReading[]) => Promise<void>): Promise<NewReading[]> => {
  const rows: NewReading[] = [];
  for (const [workspaceId, own] of Map.groupBy(comments, (comment) => comment.workspaceId)) {
    const [taught, names] = [await findTaught(services, workspaceId), await findNameList(services, workspaceId)];
    for (let from = 0; from < own.length; from += TASK_COMMENTS) {
      const portion = own.slice(from, from + TASK_COMMENTS);
      const marks = await listMarks(services.db, workspaceId, portion.map(({ id }) => id));
      const marked = new Map(portion.flatMap(({ id }, place) => { const own = marks.get(id); return own === undefined ? [] : [[place, own] as const]; }));
      const asked = portion.map(({ question }) => (question === null ? null : askedBy(question)));
      const { version, readings } = await engine.read(portion.map(({ text }) => text), { correction: taught?.correction ?? null, asked, names, marked });
      const modelVersion = taught === null ? version : `${version}+${taught.number}`;
      const read = readings.flatMap((reading, place): NewReading[] => {
        const comment = portion[place];
        return comment === undefined ? [] : [{ perceptionId: comment.id, workspaceId, at: comment.at, modelVersion, reading, asked: asked[place] ?? null, marked: marks.get(comment.id) ?? [] }];
      });
      await hear?.(read);
      rows.push(...read);
    }
  }
  return rows;
};

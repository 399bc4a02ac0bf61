// The log that "firsthand mine" is pointed at: XES, a table, or objects.
import { BrokenFile, casesOfObjects, flattenByObject, isOcelXml, listObjectTypes, LogTooLarge, OCEL_CHARACTERS_MAX, openOcelLog, openTextDecoder, openXesReader, readOcel, type CaseCollector, type EventLog, type ObjectLog, type ReadingReport, type WrittenCase } from "@firsthand/mining";
import { prepend, readBytes, takeHead } from "./byte-file.ts";
import { CommandError, type Output } from "./command.ts";
import { readTable, type TableWishes } from "./mine-table.ts";
import { count, printable } from "./text-table.ts";

/** Bytes after unpacking: beyond, it is more likely a trap than a log. */
const bytesMax = 4_294_967_296;

export type ReadLog = { log: EventLog; report: ReadingReport; cases: WrittenCase[] | null };

/** What a file of events is asked for; `collector` takes the events with all their attributes when they are written again. */
export type LogWishes = TableWishes & { objectType: string | null; collector: CaseCollector | null };

/** Reads a log of whatever form, seen from its content.
 *  @returns `cases` where a collector was given
 *  @throws CommandError when it cannot be used */
export const readLog = async (request: LogWishes, output: Output): Promise<ReadLog> => {
  const { head, rest } = await takeHead(limit(readBytes(request.path)));
  const whole = prepend(head, rest);
  try {
    if (beginsWith(head, "<")) return isOcelXml(textOf(head)) ? ofObjects(await readObjectXml(whole, output), request) : await readXes(whole, request, output);
    if (beginsWith(head, "{")) return ofObjects(await readObjectJson(whole), request);
    return { ...(await readTable(whole, request, output, request.collector?.take)), cases: request.collector?.cases() ?? null };
  } catch (fault) {
    if (fault instanceof BrokenFile || fault instanceof LogTooLarge) throw new CommandError(fault.message);
    throw fault;
  }
};

async function* limit(bytes: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  let read = 0;
  for await (const chunk of bytes) {
    read += chunk.length;
    if (read > bytesMax) throw new CommandError(`The file has more than ${count(bytesMax)} bytes when unpacked. Cut it into parts.`);
    yield chunk;
  }
}

/** Zeros are those of UTF-16; a byte order mark and blanks may come first. */
const beginsWith = (head: Buffer, character: string): boolean => head.toString("latin1", 0, 1_000).replace(/^(?:\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff)?[\s\0]*/u, "").startsWith(character);

const readXes = async (bytes: AsyncGenerator<Buffer>, { columns, collector }: LogWishes, output: Output): Promise<ReadLog> => {
  const reader = openXesReader({
    mapping: {
      ...(columns.case === null ? {} : { caseKey: columns.case.replace(/^case:/u, "") }),
      ...(columns.activity === null ? {} : { activityKey: columns.activity }),
      ...(columns.time === null ? {} : { timeKey: columns.time }),
    },
    ...(collector === null ? {} : { onEvent: collector.take }),
  });
  let read = 0;
  for await (const chunk of bytes) {
    // A piece of a megabyte would be decoded slowly, and pieces of some kilobytes often.
    for (let at = 0; at < chunk.length; at += 262_144) reader.push(chunk.subarray(at, at + 262_144));
    read += chunk.length;
    output.progress(`${count(Math.round(read / 1_000_000))} MB read`);
  }
  return { ...reader.end(), cases: collector?.cases() ?? null };
};

const textOf = (head: Buffer): string => {
  const decoder = openTextDecoder();
  return decoder.decode(head) + decoder.end();
};

type ReadObjects = { log: ObjectLog; report: ReadingReport };

const readObjectXml = async (bytes: AsyncGenerator<Buffer>, output: Output): Promise<ReadObjects> => {
  const [decoder, reader] = [openTextDecoder(), openOcelLog()];
  let read = 0;
  for await (const chunk of bytes) {
    for (let at = 0; at < chunk.length; at += 262_144) reader.push(decoder.decode(chunk.subarray(at, at + 262_144)));
    read += chunk.length;
    output.progress(`${count(Math.round(read / 1_000_000))} MB read`);
  }
  reader.push(decoder.end());
  const { log, report } = reader.end();
  return { log, report: { ...report, wrongCharacters: decoder.wrongCharacters() } };
};

const readObjectJson = async (bytes: AsyncGenerator<Buffer>): Promise<ReadObjects> => {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of bytes) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > OCEL_CHARACTERS_MAX) throw new CommandError(`An object-centric log may have ${count(OCEL_CHARACTERS_MAX)} characters. Cut it into parts.`);
  }
  return readOcel(text + decoder.decode());
};

const ofObjects = ({ log, report }: ReadObjects, { objectType, collector }: LogWishes): ReadLog => {
  const types = listObjectTypes(log).map(({ type }) => type);
  if (objectType === null || !types.includes(objectType)) throw new CommandError(`Say with --object whose journeys are wanted. The types of objects are ${types.slice(0, 40).map((type) => `"${printable(type)}"`).join(", ")}.`);
  return { log: flattenByObject(log, objectType), report, cases: collector === null ? null : casesOfObjects(log, objectType) };
};

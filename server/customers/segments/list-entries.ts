import { Readable } from "node:stream";
import type { Actor } from "#platform/access";
import { recordAudit } from "#platform/audit";
import { transaction, type Queryable } from "#platform/db";
import { publish } from "#platform/events";
import type { Services } from "#platform/services";
import { listCustomersHolding } from "../identity/holders.queries.ts";
import { findIdentifiers, noteCustomerChanges } from "../identity/identifiers.queries.ts";
import { parseSubject, subjectText, type Identifier, type IdentityLimits } from "../identity/identifiers.rules.ts";
import { limitsOf } from "../identity/limits.ts";
import { identityOfMessage, subjectOfMessage } from "../identity/messages.rules.ts";
import { createCsvReader } from "../imports/csv.rules.ts";
import { insertInteractions } from "../interactions/interactions.queries.ts";
import { interactionId } from "../interactions/interactions.rules.ts";
import { findCustomer } from "../profiles/customer-detail.queries.ts";
import { refreshProfiles } from "../profiles/profiles.ts";
import { insertTraits } from "../profiles/traits.queries.ts";
import { deleteEntriesOf, insertEntries, listStrongestOf } from "./list-entries.queries.ts";
import { guessDelimiter, readHeader, readPerson, type ListColumn, type ListedPerson } from "./list-file.rules.ts";
import type { EntriesReport } from "./segments.contract.ts";
import { segmentsErrors } from "./segments.errors.ts";
import type { StoredSegment } from "./segments.queries.ts";
import { getSegment } from "./segments.ts";

const BATCH_ROWS = 1000;
const ROWS_MAX = 1_000_000;
const ROW_CHARACTERS = 20_000;
const REFUSED_SHOWN = 100;

type List = { workspaceId: string; segmentId: string; at: Date; memberId: string | null };

/** Puts customers and identifiers on a contact list by hand.
 *  @throws segment_unknown, segment_not_a_list */
export const addEntries = async (services: Services, actor: Actor, id: string, given: { customerIds: readonly string[]; identifiers: readonly string[] }): Promise<EntriesReport> => {
  const list = await openList(services, actor, id);
  const report = emptyReport();
  await transaction(services.db, async (tx) => {
    const found = await Promise.all(given.customerIds.map(async (customerId) => (await findCustomer(tx, actor.workspaceId, customerId))?.id ?? customerId));
    const strongest = await listStrongestOf(tx, actor.workspaceId, found);
    const known = new Set(strongest.map((one) => one.customerId));
    for (const [index, customerId] of found.entries()) if (!known.has(customerId)) refuse(report, index + 1, customerId, "There is no such customer, or every identifier of it is blocked.");
    const added = await insertEntries(tx, list, strongest);
    report.rows += found.length;
    report.added += added;
    report.alreadyThere += strongest.length - added;
  });
  const rows = given.identifiers.map((text, index) => ({ row: given.customerIds.length + index + 1, cells: [text] }));
  for (let from = 0; from < rows.length; from += BATCH_ROWS) await addRows(services, list, { rows: rows.slice(from, from + BATCH_ROWS), header: null }, report);
  await tellAdded(services, actor, id, report);
  return report;
};

/** Puts the people of a table on a contact list, batch by batch: what was read before a broken row stays.
 *  @param body the bytes of a CSV file, of a pasted column of addresses, in UTF-8
 *  @throws segment_unknown, segment_not_a_list, segment_file_wrong */
export const uploadEntries = async (services: Services, actor: Actor, id: string, body: unknown): Promise<EntriesReport> => {
  const list = await openList(services, actor, id);
  if (!(body instanceof Readable)) throw segmentsErrors.refuse("segment_file_wrong", "Send the bytes of the file as the body.");
  const report = emptyReport();
  let header: ListColumn[] | null | undefined;
  let batch: { row: number; cells: string[] }[] = [];
  const flush = async (): Promise<void> => {
    await addRows(services, list, { rows: batch, header: header ?? null }, report);
    batch = [];
  };
  let row = 0;
  for await (const { cells, problem } of readRows(body)) {
    row += 1;
    if (row > ROWS_MAX) throw segmentsErrors.refuse("segment_file_wrong", "The file has more than a million rows. Upload it in parts; the first million are on the list.");
    if (problem !== undefined) refuse(report, row, "", problem);
    if (cells.every((cell) => cell.trim() === "")) continue;
    if (header === undefined) {
      header = readHeader(cells);
      if (header !== null) continue;
    }
    batch.push({ row, cells });
    if (batch.length === BATCH_ROWS) await flush();
  }
  await flush();
  await tellAdded(services, actor, id, report);
  return report;
};

/** Takes customers off a contact list, however they came onto it.
 *  @throws segment_unknown, segment_not_a_list
 *  @returns how many were on it */
export const removeCustomers = async (services: Services, actor: Actor, id: string, customerIds: readonly string[]): Promise<number> => {
  await openList(services, actor, id);
  return transaction(services.db, async (tx) => {
    const removed = await deleteEntriesOf(tx, id, customerIds);
    await recordAudit(tx, actor, { action: "segment.customers_removed", subject: id, details: { customers: removed } });
    await publish(tx, { name: "segment.changed", workspaceId: actor.workspaceId, payload: { segmentId: id } });
    return removed;
  });
};

const openList = async (services: Services, actor: Actor, id: string): Promise<List> => {
  const segment: StoredSegment = await getSegment(services.db, actor.workspaceId, id);
  if (segment.kind !== "list") throw segmentsErrors.refuse("segment_not_a_list", `"${segment.name}" is a live segment: its rule decides who is in. Change the rule, or make a contact list.`);
  return { workspaceId: actor.workspaceId, segmentId: id, at: services.clock.now(), memberId: actor.memberId };
};

async function* readRows(body: AsyncIterable<unknown>): AsyncGenerator<{ cells: string[]; problem?: string }> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let reader: ReturnType<typeof createCsvReader> | null = null;
  let head = "";
  const open = (): ReturnType<typeof createCsvReader> => createCsvReader({ delimiter: guessDelimiter(head.split(/\r?\n/, 1)[0] ?? ""), quote: '"' }, ROW_CHARACTERS);
  for await (const chunk of body) {
    const text = decode(decoder, chunk);
    if (reader === null) {
      head += text;
      if (!head.includes("\n") && head.length < ROW_CHARACTERS) continue;
      reader = open();
      yield* reader.push(head).map(showRow);
    } else yield* reader.push(text).map(showRow);
  }
  const last = reader ?? open();
  if (reader === null) yield* last.push(head).map(showRow);
  yield* last.end().map(showRow);
}

const showRow = ({ cells, problem }: { cells: string[]; problem?: { reason: string } }): { cells: string[]; problem?: string } =>
  problem === undefined ? { cells } : { cells, problem: problem.reason };

const decode = (decoder: InstanceType<typeof TextDecoder>, chunk: unknown): string => {
  if (!(chunk instanceof Uint8Array)) throw new TypeError("An upload gave something else than bytes.");
  try {
    const text = decoder.decode(chunk, { stream: true });
    if (text.includes("\u0000")) throw new TypeError("binary");
    return text;
  } catch {
    throw segmentsErrors.refuse("segment_file_wrong", "The file is no text in UTF-8. Save it as CSV (UTF-8) and upload that.");
  }
};

type Row = { row: number; subject: Identifier; identifiers: readonly Identifier[]; person: ListedPerson };

const addRows = async (services: Services, list: List, given: { rows: readonly { row: number; cells: readonly string[] }[]; header: readonly ListColumn[] | null }, report: EntriesReport): Promise<void> => {
  if (given.rows.length === 0) return;
  await transaction(services.db, async (tx) => {
    const limits = await limitsOf(tx, list.workspaceId);
    report.rows += given.rows.length;
    const rows = given.rows.flatMap(({ row, cells }): Row[] => {
      const person = readPerson(cells, given.header);
      const read = person === null ? null : identify(person, limits);
      if (read !== null && person !== null) return [{ row, person, ...read }];
      refuse(report, row, cells.join(", "), "No e-mail address, phone number or id in it names anybody.");
      return [];
    });
    const known = new Map((await findIdentifiers(tx, rows.flatMap(({ identifiers }) => identifiers.map((one) => ({ workspaceId: list.workspaceId, ...one }))))).map((one) => [subjectText(one), one.id]));
    const isKnown = (row: Row): boolean => row.identifiers.every((one) => known.has(subjectText(one)));
    await introduce(tx, list, rows.filter((row) => !isKnown(row)));
    await noteTraits(tx, list, rows.filter(isKnown), known);
    const added = await insertEntries(tx, list, rows.map(({ subject }) => ({ ...subject, id: known.get(subjectText(subject)) ?? null })));
    report.added += added;
    report.alreadyThere += rows.length - added;
    report.newCustomers += new Set(rows.filter((row) => row.identifiers.every((one) => !known.has(subjectText(one)))).map((row) => subjectText(row.subject))).size;
  });
};

const messageOf = (person: ListedPerson): { type: "identify"; userId: string | null; anonymousId: null; message: { traits: Record<string, string> } } => ({
  type: "identify", userId: person.userId, anonymousId: null,
  message: { traits: { ...person.traits, ...(person.email === null ? {} : { email: person.email }), ...(person.phone === null ? {} : { phone: person.phone }) } },
});

const identify = (person: ListedPerson, limits: IdentityLimits): { subject: Identifier; identifiers: readonly Identifier[] } | null => {
  const message = messageOf(person);
  const text = subjectOfMessage(message, limits);
  const subject = text === null ? null : parseSubject(text);
  return subject === null ? null : { subject, identifiers: identityOfMessage({ ...message, subject: text }, limits).identifiers };
};

// Who is not known yet, or not by all of these names, is introduced by a message like any other, so that the one way of making customers holds.
const introduce = async (tx: Queryable, list: List, rows: readonly Row[]): Promise<void> => {
  const at = list.at.toISOString();
  await insertInteractions(tx, list.workspaceId, rows.map(({ subject, person }) => {
    const message = messageOf(person);
    const messageId = `list ${list.segmentId} ${subjectText(subject)} ${at} ${JSON.stringify(message.message)}`;
    return {
      id: interactionId(list.workspaceId, messageId), messageId, type: "identify", name: "identify", subject: subjectText(subject), userId: person.userId, anonymousId: null,
      at, receivedAt: at, sentAt: null, originalAt: null, channel: null, touchpoint: null, stage: null, direction: "organisation", source: "import", importId: null,
      memberId: list.memberId, message: JSON.stringify(message.message),
    };
  }));
};

// Somebody known already is not seen by being listed: only what the list says about her is kept.
const noteTraits = async (tx: Queryable, list: List, rows: readonly Row[], known: ReadonlyMap<string, number>): Promise<void> => {
  const traits = new Map(rows.flatMap(({ subject, person }) => {
    const identifierId = known.get(subjectText(subject));
    return identifierId === undefined ? [] : Object.entries(person.traits).map(([name, value]) => [`${identifierId} ${name}`, { identifierId, name, value: JSON.stringify(value), at: list.at, source: "import", interactionId: null, prior: null }] as const);
  }));
  if (traits.size === 0) return;
  await insertTraits(tx, [...traits.values()]);
  const customers = await listCustomersHolding(tx, [...new Set([...traits.values()].map((trait) => trait.identifierId))]);
  await refreshProfiles(tx, customers);
  await noteCustomerChanges(tx, list.workspaceId, customers);
};

const emptyReport = (): EntriesReport => ({ rows: 0, added: 0, alreadyThere: 0, newCustomers: 0, refused: [], refusedCount: 0 });

const refuse = (report: EntriesReport, row: number, text: string, problem: string): void => {
  report.refusedCount += 1;
  if (report.refused.length < REFUSED_SHOWN) report.refused.push({ row, text: text.slice(0, 200), problem });
};

const tellAdded = (services: Services, actor: Actor, id: string, report: EntriesReport): Promise<void> =>
  transaction(services.db, async (tx) => {
    await recordAudit(tx, actor, { action: "segment.customers_added", subject: id, details: { rows: report.rows, added: report.added, refused: report.refusedCount } });
    await publish(tx, { name: "segment.changed", workspaceId: actor.workspaceId, payload: { segmentId: id } });
  });

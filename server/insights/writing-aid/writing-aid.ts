// The settings of the writing aid: a language model of the workspace's own, off until somebody who may turns it on.
import type { Actor } from "#platform/access";
import { recordAudit } from "#platform/audit";
import { transaction } from "#platform/db";
import { defineErrors, guardConnection } from "#platform/http";
import type { Services } from "#platform/services";
import { openAidKey, sealAidKey } from "./aid-secrets.ts";
import { askModel, type Asked } from "./asking.ts";
import type { WritingAid, WritingAidChange, WritingAidTest, WritingAidTestResult, WritingAidUses } from "./writing-aid.contract.ts";
import { findWritingAid, lockWritingAid, updateWritingAid, type WritingAidRow } from "./writing-aid.queries.ts";
import { plainWords, tryMessages } from "./writing-aid.rules.ts";

// 424: what failed is an endpoint that this request depends on, neither the request nor Firsthand.
export const writingAidErrors = defineErrors("writing-aid", {
  writing_aid_off: { status: 409, meaning: "The writing aid is off in this workspace, or off for this use. Nothing was sent. An admin can turn it on in the settings." },
  writing_aid_incomplete: { status: 409, meaning: "The writing aid needs an address and a model before it can be turned on." },
  writing_aid_address_wrong: { status: 400, meaning: "The address must start with https:// and carry no user name, question mark or #. Plain http:// is for hosts the operator allows in OUTSIDE_HOSTS_ALLOWED." },
  writing_aid_key_missing: { status: 409, meaning: "A key is kept for another address, or cannot be opened any more. Enter the key again, or null for none." },
  writing_aid_nothing_to_read: { status: 409, meaning: "No comment is left to be summarised with these filters. Nothing was sent." },
  writing_aid_unreachable: { status: 424, meaning: "The endpoint did not answer: it is away, too slow, says too much, or lies inside a private network." },
  writing_aid_refused: { status: 424, meaning: "The endpoint answered with an error; the message says which status." },
  writing_aid_answer_unusable: { status: 424, meaning: "The endpoint answered, but nothing of its answer can be shown: not the right form, or no sentence names the comments it rests on." },
});

const unset = (workspaceId: string): WritingAidRow => ({ workspaceId, address: null, model: null, secrets: {}, writesSummaries: false, writesDrafts: false });

export const showWritingAid = async (services: Services, workspaceId: string): Promise<WritingAid> => shown(services, (await findWritingAid(services.db, workspaceId)) ?? unset(workspaceId));

export const listWritingAidUses = async (services: Services, workspaceId: string): Promise<WritingAidUses> => {
  const { model, writesSummaries, writesDrafts } = (await findWritingAid(services.db, workspaceId)) ?? unset(workspaceId);
  return { model: writesSummaries || writesDrafts ? model : null, writesSummaries, writesDrafts };
};

/** Changes where the model is and what it may be asked for.
 *  @throws writing_aid_address_wrong, writing_aid_key_missing, writing_aid_incomplete */
export const changeWritingAid = async (services: Services, actor: Actor, change: WritingAidChange): Promise<WritingAid> => {
  const { workspaceId } = actor;
  const now = services.clock.now();
  const row = await transaction(services.db, async (tx) => {
    const before = (await lockWritingAid(tx, workspaceId, now)) ?? unset(workspaceId);
    const { key, address, ...rest } = change;
    const wanted = address === undefined ? before.address : address === null ? null : readAddress(services, address);
    const after = { ...before, ...given(rest), address: wanted, secrets: key === undefined ? keptSecrets(before, wanted) : sealAidKey(services, workspaceId, wanted === null ? null : key) };
    if ((after.writesSummaries || after.writesDrafts) && (after.address === null || after.model === null)) throw incomplete();
    await updateWritingAid(tx, after, now);
    const { model, writesSummaries, writesDrafts } = after;
    await recordAudit(tx, actor, { action: "writing_aid.changed", subject: workspaceId, details: { fields: Object.keys(change), address: after.address, model, writesSummaries, writesDrafts } });
    return after;
  });
  return shown(services, row);
};

/** Sends a fixed text that says nothing of anybody, also while the aid is off; nothing is kept. */
export const tryWritingAid = async (services: Services, actor: Actor, { address, model, key }: WritingAidTest): Promise<WritingAidTestResult> => {
  const wanted = readAddress(services, address);
  const kept = (await findWritingAid(services.db, actor.workspaceId)) ?? unset(actor.workspaceId);
  const opened = key === undefined ? openAidKey(services, { ...kept, secrets: keptSecrets(kept, wanted) }) : { ok: true, key } as const;
  if (!opened.ok) return { isAnswering: false, answer: null, message: opened.message };
  const answered = await askModel(services, { address: wanted, model, key: opened.key }, tryMessages);
  return answered.ok ? { isAnswering: true, answer: plainWords(answered.text, TRIED_LENGTH_MAX), message: null } : { isAnswering: false, answer: null, message: answered.message };
};

const TRIED_LENGTH_MAX = 300;

/** Where to ask, if the aid is on for this use.
 *  @throws writing_aid_off, writing_aid_key_missing */
export const getAidFor = async (services: Services, workspaceId: string, use: "writesSummaries" | "writesDrafts"): Promise<Asked> => {
  const row = await findWritingAid(services.db, workspaceId);
  if (row === null || !row[use] || row.address === null || row.model === null) {
    throw writingAidErrors.refuse("writing_aid_off", `The writing aid is off for ${use === "writesDrafts" ? "drafts of replies" : "summaries"} in this workspace. An admin can turn it on in the settings.`);
  }
  const opened = openAidKey(services, row);
  if (!opened.ok) throw writingAidErrors.refuse("writing_aid_key_missing", opened.message);
  return { address: readAddress(services, row.address), model: row.model, key: opened.key };
};

// A kept key goes only where it went before: with a changed address it could be sent to somebody else.
const keptSecrets = (before: WritingAidRow, address: string | null): WritingAidRow["secrets"] => {
  if (before.secrets["key"] === undefined || address === before.address) return before.secrets;
  if (address === null) return {};
  throw writingAidErrors.refuse("writing_aid_key_missing", "The key that is kept is for another address. Enter the key again, or leave the key out on purpose.");
};

const readAddress = (services: Services, text: string): string => {
  const bare = text.replace(/\/+$/u, "");
  const url = URL.canParse(bare) ? new URL(bare) : null;
  if (url === null || !["http:", "https:"].includes(url.protocol) || url.username !== "" || url.password !== "" || /[?#]/u.test(bare)) throw wrongAddress();
  const guard = guardConnection(services.config, { host: url.hostname, port: Number(url.port === "" ? 80 : url.port) });
  // Unencrypted, what customers wrote could be read on the way.
  if (url.protocol === "http:" && !(guard.ok && guard.isAllowed)) throw wrongAddress();
  return bare;
};

const shown = (services: Services, row: WritingAidRow): WritingAid => {
  const opened = openAidKey(services, row);
  const { address, model, writesSummaries, writesDrafts } = row;
  return { address, model, hasKey: opened.ok && opened.key !== null, writesSummaries, writesDrafts };
};

// Only what was said: a missing field stays as it is.
const given = (change: Pick<WritingAidChange, "model" | "writesSummaries" | "writesDrafts">): Partial<Pick<WritingAidRow, "model" | "writesSummaries" | "writesDrafts">> => ({
  ...(change.model === undefined ? {} : { model: change.model }),
  ...(change.writesSummaries === undefined ? {} : { writesSummaries: change.writesSummaries }),
  ...(change.writesDrafts === undefined ? {} : { writesDrafts: change.writesDrafts }),
});

const incomplete = () => writingAidErrors.refuse("writing_aid_incomplete", "Enter an address and a model first: without them the writing aid cannot be turned on.");
const wrongAddress = () =>
  writingAidErrors.refuse("writing_aid_address_wrong", "Enter an address that starts with https://, without user name, question mark or #. Plain http:// is for hosts the operator allows in OUTSIDE_HOSTS_ALLOWED.");

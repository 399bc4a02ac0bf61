import type { Queryable } from "#platform/db";
import type { Identifier } from "../identity/identifiers.rules.ts";
import { fieldsOf } from "../identity/messages.rules.ts";
import { insertMemberships, upsertGroups, type SeenGroup } from "./groups.queries.ts";
import { groupOfMessage } from "./groups.rules.ts";

type SaidGroup = { row: { type: string; at: Date; message: unknown }; identity: { identifiers: readonly Identifier[] } };

/** Keeps groups and who belongs to them, from group messages and from `context.groupId` of others. */
export const noteGroups = async (
  tx: Queryable,
  workspaceId: string,
  said: readonly SaidGroup[],
  known: (identifier: Identifier) => { id: number; isBlocked: boolean } | undefined,
): Promise<void> => {
  const groups = new Map<string, SeenGroup>();
  const members: { key: string; identifierId: number; since: Date }[] = [];
  // Rows of one batch come in the order of arrival; of two that say the same trait the one that happened later counts.
  for (const { row, identity } of said.toSorted((a, b) => a.row.at.getTime() - b.row.at.getTime())) {
    const seen = groupOfMessage(row.type, row.message);
    if (seen === null) continue;
    const before = groups.get(seen.key);
    const traits = { ...(before === undefined ? {} : fieldsOf({ traits: JSON.parse(before.traits) }, "traits")), ...seen.traits };
    groups.set(seen.key, { key: seen.key, name: seen.name ?? before?.name ?? null, traits: JSON.stringify(traits), firstAt: before?.firstAt ?? row.at, at: row.at });
    const [strongest] = identity.identifiers;
    const identifier = strongest === undefined ? undefined : known(strongest);
    if (identifier !== undefined && !identifier.isBlocked) members.push({ key: seen.key, identifierId: identifier.id, since: row.at });
  }
  if (groups.size === 0) return;
  const ids = await upsertGroups(tx, workspaceId, [...groups.values()]);
  await insertMemberships(tx, members.flatMap(({ key, ...member }) => {
    const groupId = ids.get(key);
    return groupId === undefined ? [] : [{ groupId, ...member }];
  }));
};

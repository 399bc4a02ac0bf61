import type { z } from "zod";
import { can, type Actor } from "#platform/access";
import type { Services } from "#platform/services";
import { shareOf } from "./comments.rules.ts";
import { namedKinds, type namedQuery, type NamedReply } from "./comments.contract.ts";
import { readPlaces, readReadingFilters } from "./comments.ts";
import { nameOfNamed, presentValues } from "./known-names.rules.ts";
import { loadNamesOfWorkspace } from "./known-names.ts";
import { countNamed } from "./named.queries.ts";

/** Products, places and members that comments of a period name most, each with how those comments feel. Members are named to whoever may see
 *  who belongs to the workspace. */
export const listNamed = async (services: Services, actor: Actor, query: z.output<typeof namedQuery>): Promise<NamedReply> => {
  const { workspaceId } = actor;
  const { selection } = await readPlaces(services, workspaceId, query);
  const names = await loadNamesOfWorkspace(services, workspaceId);
  const { count, items } = await countNamed(services.analytics, selection, { filters: await readReadingFilters(services, workspaceId, query), present: presentValues(names), limit: query.limit });
  const nameOf = nameOfNamed(names);
  const shown = items.flatMap(({ value, name: written, count: part, ...sentiments }): NamedReply["items"] => {
    const [kind, name] = [namedKinds.find((known) => value.startsWith(`${known}:`)), nameOf(value)];
    if (kind === undefined || (kind === "person" && (name === null || !can(actor, "members.read")))) return [];
    return [{ kind, value, name: name ?? written, isKnown: name !== null, ...shareOf(part, count), sentiments }];
  });
  return { count, items: namedKinds.flatMap((kind) => shown.filter((item) => item.kind === kind)) };
};

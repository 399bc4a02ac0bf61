// Rules are tried out while somebody writes them, in the process that answers everybody.
import { setImmediate as breathe } from "node:timers/promises";
import { listLatestInteractions, maySeeCustomers } from "#customers";
import type { Actor } from "#platform/access";
import type { Services } from "#platform/services";
import { requireAbility } from "#platform/http";
import { listEntries } from "../places/places.queries.ts";
import { compileRules, looksIntoMessages, readable } from "./matching.rules.ts";
import { pagePathOf } from "./message.rules.ts";
import { loadNaming } from "./naming.ts";
import type { Preview, PreviewBody } from "./touchpoints.contract.ts";
import { channelsByWord } from "./touchpoints.rules.ts";

const EXAMPLES_MAX = 10;
const FROM_MAX = 20;
// Ordinary rules are through with 5,000 interactions in some hundredths of a second.
const TRIED_MS = 1_000;
const PAUSE_AFTER_MS = 20;

/** What rules would match among the latest interactions, and what those are called now.
 *  @throws not_allowed: rules that look into messages could ask letter by letter who somebody is */
export const previewRules = async (services: Services, actor: Actor, { rules, latest }: PreviewBody): Promise<Preview> => {
  if (looksIntoMessages(rules)) requireAbility(actor, "customers.read");
  const { workspaceId } = actor;
  const presentChannel = channelsByWord(await listEntries(services.db, workspaceId, "channel"));
  const matches = compileRules(rules, presentChannel);
  const naming = await loadNaming(services.db, workspaceId);
  const interactions = await listLatestInteractions(services.db, workspaceId, latest);
  const { examined, found } = await tryEach(interactions, (interaction) => (matches(readable(interaction, presentChannel)) ? { interaction, place: naming(interaction) } : null), { now: () => performance.now(), pause: breathe });
  const from = Map.groupBy(found, ({ place }) => place.touchpoint);
  return {
    examined,
    matched: found.length,
    from: [...from].map(([name, group]) => ({ touchpoint: name, count: group.length })).sort((one, other) => other.count - one.count).slice(0, FROM_MAX),
    examples: found.slice(0, EXAMPLES_MAX).map(({ interaction, place }) => ({
      id: interaction.id, type: interaction.type, name: interaction.name, channel: place.channel, touchpoint: place.touchpoint,
      page: maySeeCustomers(actor) ? pagePathOf(interaction.message) : null, at: interaction.at.toISOString(),
    })),
  };
};

type Course = { now: () => number; pause: () => Promise<unknown> };

/** Tries one after the other, lets others go first again and again, and stops after a second however many are left.
 *  @returns how many were tried, and what came of those that came to something */
export const tryEach = async <Item, Found>(items: readonly Item[], attempt: (item: Item) => Found | null, { now, pause }: Course): Promise<{ examined: number; found: Found[] }> => {
  const found: Found[] = [];
  let [spentMs, begunAt, examined] = [0, now(), 0];
  for (const item of items) {
    const one = attempt(item);
    if (one !== null) found.push(one);
    examined += 1;
    const sinceMs = now() - begunAt;
    if (sinceMs < PAUSE_AFTER_MS) continue;
    spentMs += sinceMs;
    if (spentMs >= TRIED_MS) break;
    await pause();
    begunAt = now();
  }
  return { examined, found };
};

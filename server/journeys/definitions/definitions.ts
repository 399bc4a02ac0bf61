// Reads what questions about journeys mean by money and by contacts.
import { keepReadings } from "#platform/db";
import type { Services } from "#platform/services";
import { listTouchpoints } from "../touchpoints/touchpoints.queries.ts";
import { tellKinds, type Kinds } from "./contacts.rules.ts";
import { countAmounts, countEvents, countPaidEvents, countWords, type CountedEvents } from "./money.queries.ts";
import { chooseMoney, chooseOrders, guessPurchases, type CountedAmount, type CountedName, type Money } from "./money.rules.ts";

export type PurchaseFacts = CountedEvents & { purchase: string[]; amounts: CountedAmount[]; currencies: CountedName[]; orders: string[] };

/** What happened in a workspace, which of it is a purchase, and what purchases carry.
 *  @param given names that are purchases; guessed where nobody says */
export const readPurchases = async ({ analytics }: Pick<Services, "analytics">, workspaceId: string, given?: readonly string[]): Promise<PurchaseFacts> => {
  const [counted, paid] = await Promise.all([countEvents(analytics, workspaceId), given === undefined ? countPaidEvents(analytics, workspaceId) : []]);
  const purchase = given === undefined ? guessPurchases(counted.events, paid) : [...given];
  const [amounts, words] = await Promise.all([countAmounts(analytics, workspaceId, purchase), countWords(analytics, workspaceId, purchase)]);
  return { ...counted, purchase, ...amounts, orders: chooseOrders(words) };
};

// It looks through all facts, and what counts as money does not change with every one of them. Where none is known yet an import may be under way: it is
// looked for again soon, but not where most of the time would go into looking.
const KEPT_MS = 30_000;
const keepMoney = keepReadings<{ money: Money | null; tookMs: number }>({ ms: ({ money, tookMs }) => (money === null ? Math.min(KEPT_MS, Math.max(1_000, 10 * tookMs)) : KEPT_MS), most: 50 });

/** What is summed as revenue in a workspace; null where no purchase carries an amount. */
export const readMoney = async (services: Pick<Services, "analytics" | "db">, workspaceId: string): Promise<Money | null> => {
  const { money } = await keepMoney(services.db, workspaceId, async () => {
    const startedMs = performance.now();
    const { purchase, ...carried } = await readPurchases(services, workspaceId);
    return { money: chooseMoney(purchase, carried), tookMs: performance.now() - startedMs };
  });
  return money;
};

export const readKinds = async ({ db }: Pick<Services, "db">, workspaceId: string): Promise<Kinds> => tellKinds(await listTouchpoints(db, workspaceId));

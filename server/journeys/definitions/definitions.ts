// Reads what questions about journeys mean by money and by contacts.
import type { Services } from "#platform/services";
import { listTouchpoints } from "../touchpoints/touchpoints.queries.ts";
import { tellKinds, type Kinds } from "./contacts.rules.ts";
import { listMoneyNames } from "./definitions.queries.ts";
import { chooseMoney, type ChosenMoney } from "./money.rules.ts";

/** What is summed as revenue in a workspace. */
export const readMoney = async ({ analytics }: Pick<Services, "analytics">, workspaceId: string): Promise<ChosenMoney> => {
  const { names, currencies } = await listMoneyNames(analytics, workspaceId);
  return chooseMoney(names, currencies);
};

export const readKinds = async ({ db }: Pick<Services, "db">, workspaceId: string): Promise<Kinds> => tellKinds(await listTouchpoints(db, workspaceId));

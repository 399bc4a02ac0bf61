import { formatChange, formatMoney, formatMoneyChange, formatNumber, formatShare } from "../../ui/numbers.ts";
import type { Effect, EffectsReply, OutcomeName, RouteEffect } from "./effects.data.ts";
import { effectsTexts } from "./effects.texts.ts";

/** What something is called: "A → B", "A, again at once", "Silence after A". */
export const nameOfEffect = ({ kind, node, previous }: Pick<Effect, "kind" | "node" | "previous">): string => {
  const { say } = effectsTexts;
  switch (kind) {
    case "touchpoint":
      return node;
    case "edge":
      return say("edgeName", { previous: previous ?? "", node });
    case "loop":
      return previous === null ? say("loopName", { node }) : say("cycleName", { previous, node });
    case "silence":
      return say("silenceName", { node });
  }
};

/** What was compared: its name, what it is, and with whom it was. */
export const sayThing = (item: Effect | RouteEffect): { name: string; note: string } => {
  const { say } = effectsTexts;
  const point = item.point ?? "";
  if ("steps" in item) return { name: nameOfRoute(item), note: say("otherWay", { point }) };
  return { name: nameOfEffect(item), note: `${say(`kind_${item.kind}`)}, ${item.point === null ? say("fromStart") : say("afterPoint", { point })}` };
};

/** "A → B → C", with "Begins with" before it where paths began so. */
export const nameOfRoute = ({ steps, isFromStart }: Pick<RouteEffect, "steps" | "isFromStart">): string =>
  effectsTexts.say(isFromStart ? "routeFromStart" : "routeName", { route: steps.reduce((before, node) => effectsTexts.say("edgeName", { previous: before, node })) });

export const isShare = (outcome: OutcomeName): boolean => outcome === "goal" || outcome === "leaving" || outcome === "repeat_contact";

/** A value of one side: "19.5%", "0.42", "€12". */
export const sayValue = (value: number, { outcome, money }: Pick<EffectsReply, "outcome" | "money">): string => {
  if (isShare(outcome)) return formatShare(value, 1);
  return outcome === "revenue" ? formatMoney(value, money?.currency ?? null) : formatNumber(value, 2);
};

/** A difference with its sign; of shares in points. */
export const sayDifference = (value: number, { outcome, money }: Pick<EffectsReply, "outcome" | "money">): string => {
  if (isShare(outcome)) return formatChange(value * 100, 1);
  return outcome === "revenue" ? formatMoneyChange(value, money?.currency ?? null) : formatChange(value, 2);
};

/** What it comes to over all who met it; null where nothing is told. */
export const sayCost = ({ cost }: Pick<Effect, "cost">, { outcome, money }: Pick<EffectsReply, "outcome" | "money">): string | null => {
  if (cost === null) return null;
  const said = formatNumber(cost);
  switch (outcome) {
    case "goal":
    case "leaving":
    case "repeat_contact":
      return effectsTexts.say(`sentence_${outcome}`, { cost: said });
    case "revenue":
      return effectsTexts.say("sentence_revenue", { cost: formatMoney(cost, money?.currency ?? null) });
    case "feeling":
    case "effort":
      return effectsTexts.say("sentence_feeling", { cost: said });
  }
};

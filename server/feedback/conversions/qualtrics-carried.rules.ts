import type { Draft } from "./draft.rules.ts";
import { say } from "./draft.rules.ts";
import { entriesAt, entriesOf, itemsAt, memberOf, textAt, textOf } from "./source-values.rules.ts";

const CHAIN_MAX = 10;

/** A question with the options it carries forward from an earlier one put in as its own: all of them, whatever was chosen there.
 *  @returns the payload itself when it carries nothing */
export function withCarriedOptions(draft: Draft, payload: unknown, payloads: ReadonlyMap<string, unknown>, names: { tag: string; id: string }): unknown {
  const carried = carriedFrom(payload, payloads, CHAIN_MAX);
  if (carried === null) return payload;
  const isSelected = /Selected|Displayed/.test(textAt(payload, "DynamicChoices", "Locator"));
  say(draft, "logic", `${names.tag} (carried forward)`, isSelected ? "approximated" : "mapped", isSelected ? "All options of the earlier question are shown, not only those chosen there." : null, names.id);
  return carried;
}

function carriedFrom(payload: unknown, payloads: ReadonlyMap<string, unknown>, chain: number): unknown {
  const qid = /^q:\/\/([^/]+)/.exec(textAt(payload, "DynamicChoices", "Locator"))?.[1];
  const source = qid === undefined ? undefined : payloads.get(qid);
  if (source === undefined || chain === 0) return null;
  // The earlier question may carry its options forward itself.
  const from = carriedFrom(source, payloads, chain - 1) ?? source;
  const part = /\/(?:Answer|SelectableAnswer)/.test(textAt(payload, "DynamicChoices", "Locator")) ? "Answers" : "Choices";
  const order = itemsAt(from, part === "Choices" ? "ChoiceOrder" : "AnswerOrder").map(textOf);
  const choices = new Map(entriesAt(from, part));
  const keys = [...new Set([...order.filter((key) => choices.has(key)), ...choices.keys()])];
  const carried = keys.map((key) => [`x${key}`, choices.get(key)] as const);
  const own = entriesAt(payload, "Choices");
  return Object.fromEntries([
    ...entriesOf(payload).filter(([key]) => key !== "Choices" && key !== "ChoiceOrder"),
    ["Choices", Object.fromEntries([...carried, ...own])], ["ChoiceOrder", [...carried.map(([key]) => key), ...itemsAt(payload, "ChoiceOrder").map(textOf).filter((key) => memberOf(payload, "Choices", key) !== undefined)]],
  ]);
}

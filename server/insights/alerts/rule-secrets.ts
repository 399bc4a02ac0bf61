import type { SecretPlace, SecretStore, StoredSecrets } from "#platform/secrets";
import type { Services } from "#platform/services";
import type { RuleRow } from "./alert-rules.queries.ts";

/** `hook` signs messages to another system at `hookUrl`; `chat` is the address of a chat. Everybody can write to an address who knows it. */
type SecretName = "hook" | "hookUrl" | "chat";

const placeOf = ({ workspaceId, id }: { workspaceId: string; id: string }): SecretPlace => ({ workspaceId, purpose: `alert rule ${id}` });

/** @param text null drops it
 *  @returns all secrets of the rule, with this one in place of the earlier one */
export const sealRuleSecret = ({ secrets }: Services, rule: Pick<RuleRow, "workspaceId" | "id" | "secrets">, name: SecretName, text: string | null): StoredSecrets => {
  const { [name]: _before, ...others } = rule.secrets;
  return text === null ? others : { ...others, ...secrets.seal(placeOf(rule), { [name]: text }) };
};

/** Null when there is none, or none that can be opened any more. */
export const openRuleSecret = ({ secrets }: Services, rule: Pick<RuleRow, "workspaceId" | "id" | "secrets">, name: SecretName): string | null => {
  const stored = rule.secrets[name];
  const opened = stored === undefined ? null : secrets.open(placeOf(rule), { [name]: stored });
  return opened?.ok === true ? (opened.values[name] ?? null) : null;
};

export const alertRuleSecrets: SecretStore = { name: "alert rule", placeOf, table: { name: "insights.alert_rules", id: "id", title: "name" } };

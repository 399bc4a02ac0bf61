import type { SecretPlace, SecretStore, StoredSecrets } from "#platform/secrets";
import type { Services } from "#platform/services";
import type { RuleRow } from "./alert-rules.queries.ts";

const placeOf = ({ workspaceId, id }: { workspaceId: string; id: string }): SecretPlace => ({ workspaceId, purpose: `alert rule ${id}` });

export const sealHookSecret = ({ secrets }: Services, rule: { workspaceId: string; id: string }, hook: string): StoredSecrets => secrets.seal(placeOf(rule), { hook });

/** Null when there is none, or none that can be opened any more. */
export const openHookSecret = ({ secrets }: Services, rule: Pick<RuleRow, "workspaceId" | "id" | "secrets">): string | null => {
  const opened = secrets.open(placeOf(rule), rule.secrets);
  return opened.ok ? (opened.values["hook"] ?? null) : null;
};

export const alertHookSecrets: SecretStore = { name: "alert rule", placeOf, table: { name: "insights.alert_rules", id: "id", title: "name" } };

import type { SecretPlace, SecretStore, StoredSecrets } from "#platform/secrets";
import type { Services } from "#platform/services";
import type { WritingAidRow } from "./writing-aid.queries.ts";

const placeOf = ({ workspaceId }: { workspaceId: string }): SecretPlace => ({ workspaceId, purpose: "writing aid" });

export const sealAidKey = ({ secrets }: Services, workspaceId: string, key: string | null): StoredSecrets => (key === null ? {} : secrets.seal(placeOf({ workspaceId }), { key }));

/** The key is null where the endpoint wants none. */
export const openAidKey = ({ secrets }: Services, row: Pick<WritingAidRow, "workspaceId" | "secrets">): { ok: true; key: string | null } | { ok: false; message: string } => {
  const opened = secrets.open(placeOf(row), row.secrets);
  return opened.ok ? { ok: true, key: opened.values["key"] ?? null } : opened;
};

export const writingAidKeys: SecretStore = { name: "writing aid", placeOf, table: { name: "insights.writing_aids", id: "workspace_id", title: "address" } };

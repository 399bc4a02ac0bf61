import type { Opened, SecretPlace, SecretStore, StoredSecrets } from "#platform/secrets";
import type { Services } from "#platform/services";
import type { GatewayRow } from "./texts.queries.ts";

const placeOf = ({ workspaceId }: { workspaceId: string }): SecretPlace => ({ workspaceId, purpose: "text gateway" });

export const sealSecret = ({ secrets }: Services, workspaceId: string, secret: string): StoredSecrets => secrets.seal(placeOf({ workspaceId }), { secret });

export const openSecret = ({ secrets }: Services, gateway: Pick<GatewayRow, "workspaceId" | "secrets">): Opened => secrets.open(placeOf(gateway), gateway.secrets);

// A workspace has one, so the workspace is its id.
export const textGatewaySecrets: SecretStore = { name: "text gateway", placeOf, table: { name: "feedback.text_gateways", id: "workspace_id", title: "kind" } };

import type { SecretPlace, SecretStore } from "../secrets/secrets.api.ts";

export const passwordPlace = ({ workspaceId, id }: { workspaceId: string; id: string }): SecretPlace => ({ workspaceId, purpose: `mailbox ${id}` });

export const mailboxPasswords: SecretStore = { name: "mailbox", placeOf: passwordPlace, table: { name: "platform.mailboxes", id: "id", title: "username" } };

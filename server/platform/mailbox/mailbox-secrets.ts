import type { SecretPlace, SecretStore } from "../secrets/secrets.api.ts";
import { listSecretsOfMailboxes, replaceSecretsOfMailbox } from "./mailbox.queries.ts";

export const passwordPlace = ({ workspaceId, id }: { workspaceId: string; id: string }): SecretPlace => ({ workspaceId, purpose: `mailbox ${id}` });

export const mailboxPasswords: SecretStore = { name: "mailbox", placeOf: passwordPlace, list: listSecretsOfMailboxes, replace: replaceSecretsOfMailbox };

export { secretErrors } from "./secrets.errors.ts";
export { createSecrets } from "./secrets.ts";
export type { Opened, Secrets } from "./secrets.ts";
export type { SecretPlace, StoredSecret, StoredSecrets } from "./sealing.rules.ts";
export type { SecretStore } from "./stored-secrets.ts";

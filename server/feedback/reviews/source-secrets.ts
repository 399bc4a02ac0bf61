import { secretErrors } from "#platform/secrets";
import type { Opened, SecretPlace, SecretStore, StoredSecrets } from "#platform/secrets";
import type { Services } from "#platform/services";
import type { SourceRow } from "./sources.queries.ts";

/** What a source keeps, as stored or as just typed in; its place is what it was sealed for. */
export type SecretsOfSource = Pick<SourceRow, "workspaceId" | "id" | "secrets">;

const placeOf = ({ workspaceId, id }: { workspaceId: string; id: string }): SecretPlace => ({ workspaceId, purpose: `review source ${id}` });

export const sealSecrets = ({ secrets }: Services, source: Pick<SourceRow, "workspaceId" | "id">, values: Readonly<Record<string, string>>): StoredSecrets =>
  secrets.seal(placeOf(source), values);

export const openSecrets = ({ secrets }: Pick<Services, "secrets">, source: SecretsOfSource): Opened => secrets.open(placeOf(source), source.secrets);

/** @throws secret_lost */
export const getSecrets = (services: Services, source: SecretsOfSource): Readonly<Record<string, string>> => {
  const opened = openSecrets(services, source);
  if (!opened.ok) throw secretErrors.refuse("secret_lost", opened.message);
  return opened.values;
};

/** Those that can be opened, and those nobody can type in again: a lost password that is no longer kept shows as missing in the form. */
export const keepable = (services: Services, source: SecretsOfSource, fields: readonly { name: string }[]): StoredSecrets =>
  Object.fromEntries(Object.entries(source.secrets).filter(([name, secret]) => !fields.some((field) => field.name === name) || openSecrets(services, { ...source, secrets: { [name]: secret } }).ok));

export const hasSecret = (secrets: StoredSecrets, name: string): boolean => (secrets[name] ?? "") !== "";

export const reviewSourceSecrets: SecretStore = {
  name: "review source",
  placeOf,
  table: { name: "feedback.review_sources", id: "id", title: "name" },
};

// What every verb, job and listener is given to work with. Only types: nothing here runs.
import type { Config } from "../../config.ts";
import type { AbilityDeclaration } from "../access/access.rules.ts";
import type { AnalyticsStore } from "../analytics/analytics.contract.ts";
import type { Db } from "../db/db.ts";
import type { Log } from "../log/log.ts";
import type { Secrets } from "../secrets/secrets.ts";

export type Clock = { now: () => Date };

export type Services = {
  config: Config;
  db: Db;
  analytics: AnalyticsStore;
  log: Log;
  /** Seals and opens what must be used again, such as passwords for other systems. */
  secrets: Secrets;
  clock: Clock;
  /** Everything the modules let people do, for roles and for the scope of keys. */
  abilities: readonly AbilityDeclaration[];
  /** Address of this installation as people and links see it, without a trailing slash. */
  baseUrl: () => string;
};

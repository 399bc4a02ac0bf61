// What a module brings to the server. `server/modules.ts` lists the modules in their order.
import type { AbilityDeclaration, Actor } from "../access/access.api.ts";
import type { Queryable } from "../db/db.api.ts";
import type { Listener } from "../events/events.api.ts";
import type { ErrorDeclaration, RawRoutes, Route } from "../http/http.api.ts";
import type { Job, ScheduledJob } from "../jobs/jobs.api.ts";
import type { SecretStore } from "../secrets/secrets.api.ts";
import type { MailReader } from "../mailbox/mailbox.api.ts";
import type { Services } from "../services/services.api.ts";
import type { Naming } from "./naming.contract.ts";

/** Finds out who is asking from the session cookie or the key. Null: nobody.
 *  `workspaceId` in the session decides the workspace. */
export type Authenticator = (services: Services, credentials: { sessionToken: string | null; bearer: string | null }) => Promise<Actor | null>;

/** Says where what customers did belongs, in the server for timelines and in the analytics process for its copy: modules that store
 *  records come before the one that names them and must not know it. */
export type NamingSource = {
  /** The naming of a workspace for pages, which ask often: may be some seconds old. */
  recall: (db: Queryable, workspaceId: string) => Promise<Naming>;
};

export type ModuleManifest = {
  name: string;
  routes: readonly Route[];
  rawRoutes: readonly RawRoutes[];
  abilities: readonly AbilityDeclaration[];
  errors: readonly ErrorDeclaration[];
  jobs: readonly Job[];
  schedules: readonly ScheduledJob[];
  listeners: readonly Listener[];
  /** What takes mails of one kind out of the mailboxes. */
  mailReaders: readonly MailReader[];
  /** Tables in which the module keeps secrets of other systems. */
  secretStores: readonly SecretStore[];
  /** Only one module, `people`, knows who is who. */
  authenticate?: Authenticator;
  /** Only one module, `journeys`, knows the touchpoints. */
  naming?: NamingSource;
  /** What a backup leaves out of this module's tables, what it notes of them instead, and what must be put right after one was restored. */
  backup: { leftOut: readonly string[]; note: (tx: Queryable) => Promise<string[]>; afterRestore: (tx: Queryable, noted: readonly string[]) => Promise<void> };
  /** Background loops that live as long as the server. */
  start: readonly ((services: Services) => Promise<{ stop: () => Promise<void> }>)[];
};

/** The naming that one of the modules brings.
 *  @throws when none does */
export const getNaming = (modules: readonly ModuleManifest[]): NamingSource => {
  const naming = modules.find((module) => module.naming !== undefined)?.naming;
  if (naming === undefined) throw new Error("No module brings a naming of touchpoints.");
  return naming;
};

/** Declares a module; everything it does not bring may be left out. */
export const defineModule = (manifest: { name: string } & Partial<ModuleManifest>): ModuleManifest => ({
  routes: [],
  rawRoutes: [],
  abilities: [],
  errors: [],
  jobs: [],
  schedules: [],
  listeners: [],
  secretStores: [],
  mailReaders: [],
  start: [],
  backup: { leftOut: [], note: async () => [], afterRestore: async () => undefined },
  ...manifest,
});

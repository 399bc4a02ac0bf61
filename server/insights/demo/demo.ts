import { setImmediate as breathe } from "node:timers/promises";
import type { Actor } from "#platform/access";
import { recordAudit } from "#platform/audit";
import { newId, transaction } from "#platform/db";
import type { Db, Queryable } from "#platform/db";
import { defineErrors } from "#platform/http";
import { enqueue } from "#platform/jobs";
import type { Services } from "#platform/services";
import { createWorkspace, deleteWorkspace, findWorkspace, keepWorkspace, listWorkspaces, lockWorkspace, updateWorkspace } from "#platform/workspaces";
import type { Workspace } from "#platform/workspaces";
import { deleteByWorkspace, insertInteractions, insertPerceptions } from "#customers";
import { deleteUnusedAccounts, findAccountByEmail, insertAccount, insertMember, listMembers, listOwnerAccounts, moveSessionsAway } from "#people";
import { insertPastResponses, insertPastReviews } from "#feedback";
import { makeRulesDue } from "../alerts/alert-rules.queries.ts";
import { agentEmail, agents, demoCompany } from "./demo-company.rules.ts";
import type { DemoOptions } from "./demo-model.rules.ts";
import { personCount } from "./demo-people.rules.ts";
import { toRows } from "./demo-rows.rules.ts";
import type { DemoTarget } from "./demo-rows.rules.ts";
import { addReviewSources, describeCustomers, drawMaps, formTeams, publishSurveys, readSurveys, registerThings, registerTouchpoints } from "./demo-setting.ts";
import { streamDemo } from "./demo-stream.rules.ts";
import { demoNote } from "./demo.contract.ts";
import type { DemoNote, DemoStatus, LoadDemoBody } from "./demo.contract.ts";

export const demoErrors = defineErrors("demo", {
  demo_exists: { status: 409, meaning: "The demo company is loaded already, or being loaded or removed. There is one per installation." },
  demo_missing: { status: 404, meaning: "There is no demo company to remove." },
  demo_needs_member: { status: 409, meaning: "Only a person can load or remove the demo company: it needs somebody to own it." },
  demo_not_yours: { status: 403, meaning: "The demo company was loaded by somebody else, who has to remove it." },
});

const BATCH_RECORDS = 1_000;
const DELETE_RECORDS = 4_000;
// About 28 records a person, measured at seeds 1 to 5; only used to show how far loading has come.
const RECORDS_PER_PERSON = 28;
const CATCH_UP_MS = 120_000;

/** Loads the demo company into a workspace of its own and waits until it can be seen. Loads nothing twice: one that was
 *  interrupted goes on, one that is there stays.
 *  @param ownerAccountId who owns it; without, every owner who can sign in, and while nobody can, the first person set up
 *  @returns the id of the demo workspace */
export const loadDemo = async (services: Services, given: Partial<DemoOptions>, ownerAccountId: string | null = null): Promise<string> => {
  const present = await findDemo(services.db);
  const owners = ownerAccountId === null ? await listOwnerAccounts(services.db) : [ownerAccountId];
  if (present === null || present.note.state === "none") {
    const workspaceId = await openDemo(services, given, owners);
    await fillDemo(services, workspaceId);
    return workspaceId;
  }
  const isOwned = (await listMembers(services.db, present.id)).some((member) => member.role === "owner");
  if (!isOwned) await addOwners(services.db, present.id, owners);
  if (present.note.state === "loading") await fillDemo(services, present.id);
  return present.id;
};

/** Makes the demo workspace and has a job fill it. */
export const beginDemo = async (services: Services, actor: Actor, given: LoadDemoBody): Promise<DemoStatus> => {
  const accountId = await accountOf(services.db, actor);
  const exists = demoErrors.refuse("demo_exists", "The demo company is here already. Remove it first.");
  if ((await findDemo(services.db)) !== null) throw exists;
  await openDemo(services, given, [accountId], async (tx, workspaceId) => {
    await recordAudit(tx, actor, { action: "demo.loaded", subject: workspaceId, details: given });
    await enqueue(tx, "demo.fill", { workspaceId }, { key: `demo.fill ${workspaceId}` });
  }).catch((error: unknown) => {
    // Somebody else asked in the same moment; the database keeps one demo only.
    throw isRepeated(error) ? exists : error;
  });
  return showDemo(services);
};

/** Marks the demo as going and has a job take it away wholly. Whoever looks at it is moved to another workspace. */
export const beginRemoval = async (services: Services, actor: Actor): Promise<DemoStatus> => {
  const accountId = await accountOf(services.db, actor);
  const demo = await findDemo(services.db);
  if (demo === null) throw demoErrors.refuse("demo_missing", "There is no demo company to remove.");
  const owns = (await listMembers(services.db, demo.id)).some((member) => member.accountId === accountId && (member.role === "owner" || member.role === "admin"));
  if (!owns) throw demoErrors.refuse("demo_not_yours", "Somebody else loaded the demo company. Ask its owner to remove it.");
  await transaction(services.db, async (tx) => {
    await noteProgress(tx, demo.id, { ...demo.note, state: "removing", done: 0, total: demo.note.done });
    await moveSessionsAway(tx, demo.id);
    await recordAudit(tx, actor, { action: "demo.removed", subject: demo.id });
    await enqueue(tx, "demo.remove", { workspaceId: demo.id }, { key: `demo.remove ${demo.id}` });
  });
  return showDemo(services);
};

/** How far loading or removing has come; state "none" when there is no demo. */
export const showDemo = async (services: Services): Promise<DemoStatus> => {
  const demo = await findDemo(services.db);
  if (demo === null) return { state: "none", workspaceId: null, done: 0, total: 0 };
  return { state: demo.note.state, workspaceId: demo.id, done: demo.note.done, total: demo.note.total };
};

/** Writes the stream into the demo workspace. Running it again writes nothing twice: every record has its id from the seed.
 *  A removal ends it: each portion is written only while the demo is still loading. */
export const fillDemo = async (services: Services, workspaceId: string): Promise<void> => {
  const furnished = await furnishDemo(services, workspaceId);
  if (furnished === null) return;
  const { note, target } = furnished;
  let done = 0;
  for (const batch of streamDemo({ seed: note.seed, scale: note.scale, now: note.now }, BATCH_RECORDS)) {
    if (batch.records.length > 0) {
      const { interactions, perceptions, responses, answers, reviews } = toRows(batch.records, target);
      done += batch.records.length;
      const isWritten = await whileLoading(services.db, workspaceId, async (tx) => {
        await insertInteractions(tx, workspaceId, interactions);
        await insertPerceptions(tx, workspaceId, perceptions);
        await insertPastResponses(tx, workspaceId, responses, answers);
        await insertPastReviews(tx, workspaceId, reviews);
        await noteProgress(tx, workspaceId, { ...note, done, total: Math.max(note.total, done) });
      });
      if (!isWritten) return;
    }
    await breathe();
  }
  await services.analytics.caughtUp(CATCH_UP_MS);
  await whileLoading(services.db, workspaceId, async (tx) => {
    await noteProgress(tx, workspaceId, { ...note, state: "ready", done, total: done });
    // Whoever opens the demo now finds what moved, and does not wait for the clock.
    await makeRulesDue(tx, workspaceId, services.clock.now());
    await enqueue(tx, "alerts.look", {}, { key: `alerts.look demo ${workspaceId}` });
    await enqueue(tx, "demo.count", { workspaceId }, { key: `demo.count ${workspaceId}` });
  });
};

/** Takes the demo workspace away: its records in portions, so that the analytics copy follows, then everything else at once. */
export const removeDemo = async (services: Services, workspaceId: string): Promise<void> => {
  const demo = await findDemo(services.db);
  if (demo === null || demo.id !== workspaceId) return;
  for (let removed = 0; ; ) {
    const portion = await transaction(services.db, async (tx) => {
      const count = await deleteByWorkspace(tx, workspaceId, DELETE_RECORDS);
      await noteProgress(tx, workspaceId, { ...demo.note, state: "removing", done: removed + count });
      return count;
    });
    removed += portion;
    if (portion === 0) break;
  }
  await transaction(services.db, async (tx) => {
    await moveSessionsAway(tx, workspaceId);
    await deleteWorkspace(tx, workspaceId);
    await deleteUnusedAccounts(tx, agents.map((agent) => agentEmail(agent.key)));
  });
};

// What is not a record: surveys and touchpoints. They are made by verbs with transactions of their own, so meanwhile the workspace
// is only kept from being deleted; a removal may be asked for and waits. Null when there is nothing to fill any more.
const furnishDemo = (services: Services, workspaceId: string): Promise<{ note: DemoNote; target: DemoTarget } | null> =>
  transaction(services.db, async (tx) => {
    const known = noteOf(await keepWorkspace(tx, workspaceId));
    if (known?.state !== "loading") return null;
    const memberIds = await memberIdsOf(services, workspaceId);
    const note: DemoNote = { ...known, surveyIds: await publishSurveys(services, workspaceId, known.surveyIds), reviewSourceIds: await addReviewSources(services, workspaceId, known.reviewSourceIds) };
    const isLoading = await whileLoading(services.db, workspaceId, (own) => noteProgress(own, workspaceId, note));
    if (!isLoading) return null;
    await registerTouchpoints(services, workspaceId, memberIds);
    await registerThings(services, workspaceId);
    await formTeams(services, workspaceId, { memberIds, now: note.now });
    await drawMaps(services, workspaceId);
    await describeCustomers(services, workspaceId);
    const surveys = await readSurveys(services, workspaceId, note.surveyIds);
    return { note, target: { workspaceId, importId: note.importId, memberIds, surveys, reviewSources: new Map(Object.entries(note.reviewSourceIds)) } };
  });

// A removal notes its beginning on the same row, so it comes before a portion or after it, never in between.
const whileLoading = (db: Db, workspaceId: string, write: (tx: Queryable) => Promise<void>): Promise<boolean> =>
  transaction(db, async (tx) => {
    if (noteOf(await lockWorkspace(tx, workspaceId))?.state !== "loading") return false;
    await write(tx);
    return true;
  });

const noteOf = (workspace: Workspace | null): DemoNote | null => demoNote.safeParse(workspace?.settings["demo"]).data ?? null;

const isRepeated = (error: unknown): boolean => typeof error === "object" && error !== null && "code" in error && error.code === "23505";

const openDemo = (
  services: Services,
  given: Partial<DemoOptions>,
  ownerAccountIds: readonly string[],
  alongside: (tx: Queryable, workspaceId: string) => Promise<void> = async () => undefined,
): Promise<string> =>
  transaction(services.db, async (tx) => {
    const options: DemoOptions = { seed: given.seed ?? 1, scale: given.scale ?? 1, now: given.now ?? services.clock.now().getTime() };
    const workspaceId = await createWorkspace(tx, { name: demoCompany.name, timeZone: demoCompany.timeZone, isDemo: true });
    await noteProgress(tx, workspaceId, { ...options, state: "loading", importId: newId(), surveyIds: {}, reviewSourceIds: {}, done: 0, total: personCount(options) * RECORDS_PER_PERSON });
    await addOwners(tx, workspaceId, ownerAccountIds);
    for (const agent of agents) {
      const accountId = await accountOfAgent(tx, agent);
      await insertMember(tx, { id: newId(), workspaceId, accountId, role: "agent" });
    }
    await alongside(tx, workspaceId);
    return workspaceId;
  });

const addOwners = async (tx: Queryable, workspaceId: string, accountIds: readonly string[]): Promise<void> => {
  for (const accountId of accountIds) await insertMember(tx, { id: newId(), workspaceId, accountId, role: "owner" });
};

// Without a password nobody can sign in as one of them.
const accountOfAgent = async (tx: Queryable, agent: { key: string; name: string }): Promise<string> => {
  const present = await findAccountByEmail(tx, agentEmail(agent.key));
  if (present !== null) return present.id;
  const id = newId();
  await insertAccount(tx, { id, email: agentEmail(agent.key), name: agent.name, passwordHash: null });
  return id;
};

const memberIdsOf = async (services: Services, workspaceId: string): Promise<Map<string, string>> => {
  const members = await listMembers(services.db, workspaceId);
  return new Map(agents.flatMap((agent) => {
    const member = members.find((candidate) => candidate.email === agentEmail(agent.key));
    return member === undefined ? [] : [[agent.key, member.id] as const];
  }));
};

const accountOf = async (db: Queryable, actor: Actor): Promise<string> => {
  const member = (await listMembers(db, actor.workspaceId)).find((candidate) => candidate.id === actor.memberId);
  if (member === undefined) throw demoErrors.refuse("demo_needs_member", "A key cannot own the demo company. Sign in and load it from there.");
  return member.accountId;
};

const findDemo = async (db: Queryable): Promise<(Workspace & { note: DemoNote }) | null> => {
  const listed = (await listWorkspaces(db)).find((workspace) => workspace.isDemo);
  const workspace = listed === undefined ? null : await findWorkspace(db, listed.id);
  const note = noteOf(workspace);
  return workspace === null || note === null ? null : { ...workspace, note };
};

const noteProgress = (tx: Queryable, workspaceId: string, note: DemoNote): Promise<void> => updateWorkspace(tx, workspaceId, { settings: { demo: note } });

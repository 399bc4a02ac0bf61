import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { transaction } from "#platform/db";
import { makeInstallation, type Installation, type Organisation } from "../../firsthand.make.ts";
import { lockAssignments } from "./gap-assignments.queries.ts";
import { gapAssignment } from "./gaps.contract.ts";

let firsthand: Installation;
let organisation: Organisation;
beforeAll(async () => {
  firsthand = await makeInstallation();
  organisation = await firsthand.makeOrganisation();
});
afterAll(() => firsthand.stop());

describe("two members at once", () => {
  const given = (key: string) => ({ key, kind: "promise", touchpoint: "Delivery", title: "irrelevant" });
  const isWaiting = () => vi.waitFor(async () => {
    const { rows } = await firsthand.services.db.query("select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query ilike '%gap_assignments%'");
    expect(rows).toHaveLength(1);
  }, { timeout: 5_000, interval: 20 });

  test("keep what the other changed on the same gap", async () => {
    const { id } = gapAssignment.parse((await organisation.manager.ask("POST", "/api/gap-assignments", given("at once"))).body);
    const changing = await transaction(firsthand.services.db, async (tx) => {
      await tx.query("update journeys.gap_assignments set status = 'planned' where id = $1", [id]);
      const asked = organisation.manager.ask("PATCH", `/api/gap-assignments/${id}`, { dueOn: "2026-08-01" });
      await isWaiting();
      return { asked };
    });
    expect((await changing.asked).body).toMatchObject({ status: "planned", dueOn: "2026-08-01" });
  });

  test("do not take on more than there is room for", async () => {
    const other = await firsthand.makeOrganisation();
    await other.manager.ask("POST", "/api/gap-assignments", given("first"));
    const taking = await transaction(firsthand.services.db, async (tx) => {
      await lockAssignments(tx, other.workspaceId);
      const asked = other.manager.ask("POST", "/api/gap-assignments", given("last"));
      await isWaiting();
      await tx.query(
        `insert into journeys.gap_assignments (workspace_id, id, key, kind, touchpoint, title, figures, created_at, changed_at)
         select workspace_id, gen_random_uuid(), n::text, kind, touchpoint, title, figures, created_at, changed_at from journeys.gap_assignments cross join generate_series(2, 500) n where workspace_id = $1`,
        [other.workspaceId],
      );
      return { asked };
    });
    expect((await taking.asked).body).toMatchObject({ error: { code: "gap_limit" } });
  });
});

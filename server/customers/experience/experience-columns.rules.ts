// Turns rows of the record into columns of the copy, in the order of its tables.
import type { Place, Served } from "./experience.contract.ts";
import type { Step } from "./experience.rules.ts";

type Cell = string | number | boolean | null;

/** What a fact or feeling is in the copy. Times are milliseconds since 1970. */
export type ExperienceRow = {
  workspaceId: string;
  id: string;
  seq: number;
  subject: number | null;
  customer: string | null;
  customerNo: number | null;
  atMs: number;
  receivedAtMs: number;
  type: string | null;
  name: string | null;
  place: Place;
  step: Step;
  /** The numbers of the touchpoint and of the one before. */
  touchpointNo: number | null;
  previousNo: number | null;
  source: string;
  kind: string | null;
  value: number | null;
  scaleMin: number | null;
  scaleMax: number | null;
  normalised: number | null;
  choice: string | null;
  hasText: boolean | null;
  weight: number | null;
  surveyId: string | null;
  served: Served;
  importId: string | null;
  interactionId: string | null;
  responseId: string | null;
};

const READ: readonly (readonly [name: string, type: "uuid" | "bigint" | "integer" | "double" | "boolean" | "varchar" | "timestamp", read: (row: ExperienceRow) => Cell])[] = [
  ["workspace_id", "uuid", (row) => row.workspaceId],
  ["id", "uuid", (row) => row.id],
  ["seq", "bigint", (row) => row.seq],
  ["subject", "bigint", (row) => row.subject],
  ["customer", "uuid", (row) => row.customer],
  ["at", "timestamp", (row) => row.atMs],
  ["received_at", "timestamp", (row) => row.receivedAtMs],
  ["type", "varchar", (row) => row.type],
  ["name", "varchar", (row) => row.name],
  ["touchpoint", "varchar", (row) => row.place.touchpoint],
  ["previous_touchpoint", "varchar", (row) => row.step.previousTouchpoint],
  ["gap_s", "double", (row) => row.step.gapS],
  ["stage", "varchar", (row) => row.place.stage],
  ["channel", "varchar", (row) => row.place.channel],
  ["source", "varchar", (row) => row.source],
  ["kind", "varchar", (row) => row.kind],
  ["value", "double", (row) => row.value],
  ["scale_min", "double", (row) => row.scaleMin],
  ["scale_max", "double", (row) => row.scaleMax],
  ["normalised", "double", (row) => row.normalised],
  ["choice", "varchar", (row) => row.choice],
  ["has_text", "boolean", (row) => row.hasText],
  ["weight", "double", (row) => row.weight],
  ["survey_id", "uuid", (row) => row.surveyId],
  ["member_id", "uuid", (row) => row.served.memberId],
  ["import_id", "uuid", (row) => row.importId],
  ["interaction_id", "uuid", (row) => row.interactionId],
  ["response_id", "uuid", (row) => row.responseId],
  ["team_id", "uuid", (row) => row.served.teamId],
  ["department", "varchar", (row) => row.served.department],
  ["environment", "varchar", (row) => row.place.environment],
  ["product", "varchar", (row) => row.place.product],
  ["served_by", "varchar", (row) => row.served.word],
  ["served_at", "timestamp", (row) => row.served.atMs],
  ["touchpoint_no", "integer", (row) => row.touchpointNo],
  ["previous_no", "integer", (row) => row.previousNo],
  ["here_before", "timestamp", (row) => row.step.hereBeforeMs],
  ["step_before", "timestamp", (row) => row.step.stepBeforeMs],
  ["customer_no", "integer", (row) => row.customerNo],
];

const columns = READ.map(([name, type]) => ({ name, type }));
export const factsTable = { name: "facts", columns };
export const feelingsTable = { name: "feelings", columns };

export const toColumns = (rows: readonly ExperienceRow[]): Cell[][] => READ.map(([, , read]) => rows.map(read));

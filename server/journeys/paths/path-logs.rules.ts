// How customers, paths and steps are called in logs that leave the product, so that an import understands them again.
import type { PathCut } from "./paths.contract.ts";

type Step = { owner: string; case_no: number; customer: string; id: string; name: string | null; touchpoint: string | null; channel: string | null; stage: string | null; node: string; at_ms: number };
type Attributes = ReadonlyMap<string, { type: "string"; value: string }>;
type Relation = { objectId: string; qualifier: string };
type LoggedObject = { id: string; type: string; values: { name: string; time: number; value: string }[]; relations: Relation[] };
type LoggedEvent = { id: string; activity: string; time: number; attributes: Attributes; relations: Relation[] };

export type PathNames = {
  /** What one path is as an object; null where a path is all of a customer. */
  pathType: string | null;
  path: (step: Pick<Step, "owner" | "case_no">) => string;
  customerAttributes: (step: Step, called: string | undefined) => Attributes;
  eventAttributes: (step: Step) => Attributes;
  customerObject: (customer: { customer: string; first_ms: number }, called: string | undefined) => LoggedObject;
  /** @param rows one for each customer on the path */
  pathObject: (rows: readonly Pick<Step, "owner" | "case_no" | "customer">[]) => LoggedObject;
  /** @param steps one interaction on each of its paths */
  objectEvent: (steps: readonly Step[]) => LoggedEvent;
};

const CUSTOMER = "customer";
const eventNames = ["channel", "stage", "touchpoint", "event"] as const;
const ID = "identity:id";
const CUSTOMER_NAME = "customer:name";

/** Columns of a table of paths behind case, activity and time. */
export const csvColumns = (cut: PathCut): string[] => [ID, CUSTOMER, CUSTOMER_NAME, ...eventNames, ...(cut.by === "customer" ? [] : [pathTypeOf(cut) ?? ""])];

/** @param hide gives a made-up name for an id; null where ids may be told */
export const makePathNames = (cut: PathCut, hide: ((text: string) => string) | null): PathNames => {
  const pathType = pathTypeOf(cut);
  const told = (text: string): string => (hide === null ? text : hide(text));
  // Visits and stretches have no name of their own: whose, and which in a row.
  const path: PathNames["path"] = ({ owner, case_no: number }) => (cut.by === "session" || cut.by === "touchpoint" ? `${told(owner)} ${number}` : told(owner));
  const pathId = (row: Pick<Step, "owner" | "case_no">): string => (pathType === null ? path(row) : `${pathType} ${path(row)}`);
  const texts = (values: readonly (readonly [string, string | null | undefined])[]): Attributes =>
    new Map(values.flatMap(([name, value]) => (value === null || value === undefined || value === "" ? [] : [[name, { type: "string" as const, value }] as const])));
  const own = (step: Step) => [["channel", step.channel], ["stage", step.stage], ["touchpoint", step.touchpoint], ["event", step.name]] as const;
  return {
    pathType,
    path,
    customerAttributes: (step, called) => texts([[CUSTOMER, told(step.customer)], [CUSTOMER_NAME, called], ...(pathType === null ? [] : [[pathType, path(step)] as const])]),
    eventAttributes: (step) => texts([[ID, told(step.id)], ...own(step)]),
    customerObject: ({ customer, first_ms: time }, called) => ({ id: told(customer), type: CUSTOMER, values: called === undefined ? [] : [{ name: "name", time, value: called }], relations: [] }),
    pathObject: (rows) => ({
      id: rows[0] === undefined ? "" : pathId(rows[0]), type: pathType ?? CUSTOMER, values: [], relations: rows.map(({ customer }) => ({ objectId: told(customer), qualifier: "of" })),
    }),
    objectEvent: (steps) => {
      const [step] = steps;
      if (step === undefined) throw new Error("An event needs a step.");
      const paths = pathType === null ? [] : steps.map((one) => ({ objectId: pathId(one), qualifier: "within" }));
      return { id: told(step.id), activity: step.node, time: step.at_ms, attributes: texts(own(step)), relations: [{ objectId: told(step.customer), qualifier: "by" }, ...paths] };
    },
  };
};

const pathTypeOf = (cut: PathCut): string | null => {
  switch (cut.by) {
    case "customer":
      return null;
    case "session":
      return "visit";
    case "touchpoint":
      return "stretch";
    case "object":
      return cut.property === CUSTOMER ? "object" : cut.property;
  }
};

/** Types of objects and events with the attributes they have. */
export const ocelTypes = ({ pathType }: Pick<PathNames, "pathType">, activities: readonly string[]) => {
  const texts = (names: readonly string[]) => names.map((name) => ({ name, type: "string" }));
  return {
    objects: [{ name: CUSTOMER, attributes: texts(["name"]) }, ...(pathType === null ? [] : [{ name: pathType, attributes: [] }])],
    events: activities.map((name) => ({ name, attributes: texts(eventNames) })),
  };
};

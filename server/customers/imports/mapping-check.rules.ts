import type { ColumnUse, Mapping } from "./mapping.contract.ts";
import { isKnownZone } from "./times.rules.ts";

export type MappingFault = { code: "import_column_unknown" | "import_mapping_wrong"; message: string; details: Record<string, unknown> };

const onceOnly = ["event", "touchpoint", "channel", "stage", "message_id", "weight"] as const;

/** Whether a mapping fits a file and itself.
 *  @param columns names the file has; null when the file names its columns row by row (JSON, XES, OCEL), where any name is possible
 *  @returns the first fault, or null */
export const faultOfMapping = (mapping: Mapping, columns: readonly string[] | null): MappingFault | null => {
  const unknown = columns === null ? undefined : mapping.columns.find(({ column }) => !columns.includes(column));
  if (unknown !== undefined) {
    return { code: "import_column_unknown", message: `The file has no column "${unknown.column}".`, details: { column: unknown.column } };
  }
  const wrong = (message: string, details: Record<string, unknown> = {}): MappingFault => ({ code: "import_mapping_wrong", message, details });
  if (!isKnownZone(mapping.time.zone)) return wrong(`"${mapping.time.zone}" is no time zone; write for instance Europe/Berlin.`, { zone: mapping.time.zone });
  const repeated = mapping.columns.find(({ column }, index) => mapping.columns.findIndex((other) => other.column === column) !== index);
  if (repeated !== undefined) return wrong(`The column "${repeated.column}" is mapped twice.`, { column: repeated.column });
  for (const use of onceOnly) {
    const taken = mapping.columns.filter((column) => column.use.use === use);
    if (taken.length > 1) return wrong(`Only one column can be the ${nameOf(use)}: ${taken.map(({ column }) => column).join(", ")}.`, { use });
  }
  return faultOfCustomers(mapping, wrong) ?? faultOfScores(mapping, wrong);
};

type Wrong = (message: string, details?: Record<string, unknown>) => MappingFault;

const faultOfCustomers = (mapping: Mapping, wrong: Wrong): MappingFault | null => {
  const seen = new Set<string>();
  for (const { use } of mapping.columns) {
    if (use.use !== "customer") continue;
    if (seen.has(use.kind)) return wrong(`Two columns name the customer by ${use.kind}; keep one.`, { kind: use.kind });
    seen.add(use.kind);
  }
  return null;
};

const faultOfScores = (mapping: Mapping, wrong: Wrong): MappingFault | null => {
  for (const { column, use } of mapping.columns) {
    if (use.use === "score" && use.max <= use.min) return wrong(`The scale of "${column}" must end above ${use.min}.`, { column });
  }
  return null;
};

const nameOf = (use: ColumnUse["use"]): string => use.replace("_", " ");

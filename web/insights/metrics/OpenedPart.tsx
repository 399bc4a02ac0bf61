import { formatDayWithYear } from "../../ui/dates.ts";
import { nameOfGroup } from "./group-words.ts";
import type { OpenedPart as Part } from "./home-search.ts";
import { nameOfSplit } from "./metric-words.ts";
import { useMembers, useSegments, useTeams } from "./metrics.data.ts";

/** Which part of a number lies open: its group, its stretch of time. */
export const OpenedPart = ({ part }: { part: Part }) => {
  const where = describe(part, useGroupLabel(part));
  return where === "" ? null : <p className="dialog-body">{where}</p>;
};

/** The name behind an id; an address can be mailed, so it is not known from where the panel was opened. */
const useGroupLabel = ({ group }: Part): string | null => {
  const segments = useSegments(group?.by === "segment" || group?.by === "persona").data?.items ?? [];
  const teams = useTeams(group?.by === "team").data?.items ?? [];
  const members = useMembers(group?.by === "member").data?.items ?? [];
  return [...segments, ...teams, ...members].find(({ id }) => id === group?.value)?.name ?? null;
};

const describe = (part: Part, label: string | null): string => {
  const group = part.group ? `${nameOfSplit(part.group.by)}: ${nameOfGroup(part.group.by, { value: part.group.value, label: label ?? part.group.value })}` : "";
  const days = part.from && part.to ? `${formatDayWithYear(new Date(part.from))} – ${formatDayWithYear(new Date(Date.parse(part.to) - 1))}` : "";
  return [group, days].filter(Boolean).join(" · ");
};

import { Button, Tooltip } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTypedSearch } from "../../shell/search.ts";
import { useAbility, useSession } from "../../shell/session.data.ts";
import { formatDayWithYear } from "../../ui/dates.ts";
import { notifyDone, notifyFailed } from "../../ui/notices.tsx";
import { formatShare } from "../../ui/numbers.ts";
import { writePeriod } from "../paths/paths-search.ts";
import { useTexts } from "../../ui/texts.ts";
import { Time } from "../../ui/Time.tsx";
import { sayFeeling, sayGap, sayPeople, saySize, sayWhen, showsAgain } from "./gap-words.ts";
import type { Gap, GapAssignment, GapsReply } from "./gaps.data.ts";
import { readGapsSearch } from "./gaps-search.ts";
import { gapsTexts } from "./gaps.texts.ts";

/** `shown`: the period it was found in. `onReopen`: takes a gap that was done and shows again on anew, with what became of it before. */
type GapItemProps = { gap: Gap; shown: GapsReply["period"]; largest: number; assignment: GapAssignment | undefined; onAssign: (() => void) | null; onReopen: (() => Promise<void>) | null };

/** One gap: what it is, how large, in whose words, and who took it on. */
export const GapItem = ({ gap, shown, largest, assignment, onAssign, onReopen }: GapItemProps) => {
  const t = useTexts(gapsTexts);
  // The map is opened with what the gap was counted of.
  const [{ period, segment, channel }] = useTypedSearch(readGapsSearch);
  return (
    <li className="gap-item">
      <div className="gap-head">
        <div>
          <span className="gap-kind">{t(`kind_${gap.kind}`)}</span>
          <h3><bdi>{sayGap(gap)}</bdi></h3>
          {gap.map !== null && <Link to="/maps/$mapId" params={{ mapId: gap.map.id }} search={{ ...writePeriod(period), segment: segment ?? "everybody", channel, step: gap.map.stepId }} className="gap-note">{t("onMap", { name: gap.map.name })}</Link>}
        </div>
        <Taken shown={shown} assignment={assignment} onAssign={onAssign} onReopen={onReopen} />
      </div>
      <div className="gap-bar" aria-hidden><i style={{ width: `${largest > 0 ? (gap.size / largest) * 100 : 0}%` }} /></div>
      <Figures gap={gap} />
      <Examples gap={gap} />
      <Words gap={gap} />
    </li>
  );
};

const Taken = ({ shown, assignment, onAssign, onReopen }: Pick<GapItemProps, "shown" | "assignment" | "onAssign" | "onReopen">) => {
  const t = useTexts(gapsTexts);
  const label = assignment === undefined ? t("assign") : `${t(assignment.status)}: ${assignment.ownerName ?? t("nobody")}`;
  if (onAssign === null) return assignment === undefined ? null : <span className="gap-note">{label}</span>;
  return (
    <span className="gap-taken-on">
      <Button variant={assignment === undefined ? "default" : "light"} size="compact-sm" onClick={onAssign}>{label}</Button>
      {assignment?.status === "done" && (showsAgain(assignment, shown) ? onReopen !== null && <Reopen onReopen={onReopen} /> : <DoneBy at={assignment.changedAt} />)}
    </span>
  );
};

const DoneBy = ({ at }: { at: string }) => {
  const t = useTexts(gapsTexts);
  const { timeZone } = useSession().workspace;
  return <Tooltip label={t("doneByHint")} multiline w={280}><span className="gap-note">{t("doneBy", { day: formatDayWithYear(new Date(at), timeZone) })}<span className="sr-only"> {t("doneByHint")}</span></span></Tooltip>;
};

// Done, and here again: it was not done after all.
const Reopen = ({ onReopen }: { onReopen: () => Promise<void> }) => {
  const t = useTexts(gapsTexts);
  const [isOpening, setOpening] = useState(false);
  const reopen = (): void => {
    setOpening(true);
    void onReopen().then(() => notifyDone(t("reopened"))).catch(notifyFailed).finally(() => setOpening(false));
  };
  return <Button variant="default" size="compact-sm" loading={isOpening} onClick={reopen} title={t("reopenHint")}>{t("reopen")}</Button>;
};

const Figures = ({ gap }: { gap: Gap }) => {
  const t = useTexts(gapsTexts);
  const people = sayPeople(gap);
  const distance = sayFeeling(gap.distance).replace(/^\+/u, "");
  return (
    <dl className="gap-figures">
      <div><dt>{t("size")}</dt><dd>{saySize(gap.size)}</dd></div>
      <div><dt>{people.label}</dt><dd>{people.value}</dd></div>
      <div><dt>{t("distance")}</dt><dd>{gap.distanceFrom === "told" ? distance : <Tooltip label={t(`distance_${gap.distanceFrom}`)}><span>≈ {distance}<span className="sr-only"> {t(`distance_${gap.distanceFrom}`)}</span></span></Tooltip>}</dd></div>
      <div><dt>{t("leaving")}</dt><dd>{gap.leaving === null ? t("unknown") : formatShare(gap.leaving)}</dd></div>
      {gap.p !== null && <div><dt>{t("p")}</dt><dd>{gap.p < 0.001 ? "<0.1%" : formatShare(gap.p, 1)}</dd></div>}
    </dl>
  );
};

const Examples = ({ gap: { examples } }: { gap: Gap }) => {
  const t = useTexts(gapsTexts);
  const { timeZone } = useSession().workspace;
  if (examples.length === 0) return null;
  return (
    <ul className="gap-examples" aria-label={t("examples")}>
      {examples.map(({ customerId, name, by, came }) => (
        <li key={`${customerId} ${by}`}>
          <Link to="/customers/$customerId" params={{ customerId }}>{name ?? t("someCustomer")}</Link>{" "}
          <span className="gap-note">{sayWhen(by, came, timeZone)}</span>
        </li>
      ))}
    </ul>
  );
};

const Words = ({ gap: { words, examples } }: { gap: Gap }) => {
  const t = useTexts(gapsTexts);
  const [mayName, mayRead] = [useAbility("customers.read"), useAbility("comments.read")];
  if (words.length === 0) return examples.length > 0 || !mayName || !mayRead ? null : <p className="gap-note">{t("noWords")}</p>;
  return (
    <ul className="gap-words">
      {words.map(({ perceptionId, text, at, customerId, customerName }) => (
        <li key={perceptionId}>
          <q>{text.length > 280 ? `${text.slice(0, 280)}…` : text}</q>{" "}
          <span className="gap-note">{customerId === null ? <Time at={at} /> : <Link to="/customers/$customerId" params={{ customerId }}><span>{customerName ?? t("someCustomer")}, <Time at={at} /></span></Link>}</span>
        </li>
      ))}
    </ul>
  );
};

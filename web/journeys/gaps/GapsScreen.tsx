import { IconTargetArrow } from "@tabler/icons-react";
import { useState } from "react";
import { useSegmentChoices } from "../../customers/customers.parts.ts";
import { useLive } from "../../shell/live.ts";
import { useTypedSearch } from "../../shell/search.ts";
import { useSession } from "../../shell/session.data.ts";
import { Card, Grid } from "../../ui/Card.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { ActiveFilters, type Filter, FilterBar } from "../../ui/FilterBar.tsx";
import { Former } from "../../ui/Former.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { useTexts } from "../../ui/texts.ts";
import { useChannelChoices } from "../channels/channels.data.ts";
import { CopyNotice } from "../paths/CopyNotice.tsx";
import { isSilent, kinds, sayDay } from "./gap-words.ts";
import { GapItem } from "./GapItem.tsx";
import { GapPanel, type Opened } from "./GapPanel.tsx";
import { GapsAnswer } from "./GapsAnswer.tsx";
import { changeGap, type GapAssignment, type GapsReply, refreshGaps, useGaps } from "./gaps.data.ts";
import { type GapsSearch, readGapsSearch, toQuery } from "./gaps-search.ts";
import { gapsTexts } from "./gaps.texts.ts";
import { PlacesCard } from "./PlacesCard.tsx";
import "./gaps.css";

/** In what ways expectations are not lived up to: every gap with its size, its words and who took it on. */
export const GapsScreen = () => {
  const t = useTexts(gapsTexts);
  const [search, change] = useTypedSearch(readGapsSearch);
  const gaps = useGaps(toQuery(search));
  const filters = useFilters(search);
  const toImports = { label: t("noneAction"), to: "/imports" };
  const isAllTime = search.period.preset === "all";
  useLive(["gap.assigned", "gap.changed", "gap.released"], () => void refreshGaps());
  return (
    <>
      <PageHeader title={t("title")} actions={<FilterBar period={search.period} filters={filters} onChange={change} />} />
      <CopyNotice family="gaps" />
      <ActiveFilters filters={filters} onChange={change} />
      {gaps.isPending ? <Loading kind="page" />
        : gaps.isError ? <ErrorState error={gaps.error} onRetry={() => void gaps.refetch()} />
        : isNothing(gaps.data) ? <EmptyState icon={IconTargetArrow} title={t(isAllTime ? "none" : "nonePeriod")} body={t("noneBody")} {...(isAllTime ? { action: toImports } : { action: { label: t("allTime"), onClick: () => change({ period: "all", from: undefined, to: undefined }) }, secondAction: toImports })} />
        : <Former is={gaps.isPlaceholderData}><Gaps reply={gaps.data} search={search} isFormer={gaps.isPlaceholderData} change={change} /></Former>}
    </>
  );
};

const isNothing = ({ customers, comments, scores, assignments }: GapsReply): boolean => customers + comments + scores + assignments.length === 0;

const useFilters = (search: GapsSearch): Filter[] => {
  const t = useTexts(gapsTexts);
  const { choices, failure } = useSegmentChoices({ chosen: [search.segment] });
  const channels = useChannelChoices();
  return [
    { kind: "select", name: "kind", label: t("kind"), value: search.kind, options: kinds.map((value) => ({ value, label: t(`kind_${value}`) })) },
    { kind: "select", name: "segment", label: t("segment"), value: search.segment, options: choices, failure },
    { kind: "select", name: "channel", label: t("channel"), value: search.channel, options: channels },
  ];
};

// Figures of the former filters stay until the new ones come; taking one of them on would keep the wrong figures.
const Gaps = ({ reply, search, isFormer, change }: { reply: GapsReply; search: GapsSearch; isFormer: boolean; change: (patch: { kind?: string | undefined; at?: string | undefined }) => void }) => {
  const t = useTexts(gapsTexts);
  const { kind } = search;
  const canAssign = useSession().abilities.includes("gaps.assign") && !isFormer;
  const [opened, setOpened] = useState<Opened | null>(null);
  const items = reply.items.filter((gap) => kind === undefined || gap.kind === kind);
  const assignmentOf = (id: string | null): GapAssignment | undefined => reply.assignments.find((one) => one.id === id);
  return (
    <Grid>
      <GapsAnswer reply={reply} kind={kind} onKind={(one) => change({ kind: one })} />
      <Card span={8} title={t("gaps")} subtitle={t("gapsBody")}>
        {items.length === 0 ? (
          // Where nobody said what was expected or felt, nothing found does not mean that all is well.
          isSilent(reply) ? <EmptyState title={t("silent")} body={t("silentBody")} action={{ label: t("silentAction"), to: "/maps" }} secondAction={{ label: t("noneAction"), to: "/imports" }} />
            : <EmptyState title={t("noGap")} body={t("noGapBody")} />
        ) : (
          <ol className="gap-list">
            {items.map((gap) => (
              <GapItem key={gap.key} gap={gap} shown={reply.period} largest={items[0]?.size ?? 0} assignment={assignmentOf(gap.assignmentId)} onReopen={canAssign && gap.assignmentId !== null ? () => changeGap(gap.assignmentId ?? "", { status: "open" }) : null} onAssign={canAssign ? () => setOpened({ gap, assignment: assignmentOf(gap.assignmentId) }) : null} />
            ))}
          </ol>
        )}
      </Card>
      <Card span={4} className="gap-taken-card" title={t("taken")} subtitle={t("takenBody")}>
        <TakenOn assignments={reply.assignments} onOpen={canAssign ? (assignment) => setOpened({ gap: undefined, assignment }) : null} />
      </Card>
      {reply.touchpoints.length > 0 && <PlacesCard search={search} touchpoints={reply.touchpoints} more={reply.leftOut.aside} onChoose={(at) => change({ at })} />}
      <Definition />
      {opened !== null && <GapPanel opened={opened} onClose={() => setOpened(null)} />}
    </Grid>
  );
};

const TakenOn = ({ assignments, onOpen }: { assignments: readonly GapAssignment[]; onOpen: ((assignment: GapAssignment) => void) | null }) => {
  const t = useTexts(gapsTexts);
  if (assignments.length === 0) return <p className="quiet">{t("takenNone")}</p>;
  return (
    <ul className="gap-taken">
      {assignments.map((one) => (
        <li key={one.id}>
          {onOpen === null ? <bdi>{one.title}</bdi> : <button type="button" onClick={() => onOpen(one)}><bdi>{one.title}</bdi></button>}
          <span className="gap-note">{[t(one.status), one.ownerName ?? t("nobody"), ...(one.dueOn === null ? [] : [t("dueOn", { day: sayDay(one.dueOn) })])].join(" · ")}</span>
        </li>
      ))}
    </ul>
  );
};

const Definition = () => {
  const t = useTexts(gapsTexts);
  return (
    <Card span={12}>
      <details className="gap-definition">
        <summary>{t("definition")}</summary>
        <dl>
          <dt>{t("defPeopleTerm")}</dt><dd>{t("defPeople")}</dd>
          <dt>{t("defDistanceTerm")}</dt><dd>{t("defDistance")}</dd>
          <dt>{t("defLeavingTerm")}</dt><dd>{t("defLeaving")}</dd>
          <dt>{t("defPromiseTerm")}</dt><dd>{t("defPromise")}</dd>
          <dt>{t("defPlacesTerm")}</dt><dd>{t("defPlaces")}</dd>
        </dl>
      </details>
    </Card>
  );
};

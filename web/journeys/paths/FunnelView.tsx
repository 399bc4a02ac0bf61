import { Button, MultiSelect, Select } from "@mantine/core";
import { useState } from "react";
import { useAbility } from "../../shell/session.data.ts";
import { Card } from "../../ui/Card.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Former } from "../../ui/Former.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { formatNumber, formatShare } from "../../ui/numbers.ts";
import { useTexts } from "../../ui/texts.ts";
import { MapOfPath } from "./MapOfPath.tsx";
import { sayTime } from "./path-words.ts";
import { writeList } from "./path-filters.ts";
import { modes, toPathsQuery, type ViewProps } from "./paths-search.ts";
import { type FunnelReply, useFunnel, useUsualGraph } from "./paths.data.ts";
import { pathsTexts } from "./paths.texts.ts";
import { usualSteps } from "./usual-steps.rules.ts";

// An emptied field stays empty: no steps at all in the address stand for those suggested.
const noSteps = "[]";
const modeLabels = { ordered: "modeOrdered", strict: "modeStrict", any: "modeAny" } as const;

/** How many paths get from each of some chosen steps to the next. */
export const FunnelView = ({ search, names, onChange }: ViewProps) => {
  const t = useTexts(pathsTexts);
  const { mode } = search;
  const query = toPathsQuery(search);
  const graph = useUsualGraph(query);
  const suggested = graph.data === undefined ? [] : usualSteps(graph.data);
  const steps = search.steps ?? suggested;
  const canDraw = useAbility("maps.write");
  const [isDrawing, draw] = useState(false);
  const isAsked = steps.length >= 2 && query !== null;
  // Until the graph of other filters is there, what it suggests is still that of the former ones.
  const isSuggestedAnew = search.steps === null && graph.isPlaceholderData;
  const funnel = useFunnel(isAsked && !isSuggestedAnew ? { ...query, step: steps, mode } : null);
  const known = [...new Set([...names, ...steps])];
  return (
    <Card title={t("funnelTitle")}>
      <div className="paths-tools">
        <MultiSelect className="paths-wide" size="xs" label={t("funnelSteps")} description={t("funnelStepsHint")} value={[...steps]} data={known} maxValues={10} searchable onChange={(chosen) => onChange({ steps: writeList(chosen) ?? noSteps })} />
        <Select size="xs" label={t("mode")} value={mode} data={modes.map((one) => ({ value: one, label: t(modeLabels[one]) }))} onChange={(one) => onChange({ mode: one === "ordered" ? undefined : (one ?? undefined) })} allowDeselect={false} />
      </div>
      {search.steps === null && isAsked && <p className="quiet">{t("funnelSuggested")}</p>}
      {!isAsked ? <p className="quiet">{t("funnelChoose")}</p> : funnel.isPending ? <Loading /> : funnel.isError ? <ErrorState error={funnel.error} onRetry={() => void funnel.refetch()} /> : <Former is={funnel.isPlaceholderData}><Steps funnel={funnel.data} /></Former>}
      {isAsked && canDraw && search.level === "touchpoint" && <Button variant="default" size="xs" mt="sm" onClick={() => draw(true)}>{t("makeStepsMap")}</Button>}
      {isDrawing && <MapOfPath variant={{ path: [...steps], length: steps.length }} meant={search} onClose={() => draw(false)} />}
    </Card>
  );
};

const Steps = ({ funnel: { steps } }: { funnel: FunnelReply }) => {
  const t = useTexts(pathsTexts);
  const whole = steps.at(-1)?.share ?? null;
  return (
    <>
      {whole !== null && <p className="paths-headline">{t("funnelWhole", { share: formatShare(whole, 1) })}</p>}
      <div className="paths-scroll" tabIndex={0} role="group" aria-label={t("funnelTitle")}>
        <table className="paths-table" aria-label={t("funnelTitle")}>
          <thead><tr><th scope="col">{t("step")}</th><th scope="col">{t("paths")}</th><th scope="col">{t("funnelReached")}</th><th scope="col">{t("funnelLost")}</th><th scope="col">{t("median")}</th></tr></thead>
          <tbody>
            {steps.map(({ name, paths, share, stepShare, medianS }, at) => {
              const before = steps[at - 1]?.paths ?? paths;
              return (
                <tr key={at}>
                  <th scope="row">{name}<span className="paths-bar" aria-hidden><i style={{ width: `${(share ?? 0) * 100}%` }} /></span></th>
                  <td>{formatNumber(paths)}</td>
                  <td>{share === null ? "–" : formatShare(share, 1)}</td>
                  <td>{at === 0 || stepShare === null ? "–" : t("funnelDropped", { count: formatNumber(before - paths), share: formatShare(1 - stepShare, 1) })}</td>
                  <td>{medianS === null ? "–" : sayTime(medianS)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </>
  );
};

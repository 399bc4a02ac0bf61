import { Button } from "@mantine/core";
import { useSearch } from "@tanstack/react-router";
import { useId, useState } from "react";
import type { Search } from "../../shell/search.ts";
import { useAbility } from "../../shell/session.data.ts";
import { Card } from "../../ui/Card.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Former } from "../../ui/Former.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { formatNumber, formatShare } from "../../ui/numbers.ts";
import { useTexts } from "../../ui/texts.ts";
import { Time } from "../../ui/Time.tsx";
import { MapOfPath } from "./MapOfPath.tsx";
import { PathSteps } from "./PathSteps.tsx";
import { patchFor } from "./path-filters.ts";
import { sayTime } from "./path-words.ts";
import { toPathsQuery, type ViewProps } from "./paths-search.ts";
import { useUsualGraph, useVariants, type VariantRow } from "./paths.data.ts";
import { pathsTexts } from "./paths.texts.ts";
import { usualSteps } from "./usual-steps.rules.ts";

const [FEW, MOST] = [20, 100];

/** Paths that are the same from start to end, the most frequent first; each can become a map. */
export const VariantsView = ({ search, onChange }: ViewProps) => {
  const t = useTexts(pathsTexts);
  const [limit, setLimit] = useState(FEW);
  const variants = useVariants(toPathsQuery(search), limit);
  const canDraw = useAbility("maps.write");
  const raw: Search = useSearch({ strict: false });
  const [drawn, setDrawn] = useState<VariantRow | null>(null);
  if (variants.isPending) return <Loading kind="page" />;
  if (variants.isError) return <ErrorState error={variants.error} onRetry={() => void variants.refetch()} />;
  const { items, paths, variants: count, longest } = variants.data;
  const most = Math.max(1, ...items.map((item) => item.paths));
  return (
    <Former is={variants.isPlaceholderData}>
      <Card title={t("variantsTitle")} subtitle={t("variantsHint", { variants: count, paths, longest })}>
        {count === paths && paths > 1 && <AllDifferent search={search} canDraw={canDraw} onChange={onChange} />}
        <div className="paths-scroll" tabIndex={0} role="group" aria-label={t("variantsTitle")}>
          <table className="paths-table" aria-label={t("variantsTitle")}>
            <thead><tr><th scope="col">{t("variantPath")}</th><th scope="col">{t("paths")}</th><th scope="col">{t("share")}</th><th scope="col">{t("took")}</th><th scope="col">{t("lastSeen")}</th><th scope="col"><span className="sr-only">{t("makeMap")}</span></th></tr></thead>
            <tbody>
              {items.map((item) => (
                <tr key={item.id}>
                  <th scope="row">
                    <PathSteps way={item} />
                    <span className="paths-bar" aria-hidden><i style={{ width: `${(item.paths / most) * 100}%` }} /></span>
                  </th>
                  <td>{formatNumber(item.paths)}</td>
                  <td>{formatShare(item.share, 1)}</td>
                  <td>{item.length === 1 ? "–" : sayTime(item.medianS)}</td>
                  <td><Time at={item.lastAt} /></td>
                  <td className="paths-actions">
                    <Button variant="subtle" size="compact-xs" onClick={() => onChange({ ...patchFor(raw, null, { kind: "variant", id: item.id }), tab: undefined }, { replace: false })}>{t("onlyVariant")}</Button>
                    {canDraw && search.level === "touchpoint" && <Button variant="default" size="compact-xs" onClick={() => setDrawn(item)}>{t("makeMap")}</Button>}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        {count > items.length && (items.length < MOST ? <Button variant="default" size="xs" mt="sm" onClick={() => setLimit(MOST)}>{t("moreVariants", { count: Math.min(MOST, count) })}</Button> : <p className="paths-note quiet">{t("mostVariants", { count: items.length })}</p>)}
        {canDraw && search.level !== "touchpoint" && <p className="paths-note quiet">{t("mapNeedsTouchpoints")}</p>}
        {drawn !== null && <MapOfPath variant={drawn} meant={search} onClose={() => setDrawn(null)} />}
      </Card>
    </Former>
  );
};

/** Where no way was gone twice, what repeats more often: a visit, and the beaten way through all of them. */
const AllDifferent = ({ search, canDraw, onChange }: Pick<ViewProps, "search" | "onChange"> & { canDraw: boolean }) => {
  const t = useTexts(pathsTexts);
  const graph = useUsualGraph(toPathsQuery(search));
  const [isDrawing, draw] = useState(false);
  const isCounting = graph.isPending || graph.isPlaceholderData;
  const way = graph.data === undefined || isCounting ? [] : usualSteps(graph.data);
  const whyNot = graph.isError ? "beatenUnknown" : isCounting ? "beatenCounting" : way.length < 2 ? "beatenNone" : null;
  const whyId = useId();
  return (
    <div className="paths-different">
      <p className="quiet">{t(search.cut === "customer" ? "allDifferentCustomer" : "allDifferent")}</p>
      {search.cut === "customer" && <Button variant="default" size="xs" onClick={() => onChange({ cut: "session" }, { replace: false })}>{t("toVisits")}</Button>}
      {canDraw && search.level === "touchpoint" && <Button variant="default" size="xs" disabled={whyNot !== null} aria-describedby={whyNot === null ? undefined : whyId} onClick={() => draw(true)}>{t("toBeatenMap")}</Button>}
      <Button variant="subtle" size="xs" onClick={() => onChange({ tab: "funnel" }, { replace: false })}>{t("toBeatenWay")}</Button>
      {canDraw && search.level === "touchpoint" && <p id={whyId} className="quiet" role="status">{whyNot !== null && t(whyNot)}</p>}
      {isDrawing && <MapOfPath variant={{ path: way, length: way.length }} meant={search} onClose={() => draw(false)} />}
    </div>
  );
};

import { Button } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useAbility } from "../../shell/session.data.ts";
import { Card } from "../../ui/Card.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { notifyDone, notifyFailed } from "../../ui/notices.tsx";
import { formatNumber, formatShare } from "../../ui/numbers.ts";
import { useTexts } from "../../ui/texts.ts";
import { Time } from "../../ui/Time.tsx";
import { sayTime } from "./path-words.ts";
import { toPathsQuery, type ViewProps, writePeriod } from "./paths-search.ts";
import { useMakeMap, useVariants, type VariantRow } from "./paths.data.ts";
import { pathsTexts } from "./paths.texts.ts";

// More steps are no line that anybody reads.
const STEPS_SHOWN = 12;
const NAME_MAX = 100;

/** Paths that are the same from start to end, the most frequent first; each can become a map. */
export const VariantsView = ({ search, onChange }: ViewProps) => {
  const t = useTexts(pathsTexts);
  const variants = useVariants(toPathsQuery(search));
  const canDraw = useAbility("maps.write");
  const navigate = useNavigate();
  const map = useMakeMap((id) => {
    notifyDone(t("mapMade"));
    // The map shows what the path was found in.
    void navigate({ to: "/maps/$mapId", params: { mapId: id }, search: writePeriod(search.period) });
  });
  if (variants.isPending) return <Loading kind="page" />;
  if (variants.isError) return <ErrorState error={variants.error} onRetry={() => void variants.refetch()} />;
  const { items, paths, variants: count, longest } = variants.data;
  const draw = ({ path }: VariantRow): void =>
    map.mutate({ name: t("mapName", { from: path[0] ?? "", to: path.at(-1) ?? "" }).slice(0, NAME_MAX), touchpoints: path.map((name) => name.slice(0, 200)) }, { onError: notifyFailed });
  const most = Math.max(1, ...items.map((item) => item.paths));
  return (
    <Card title={t("variantsTitle")} subtitle={t("variantsHint", { variants: formatNumber(count), paths: formatNumber(paths), longest: formatNumber(longest) })}>
      <div className="paths-scroll" tabIndex={0} role="group" aria-label={t("variantsTitle")}>
        <table className="paths-table" aria-label={t("variantsTitle")}>
          <thead><tr><th scope="col">{t("variantPath")}</th><th scope="col">{t("paths")}</th><th scope="col">{t("share")}</th><th scope="col">{t("took")}</th><th scope="col">{t("lastSeen")}</th><th scope="col"><span className="sr-only">{t("makeMap")}</span></th></tr></thead>
          <tbody>
            {items.map((item) => (
              <tr key={item.id}>
                <th scope="row">
                  <VariantSteps item={item} />
                  <span className="paths-bar" aria-hidden><i style={{ width: `${(item.paths / most) * 100}%` }} /></span>
                </th>
                <td>{formatNumber(item.paths)}</td>
                <td>{formatShare(item.share, 1)}</td>
                <td>{sayTime(item.medianS)}</td>
                <td><Time at={item.lastAt} /></td>
                <td className="paths-actions">
                  <Button variant="subtle" size="compact-xs" onClick={() => onChange({ variant: item.id, tab: undefined })}>{t("onlyVariant")}</Button>
                  {canDraw && search.level === "touchpoint" && <Button variant="default" size="compact-xs" loading={map.isPending} title={item.length > item.path.length ? t("mapCut") : undefined} onClick={() => draw(item)}>{t("makeMap")}</Button>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {canDraw && search.level !== "touchpoint" && <p className="paths-note quiet">{t("mapNeedsTouchpoints")}</p>}
    </Card>
  );
};

const VariantSteps = ({ item: { path, length } }: { item: VariantRow }) => {
  const t = useTexts(pathsTexts);
  return (
    <ol className="paths-steps">
      {path.slice(0, STEPS_SHOWN).map((name, at) => <li key={at} title={name}>{name}</li>)}
      {length > STEPS_SHOWN && <li className="quiet">{t("more", { count: length - STEPS_SHOWN })}</li>}
    </ol>
  );
};

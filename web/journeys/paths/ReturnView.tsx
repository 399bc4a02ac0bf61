import { Select } from "@mantine/core";
import { Card, Grid } from "../../ui/Card.tsx";
import { ShareRows } from "../../ui/charts/ShareRows.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { formatNumber } from "../../ui/numbers.ts";
import { useTexts } from "../../ui/texts.ts";
import { sayTime } from "./path-words.ts";
import { toPathsQuery, toReturnQuery, toShownSearch, units, type ViewProps } from "./paths-search.ts";
import { useReturns, useSilences } from "./paths.data.ts";
import { pathsTexts } from "./paths.texts.ts";

const unitLabels = { day: "unitDay", week: "unitWeek", month: "unitMonth" } as const;
const nth = { day: "nthDay", week: "nthWeek", month: "nthMonth" } as const;

/** Who comes back after how long, and where it goes silent. */
export const ReturnView = ({ search, names, onChange }: ViewProps) => {
  const t = useTexts(pathsTexts);
  const { unit, first, back } = search;
  const returns = useReturns(toReturnQuery(search));
  const chooseName = (label: "first" | "back", value: string | undefined) => (
    <Select size="xs" label={t(label)} placeholder={t("anything")} value={value ?? null} data={[...names]} onChange={(one) => onChange({ [label]: one ?? undefined })} searchable clearable clearButtonProps={{ "aria-label": t("clear") }} />
  );
  return (
    <>
      <Card className="paths-card" title={t("returnTitle")} subtitle={returns.data === undefined ? undefined : t("returnHint", { count: returns.data.customers })}>
        <div className="paths-tools">
          <Select size="xs" label={t("unit")} value={unit} data={units.map((one) => ({ value: one, label: t(unitLabels[one]) }))} onChange={(one) => onChange({ unit: one === "week" ? undefined : (one ?? undefined) })} allowDeselect={false} />
          {chooseName("first", first)}
          {chooseName("back", back)}
        </div>
        {returns.isPending ? <Loading /> : returns.isError ? <ErrorState error={returns.error} onRetry={() => void returns.refetch()} /> : (
          <ShareRows
            label={t("returnLabel")} head={{ name: t(unitLabels[unit]) }} count={returns.data.customers}
            rows={returns.data.points.flatMap((point) => (point.share === null ? [] : [{ key: String(point.unit), label: t(nth[unit], { number: point.unit }), count: point.returned, share: point.share, low: point.low, high: point.high }]))}
          />
        )}
        <p className="quiet paths-note">{t("returnNote")}</p>
      </Card>
      <Silences search={search} />
    </>
  );
};

const Silences = ({ search }: Pick<ViewProps, "search">) => {
  const t = useTexts(pathsTexts);
  const silences = useSilences(toPathsQuery(toShownSearch(search)));
  if (silences.isPending) return <Loading />;
  if (silences.isError) return <ErrorState error={silences.error} onRetry={() => void silences.refetch()} />;
  const { gaps, silent } = silences.data;
  return (
    <Grid>
      <Card span={7} title={t("silencesTitle")} subtitle={t("silencesHint")}>
        {gaps.length === 0 ? <p className="quiet">{t("noGaps")}</p> : (
          <div className="paths-scroll" tabIndex={0} role="group" aria-label={t("silencesLabel")}>
            <table className="paths-table" aria-label={t("silencesLabel")}>
              <thead><tr><th scope="col">{t("from")}</th><th scope="col">{t("to")}</th><th scope="col">{t("times")}</th><th scope="col">{t("median")}</th><th scope="col">{t("longest")}</th></tr></thead>
              <tbody>{gaps.slice(0, 15).map((gap) => <tr key={`${gap.from} ${gap.to}`}><th scope="row">{gap.from}</th><td className="paths-text">{gap.to}</td><td>{formatNumber(gap.count)}</td><td>{sayTime(gap.medianS)}</td><td>{sayTime(gap.longestS)}</td></tr>)}</tbody>
            </table>
          </div>
        )}
      </Card>
      <Card span={5} title={t("silentTitle")} subtitle={t("silentHint")}>
        {silent.length === 0 ? <p className="quiet">{t("noGaps")}</p> : (
          <table className="paths-table" aria-label={t("silentLabel")}>
            <thead><tr><th scope="col">{t("step")}</th><th scope="col">{t("customers")}</th><th scope="col">{t("median")}</th></tr></thead>
            <tbody>{silent.slice(0, 15).map(({ name, customers, medianS }) => <tr key={name}><th scope="row">{name}</th><td>{formatNumber(customers)}</td><td>{sayTime(medianS)}</td></tr>)}</tbody>
          </table>
        )}
      </Card>
    </Grid>
  );
};

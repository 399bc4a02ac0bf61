import { Select } from "@mantine/core";
import { Card } from "../../ui/Card.tsx";
import { ShareRows } from "../../ui/charts/ShareRows.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Former } from "../../ui/Former.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { useTexts } from "../../ui/texts.ts";
import { silenceChoices, toReturnQuery, toSilencesQuery, units, type ViewProps } from "./paths-search.ts";
import { useReturns, useSilences } from "./paths.data.ts";
import { pathsTexts } from "./paths.texts.ts";
import { SilenceTables } from "./SilenceTables.tsx";

const unitLabels = { day: "unitDay", week: "unitWeek", month: "unitMonth" } as const;
// Where a customer has several paths, coming back is another of them.
const again = { session: "returnVisit", object: "returnObject", touchpoint: "returnPath" } as const;
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
          <Former is={returns.isPlaceholderData}>
            <ShareRows
              label={t("returnLabel")} head={{ name: t(unitLabels[unit]), count: t("customers") }} count={returns.data.customers}
              rows={returns.data.points.flatMap((point) => (point.share === null ? [] : [{ key: String(point.unit), label: t(nth[unit], { number: point.unit }), count: point.returned, share: point.share, low: point.low, high: point.high }]))}
            />
          </Former>
        )}
        <p className="quiet paths-note">{t("returnNote")}{search.cut !== "customer" && ` ${t(again[search.cut])}`}</p>
      </Card>
      <Silences search={search} onChange={onChange} />
    </>
  );
};

const Silences = ({ search, onChange }: Pick<ViewProps, "search" | "onChange">) => {
  const t = useTexts(pathsTexts);
  const found = useSilences(toSilencesQuery(search));
  const choice = (
    <Select size="xs" className="paths-silence" label={t("silence")} value={search.silence} data={silenceChoices.map((hours) => ({ value: hours, label: sayLong(hours) }))} allowDeselect={false}
      onChange={(hours) => onChange({ silence: hours === "168" ? undefined : (hours ?? undefined) })} />
  );
  return (
    <Card title={t("silencesTitle")} subtitle={t(search.cut === "session" ? "silencesOfVisits" : "silencesAbout")} aside={choice}>
      {found.isPending ? <Loading /> : found.isError ? <ErrorState error={found.error} onRetry={() => void found.refetch()} />
        : <Former is={found.isPlaceholderData}><SilenceTables found={found.data} than={sayLong(search.silence)} /></Former>}
    </Card>
  );
};

const sayLong = (hours: string): string => pathsTexts.say("daysLong", { count: Number(hours) / 24 });

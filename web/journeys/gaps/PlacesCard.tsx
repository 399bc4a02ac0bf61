import { Select } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Card } from "../../ui/Card.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { formatChange, formatNumber, formatP, formatShare } from "../../ui/numbers.ts";
import { useTexts } from "../../ui/texts.ts";
import { sayFeeling } from "./gap-words.ts";
import { type GapPlaces, type GapsReply, useGapPlaces } from "./gaps.data.ts";
import { type GapsSearch, toQuery } from "./gaps-search.ts";
import { placesTexts } from "./places.texts.ts";

type PlacesCardProps = { search: GapsSearch; touchpoints: GapsReply["touchpoints"]; more: number; onChoose: (touchpoint: string | undefined) => void };

/** One touchpoint at all its channels, places, teams and members, and what was planned of it beside what came. */
export const PlacesCard = ({ search, touchpoints, more, onChoose }: PlacesCardProps) => {
  const t = useTexts(placesTexts);
  const options = touchpoints.map(({ name, differs }) => ({ value: name, label: differs ? t("differs", { name }) : name }));
  return (
    <Card span={12} title={t("title")} subtitle={t("body")}>
      <Select label={t("touchpoint")} placeholder={t("choose")} data={options} value={search.at ?? null} onChange={(value) => onChoose(value ?? undefined)} searchable clearable limit={100} w={320} maw="100%" />
      {more > 0 && <p className="gap-note">{t("moreTouchpoints", { count: more })}</p>}
      {search.at !== undefined && <Places search={search} touchpoint={search.at} />}
    </Card>
  );
};

const Places = ({ search, touchpoint }: { search: GapsSearch; touchpoint: string }) => {
  const t = useTexts(placesTexts);
  const found = useGapPlaces(toQuery(search), touchpoint);
  if (found.isPending) return <Loading kind="rows" rows={4} />;
  if (found.isError) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />;
  const { comparisons, steps } = found.data;
  if (comparisons.length + steps.length === 0) return <p className="gap-note" role="status">{t("nothing")}</p>;
  return (
    <div className="gap-places">
      {comparisons.map((one) => <Comparison key={one.kind} comparison={one} />)}
      {steps.length > 0 && <Planned steps={steps} />}
    </div>
  );
};

const Comparison = ({ comparison: { kind, p, isBeyondChance, places, count } }: { comparison: GapPlaces["comparisons"][number] }) => {
  const t = useTexts(placesTexts);
  return (
    <section>
      <h3>{t(`by_${kind}`)}</h3>
      <p className="gap-note">{p === null ? t("untested") : t(isBeyondChance ? "beyondChance" : "maybeChance", { p: formatP(p) })}</p>
      <table aria-label={t(`by_${kind}`)}>
        <thead><tr><th scope="col">{t(`name_${kind}`)}</th><th scope="col">{t("feeling")}</th><th scope="col">{t("interval")}</th><th scope="col">{t("scores")}</th></tr></thead>
        <tbody>
          {places.map((place) => (
            <tr key={place.name}>
              <th scope="row"><bdi>{place.name}</bdi></th><td>{formatChange(place.mean * 100)}</td><td>{sayInterval(place)}</td><td>{formatNumber(place.count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {count > places.length && <p className="gap-note">{t("more", { count: count - places.length })}</p>}
    </section>
  );
};

const sayInterval = ({ low, high }: { low: number | null; high: number | null }): string =>
  low === null || high === null ? "–" : placesTexts.say("between", { low: formatChange(low * 100), high: formatChange(high * 100) });

const Planned = ({ steps }: { steps: GapPlaces["steps"] }) => {
  const t = useTexts(placesTexts);
  return (
    <section>
      <h3>{t("planned")}</h3>
      <table aria-label={t("planned")}>
        <thead><tr><th scope="col">{t("step")}</th><th scope="col">{t("designed")}</th><th scope="col">{t("feeling")}</th><th scope="col">{t("within")}</th></tr></thead>
        <tbody>
          {steps.map(({ map, designed, felt, withinHours, withinPlanned }) => (
            <tr key={map.stepId}>
              <th scope="row"><Link to="/maps/$mapId" params={{ mapId: map.id }} search={{ step: map.stepId }}>{t("stepOf", { step: map.stepName, map: map.name })}</Link></th>
              <td>{designed === null ? "–" : sayFeeling(designed)}</td><td>{felt === null ? "–" : sayFeeling(felt.mean)}</td>
              <td>{withinHours === null || withinPlanned === null ? "–" : t("withinOf", { share: formatShare(withinPlanned), hours: formatNumber(withinHours, withinHours < 10 ? 1 : 0) })}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
};

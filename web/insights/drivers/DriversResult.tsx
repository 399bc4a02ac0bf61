import { Card, Grid } from "../../ui/Card.tsx";
import { formatNumber, formatShare } from "../../ui/numbers.ts";
import { useTexts } from "../../ui/texts.ts";
import { ContrastCard } from "./ContrastCard.tsx";
import { DriversDefinition } from "./DriversDefinition.tsx";
import { formatPart, isRated, listed, type Naming, sayWarning } from "./driver-words.ts";
import type { Driver, Drivers, SurveyDrivers } from "./drivers.data.ts";
import { driversTexts } from "./drivers.texts.ts";
import { FiguresCard } from "./FiguresCard.tsx";
import { MapCard } from "./MapCard.tsx";
import { SharesCard } from "./SharesCard.tsx";
import { SurroundingsCard } from "./SurroundingsCard.tsx";

type DriversResultProps = { drivers: SurveyDrivers; result: Drivers; outcome: string; name: Naming };

/** The answer in a sentence, what it rests on, and the figures behind it. */
export const DriversResult = ({ drivers, result, outcome, name }: DriversResultProps) => {
  const t = useTexts(driversTexts);
  // The most important first, in every picture and table alike.
  const factors = result.factors.toSorted((one, other) => other.lmg - one.lmg);
  const parts = { factors, name, outcome };
  const rated = factors.filter(({ factor }) => isRated(factor));
  return (
    <Grid>
      <Card span={12} title={headline(t, result, factors, { name, outcome })} aside={<DriversDefinition bootstraps={result.bootstraps} />} className="drivers-head">
        <p>
          {t("explained", { r2: formatShare(result.r2) })} {baseOf(t, result)}
          {drivers.everyNth > 1 && ` ${t("sampled", { count: drivers.everyNth })}`}
        </p>
        {drivers.evidence === "limited" && <p className="drivers-limited">{t("limited")}</p>}
        <p className="quiet">{t("associated")}</p>
      </Card>
      <div className={`${rated.length > 0 ? "span-7" : "span-12"} drivers-column`}>
        <SharesCard {...parts} />
        <SurroundingsCard factors={factors.filter(({ factor }) => !isRated(factor))} name={name} />
        {result.warnings.length > 0 && <WarningsCard said={result.warnings.map((warning) => sayWarning(t, name, warning))} />}
      </div>
      {rated.length > 0 && <div className="span-5 drivers-column"><MapCard {...parts} /></div>}
      <ContrastCard {...parts} factors={rated} />
      <FiguresCard {...parts} />
    </Grid>
  );
};

const WarningsCard = ({ said }: { said: readonly string[] }) => {
  const t = useTexts(driversTexts);
  return (
    <Card title={t("warningsTitle")}>
      <ul className="drivers-warnings">
        {said.map((warning) => <li key={warning}>{warning}</li>)}
      </ul>
    </Card>
  );
};

const headline = (t: typeof driversTexts.say, result: Drivers, factors: readonly Driver[], { name, outcome }: { name: Naming; outcome: string }): string => {
  const [first] = factors;
  if (first === undefined) return "";
  const open = result.warnings.find((warning) => warning.code === "order_open");
  if (open?.code === "order_open") return t("headlineOpen", { factors: listed([open.factor, ...open.rivals].map((id) => `“${name(id)}”`)), outcome });
  return t("headline", { factor: `“${name(first.factor)}”`, outcome, share: formatPart(first.lmgShare), count: factors.length, low: formatPart(first.lmgShareLow), high: formatPart(first.lmgShareHigh) });
};

const baseOf = (t: typeof driversTexts.say, { n, outcomeRows, fewestRows, missing, filled }: Drivers): string => {
  const base = { n: formatNumber(n), of: formatNumber(outcomeRows) };
  switch (missing) {
    case "listwise":
      return t("baseListwise", base);
    case "pairwise":
      return t("basePairwise", { n: base.n, fewest: formatNumber(fewestRows) });
    case "mean":
      return t("baseMean", { ...base, filled: formatShare(filled, 1) });
    case "multiple":
      return t("baseMultiple", { ...base, filled: formatShare(filled, 1) });
  }
};

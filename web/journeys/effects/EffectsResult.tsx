import type { ReactNode } from "react";
import { useAbility } from "../../shell/session.data.ts";
import { Card, Grid } from "../../ui/Card.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { formatShare } from "../../ui/numbers.ts";
import { useTexts } from "../../ui/texts.ts";
import { NotNamed } from "../paths/NotNamed.tsx";
import type { Effect, EffectsReply, RouteEffect } from "./effects.data.ts";
import { effectsTexts } from "./effects.texts.ts";
import { EffectTable } from "./EffectTable.tsx";

/** What costs most first, of single steps and of whole routes; what chance explains and what is too rare can be opened. */
export const EffectsResult = ({ reply }: { reply: EffectsReply }) => {
  const t = useTexts(effectsTexts);
  const mayName = useAbility("customers.read");
  if (reply.tested + reply.routes.tested === 0) return <Grid><Card span={12}><EmptyState title={t("nothingEnough")} body={t("nothingEnoughBody")} /></Card><Definition /></Grid>;
  return (
    <Grid>
      {!mayName && <div className="span-12"><NotNamed /></div>}
      <Verdicts of="steps" reply={reply} items={reply.items} />
      <Verdicts of="routes" reply={reply} items={reply.routes.items} />
      <Definition />
    </Grid>
  );
};

const words = {
  steps: { worse: "worse", worseBody: "worseBody", noWorse: "noWorse", better: "better", betterBody: "betterBody", chance: "chance", thin: "thin", thinBody: "thinBody" },
  routes: { worse: "routesWorse", worseBody: "routesWorseBody", noWorse: "routesNoWorse", better: "routesBetter", betterBody: "routesBetterBody", chance: "routesChance", thin: "routesThin", thinBody: "routesThinBody" },
} as const;

const Verdicts = ({ of, reply, items }: { of: keyof typeof words; reply: EffectsReply; items: readonly (Effect | RouteEffect)[] }) => {
  const t = useTexts(effectsTexts);
  const said = words[of];
  const judged = (verdict: Effect["verdict"]) => items.filter((item) => item.verdict === verdict);
  const [worse, better, chance, thin] = [judged("worse"), judged("better"), judged("chance"), judged("thin")];
  return (
    <>
      <Card span={12} title={t(said.worse)} subtitle={t(said.worseBody)}>
        {worse.length === 0 ? <p className="quiet">{t(said.noWorse)}</p> : <EffectTable label={t(said.worse)} reply={reply} items={worse} />}
      </Card>
      {better.length > 0 && <Card span={12} title={t(said.better)} subtitle={t(said.betterBody)}><EffectTable label={t(said.better)} reply={reply} items={better} /></Card>}
      {chance.length > 0 && <Closed title={t(said.chance)} count={chance.length} body={t("chanceBody")}><EffectTable label={t(said.chance)} reply={reply} items={chance} /></Closed>}
      {thin.length > 0 && <Closed title={t(said.thin)} count={thin.length} body={t(said.thinBody)}><EffectTable label={t(said.thin)} reply={reply} items={thin} /></Closed>}
    </>
  );
};

/** How much was looked at, and what was not. */
export const EffectsFacts = ({ reply }: { reply: EffectsReply }) => {
  const t = useTexts(effectsTexts);
  const said = [
    t("summary", { count: reply.paths, customers: reply.customers, tested: reply.tested, rounds: reply.rounds }),
    t("routesSummary", { count: reply.routes.tested }),
    ...(reply.money === null || reply.money.otherCurrencies === 0 ? [] : [t("otherCurrencies", { count: reply.money.otherCurrencies })]),
    ...(reply.money === null || reply.money.orders.length === 0 ? [] : [t("orders", { names: reply.money.orders.join(", ") })]),
    ...(reply.sampledShare < 1 ? [t("sampled", { share: formatShare(reply.sampledShare, 1) })] : []),
    ...(reply.longPaths > 0 ? [t("longPaths", { count: reply.longPaths })] : []),
    ...(reply.pathsLeftOut > 0 ? [t("pathsLeftOut", { count: reply.pathsLeftOut })] : []),
    ...(reply.namesLeftOut > 0 ? [t("namesLeftOut", { count: reply.namesLeftOut })] : []),
    ...(reply.marksLeftOut > 0 ? [t("marksLeftOut", { count: reply.marksLeftOut })] : []),
    ...(reply.leftOut > 0 ? [t("leftOut", { count: reply.leftOut })] : []),
    ...(reply.routes.leftOut > 0 ? [t("routesLeftOut", { count: reply.routes.leftOut })] : []),
    ...(reply.isComplete && reply.routes.isComplete ? [] : [t("incomplete")]),
  ];
  return <p className="effects-facts">{said.join(" ")}</p>;
};

const Closed = ({ title, count, body, children }: { title: string; count: number; body: string; children: ReactNode }) => (
  <Card span={12}>
    <details className="effects-closed">
      <summary><span>{title}</span> <span className="quiet">{count}</span></summary>
      <p className="quiet">{body}</p>
      {children}
    </details>
  </Card>
);

const Definition = () => {
  const t = useTexts(effectsTexts);
  return (
    <Card span={12}>
      <details className="effects-closed">
        <summary>{t("definition")}</summary>
        <dl className="effects-definition">
          <dt>{t("defWithTerm")}</dt><dd>{t("defWith")}</dd>
          <dt>{t("defDifferenceTerm")}</dt><dd>{t("defDifference")}</dd>
          <dt>{t("defRouteTerm")}</dt><dd>{t("defRoute")}</dd>
          <dt>{t("defBandTerm")}</dt><dd>{t("defBand")}</dd>
          <dt>{t("defCauseTerm")}</dt><dd>{t("defCause")}</dd>
        </dl>
      </details>
    </Card>
  );
};

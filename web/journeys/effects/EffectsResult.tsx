import type { ReactNode } from "react";
import { Card, Grid } from "../../ui/Card.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { formatShare } from "../../ui/numbers.ts";
import { useTexts } from "../../ui/texts.ts";
import type { Effect, EffectsReply } from "./effects.data.ts";
import { effectsTexts } from "./effects.texts.ts";
import { EffectTable } from "./EffectTable.tsx";

/** What costs most first; what chance explains and what is too rare can be opened. */
export const EffectsResult = ({ reply }: { reply: EffectsReply }) => {
  const t = useTexts(effectsTexts);
  const of = (verdict: Effect["verdict"]): Effect[] => reply.items.filter((item) => item.verdict === verdict);
  const [worse, better, chance, thin] = [of("worse"), of("better"), of("chance"), of("thin")];
  if (reply.tested === 0) return <Grid><Card span={12}><EmptyState title={t("nothingEnough")} body={t("nothingEnoughBody")} /></Card><Definition /></Grid>;
  return (
    <Grid>
      <Card span={12} title={t("worse")} subtitle={t("worseBody")}>
        {worse.length === 0 ? <p className="quiet">{t("noWorse")}</p> : <EffectTable label={t("worse")} reply={reply} items={worse} />}
      </Card>
      {better.length > 0 && <Card span={12} title={t("better")} subtitle={t("betterBody")}><EffectTable label={t("better")} reply={reply} items={better} /></Card>}
      {chance.length > 0 && <Closed title={t("chance")} count={chance.length} body={t("chanceBody")}><EffectTable label={t("chance")} reply={reply} items={chance} /></Closed>}
      {thin.length > 0 && <Closed title={t("thin")} count={thin.length} body={t("thinBody")}><EffectTable label={t("thin")} reply={reply} items={thin} /></Closed>}
      <Definition />
    </Grid>
  );
};

/** How much was looked at, and what was not. */
export const EffectsFacts = ({ reply }: { reply: EffectsReply }) => {
  const t = useTexts(effectsTexts);
  const said = [
    t("summary", { count: reply.paths, customers: reply.customers, tested: reply.tested, rounds: reply.rounds }),
    ...(reply.sampledShare < 1 ? [t("sampled", { share: formatShare(reply.sampledShare, 1) })] : []),
    ...(reply.longPaths > 0 ? [t("longPaths", { count: reply.longPaths })] : []),
    ...(reply.leftOut > 0 ? [t("leftOut", { count: reply.leftOut })] : []),
    ...(reply.isComplete ? [] : [t("incomplete")]),
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
          <dt>{t("defBandTerm")}</dt><dd>{t("defBand")}</dd>
          <dt>{t("defCauseTerm")}</dt><dd>{t("defCause")}</dd>
        </dl>
      </details>
    </Card>
  );
};

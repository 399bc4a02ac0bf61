import { Link } from "@tanstack/react-router";
import { useAbility } from "../../shell/session.data.ts";
import { useFirstRows } from "../../ui/first-rows.tsx";
import { useTexts } from "../../ui/texts.ts";
import { isShare, sayCost, sayDifference, sayThing, sayValue } from "./effect-words.ts";
import type { Effect, EffectsReply, RouteEffect } from "./effects.data.ts";
import { effectsTexts } from "./effects.texts.ts";

type EffectTableProps = { label: string; reply: EffectsReply; items: readonly (Effect | RouteEffect)[] };

/** Things with their difference: a dot with its interval on one shared scale, over the band of chance. */
export const EffectTable = ({ label, reply, items }: EffectTableProps) => {
  const t = useTexts(effectsTexts);
  const reach = Math.max(...[...reply.items, ...reply.routes.items].flatMap(({ compared }) => (compared === null ? [] : [Math.abs(compared.low), Math.abs(compared.high), compared.band])), Number.MIN_VALUE) * 1.05;
  const mayName = useAbility("customers.read");
  const [shown, more] = useFirstRows(items);
  return (
    <div className="effects-scroll">
      <table className="effects-table" aria-label={label}>
        <thead>
          <tr>
            <th scope="col">{t("what")}</th>
            <th scope="col">{t(isShare(reply.outcome) ? "differencePoints" : "difference")}</th>
            <th scope="col">{t("with")}</th>
            <th scope="col">{t("without")}</th>
            {mayName && <th scope="col">{t("examples")}</th>}
          </tr>
        </thead>
        <tbody>{shown.map((item) => <Row key={"steps" in item ? JSON.stringify([item.steps, item.isFromStart]) : `${item.kind} ${item.previous ?? ""} ${item.node}`} item={item} reply={reply} reach={reach} mayName={mayName} />)}</tbody>
      </table>
      {more}
    </div>
  );
};

const Row = ({ item, reply, reach, mayName }: { item: Effect | RouteEffect; reply: EffectsReply; reach: number; mayName: boolean }) => {
  const t = useTexts(effectsTexts);
  const cost = sayCost(item, reply);
  const { name, note } = sayThing(item);
  return (
    <tr className={`effects-${item.verdict}`}>
      <th scope="row">
        <bdi>{name}</bdi>
        <span className="effects-note">{note}</span>
      </th>
      <td>
        <Plot item={item} reply={reply} reach={reach} />
        {cost !== null && <span className="effects-note">{cost}</span>}
      </td>
      <td data-label={t("with")}><Side side={item.with} alike={item.compared?.withMean ?? null} reply={reply} /></td>
      <td data-label={t("without")}><Side side={item.without} alike={item.compared?.withoutMean ?? null} reply={reply} isAtGoal={item.point !== null && reply.goal.includes(item.point)} /></td>
      {mayName && <td data-label={t("examples")}>
        <ul className="effects-examples">
          {item.examples.slice(0, 3).map(({ customerId, name }) => (
            <li key={customerId}><Link to="/customers/$customerId" params={{ customerId }}>{name === null || name === "" ? t("nameless") : name}</Link></li>
          ))}
        </ul>
      </td>}
    </tr>
  );
};

const Plot = ({ item: { compared }, reply, reach }: { item: Pick<Effect, "compared">; reply: EffectsReply; reach: number }) => {
  const t = useTexts(effectsTexts);
  if (compared === null) return <span className="effects-note">{t("thin")}</span>;
  const place = (value: number): number => 50 + (value / reach) * 49;
  const { difference, low, high, band } = compared;
  const interval = t("interval", { difference: sayDifference(difference, reply), low: sayDifference(low, reply), high: sayDifference(high, reply), band: `± ${sayValue(band, reply)}` });
  return (
    <div className="effects-measure">
      <div className="effects-plot" aria-hidden title={interval}>
        <i className="effects-band" style={{ left: `${place(-band)}%`, width: `${place(band) - place(-band)}%` }} />
        <i className="effects-zero" />
        <i className="effects-range" style={{ left: `${place(low)}%`, width: `${place(high) - place(low)}%` }} />
        <i className="effects-dot" style={{ left: `${place(difference)}%` }} />
      </div>
      <strong aria-hidden>{sayDifference(difference, reply)}</strong>
      <span className="sr-only">{interval}</span>
    </div>
  );
};

type SideProps = { side: Effect["with"]; alike: number | null; reply: EffectsReply; isAtGoal?: boolean };

// All of a side, and those who are alike on both sides: the difference is of these, and may go the other way. Of paths that are compared from the
// goal on, all reached it once, by being there: their share of 100 % says nothing of what came afterwards.
const Side = ({ side: { count, mean }, alike, reply, isAtGoal = false }: SideProps) => {
  const t = useTexts(effectsTexts);
  return (
    <>
      {isAtGoal ? t("sideReached", { n: count }) : mean === null ? t("sideUnknown") : t("sideValue", { value: sayValue(mean, reply), n: count })}
      {alike !== null && <span className="effects-note">{t("sideAlike", { value: sayValue(alike, reply) })}</span>}
    </>
  );
};

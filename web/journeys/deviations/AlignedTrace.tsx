import { Link } from "@tanstack/react-router";
import { nameOfChannel } from "../../ui/channel-names.ts";
import { formatMoment } from "../../ui/dates.ts";
import { formatShare } from "../../ui/numbers.ts";
import { useTexts } from "../../ui/texts.ts";
import type { AlignedCase, AlignedMove } from "./deviations.data.ts";
import { deviationsTexts } from "./deviations.texts.ts";
import { KindMark } from "./KindMark.tsx";

/** What one customer did beside what was planned: one line per step, with picture and word for what became of it. */
export const AlignedTrace = ({ mapId, journey }: { mapId: string; journey: AlignedCase }) => {
  const t = useTexts(deviationsTexts);
  const name = journey.customer.name ?? t("someone");
  return (
    <article className="deviations-case" aria-label={t("traceOf", { name })}>
      <header>
        <Link to="/customers/$customerId" params={{ customerId: journey.customer.id }}>{name}</Link>
        <span className="quiet">{formatMoment(new Date(journey.from))} · {t("fitness", { share: formatShare(journey.fitness) })}</span>
        <Link to="/maps/$mapId" params={{ mapId }} search={{ customer: journey.customer.id }}>{t("onMap")}</Link>
      </header>
      <div className="deviations-move deviations-heads" aria-hidden><span /><span>{t("planned")}</span><span className="deviations-real">{t("real")}</span><span /></div>
      {/* The same step may come twice; a line is told apart by its place alone. */}
      <ol className="deviations-moves">{journey.moves.map((move, place) => <li key={place} className={`deviations-move deviations-move-${move.kind}`}><Move move={move} /></li>)}</ol>
    </article>
  );
};

const Move = ({ move: { kind, stepName, ways, touchpoint, channel, at } }: { move: AlignedMove }) => {
  const t = useTexts(deviationsTexts);
  const met = touchpoint === null ? null : channel === null ? touchpoint : t("through", { touchpoint, channel: nameOfChannel(channel) });
  return (
    <>
      <KindMark kind={kind} />
      <span className="deviations-planned">{ways.length > 0 ? t("oneOf", { names: ways.join(" / ") }) : (stepName ?? "–")}</span>
      <span className="deviations-real">{met ?? "–"}{at !== null && <time dateTime={at} className="quiet"> {formatMoment(new Date(at))}</time>}</span>
      <span className="deviations-word">{t(`move_${kind}`)}</span>
    </>
  );
};

import { UnstyledButton } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTypedSearch } from "../../shell/search.ts";
import { nameOfChannel } from "../../ui/channel-names.ts";
import { formatMoment } from "../../ui/dates.ts";
import { formatNumber, formatShare } from "../../ui/numbers.ts";
import { useTexts } from "../../ui/texts.ts";
import { writePeriod } from "../paths/paths-search.ts";
import { readDeviationsSearch } from "./deviations-search.ts";
import type { AlignedCase, AlignedMove } from "./deviations.data.ts";
import { deviationsTexts } from "./deviations.texts.ts";
import { KindMark } from "./KindMark.tsx";
import { shownAround } from "./moves.rules.ts";

type AlignedTraceProps = { mapId: string; journey: AlignedCase; at?: number | null };

/** What one customer did beside what was planned: one line per step, with picture and word for what became of it.
 *  `at`: the move that matters; a long way is shown around it at first. */
export const AlignedTrace = ({ mapId, journey, at = null }: AlignedTraceProps) => {
  const t = useTexts(deviationsTexts);
  const [{ period }] = useTypedSearch(readDeviationsSearch);
  const [{ from, to }, show] = useState(() => shownAround(journey.moves.length, at));
  const later = journey.moves.length - to;
  const name = journey.customer.name ?? t("someone");
  return (
    <article className="deviations-case" aria-label={t("traceOf", { name })}>
      <header>
        <Link to="/customers/$customerId" params={{ customerId: journey.customer.id }}>{name}</Link>
        <span className="quiet">{formatMoment(new Date(journey.from))} · {t("fitness", { share: formatShare(journey.fitness) })}</span>
        <Link to="/maps/$mapId" params={{ mapId }} search={{ ...writePeriod(period), customer: journey.customer.id }}>{t("onMap")}</Link>
      </header>
      <div className="deviations-move deviations-heads" aria-hidden><span /><span>{t("planned")}</span><span className="deviations-real">{t("real")}</span><span /></div>
      {from > 0 && <UnstyledButton className="deviations-unfold" onClick={() => show({ from: 0, to })}>{t("earlierMoves", { count: from, n: formatNumber(from) })}</UnstyledButton>}
      {/* The same step may come twice; a line is told apart by its place alone. */}
      <ol className="deviations-moves" start={from + 1}>
        {journey.moves.slice(from, to).map((move, shown) => (
          <li key={from + shown} aria-current={from + shown === at ? true : undefined} className={`deviations-move deviations-move-${move.kind}`}><Move move={move} /></li>
        ))}
      </ol>
      {later > 0 && <UnstyledButton className="deviations-unfold" onClick={() => show({ from, to: journey.moves.length })}>{t("laterMoves", { count: later, n: formatNumber(later) })}</UnstyledButton>}
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

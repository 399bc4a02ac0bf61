import { Link } from "@tanstack/react-router";
import { Card } from "../../ui/Card.tsx";
import { formatNumber } from "../../ui/numbers.ts";
import { useTexts } from "../../ui/texts.ts";
import type { NeedName, SummaryReply } from "./comments.data.ts";
import { commentsTexts } from "./comments.texts.ts";
import { intervalWords, shareWords, shownShare } from "./shown-shares.ts";
import { ShareDelta } from "./ShareDelta.tsx";

type NeedRow = SummaryReply["needs"][number];

/** Six needs, unmet to the left and met to the right of one line, on one scale. */
export const NeedsCard = ({ summary }: { summary: SummaryReply }) => {
  const t = useTexts(commentsTexts);
  const widest = Math.max(0.05, ...summary.needs.flatMap(({ met, unmet }) => [shownShare(met).high, shownShare(unmet).high]));
  return (
    <Card span={8} title={t("needsTitle")} subtitle={t("needsHint")}>
      <table className="needs" aria-label={t("needsLabel")}>
        <thead>
          <tr>
            <th scope="col">{t("need")}</th>
            <th scope="col" className="needs-unmet">{t("unmet")}</th>
            <th scope="col">{t("met")}</th>
            <th scope="col"><span className="sr-only">{t("change")}</span></th>
          </tr>
        </thead>
        <tbody>
          {summary.needs.map((row) => (
            <tr key={row.name}>
              <th scope="row" title={t(`${row.name}Hint`)}>{t(row.name)}</th>
              <td className="needs-unmet"><Side row={row} side="unmet" widest={widest} isFaint={summary.count < fewest} /></td>
              <td><Side row={row} side="met" widest={widest} isFaint={summary.count < fewest} /></td>
              <td className="needs-change"><ShareDelta change={row.change} isMoreBad /></td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="quiet needs-note">
        {summary.correctedBy === null ? t("notCorrected") : t("correctedFrom", { comments: formatNumber(summary.correctedBy.comments), sources: formatNumber(summary.correctedBy.sources) })}
      </p>
    </Card>
  );
};

const fewest = 10;

const Side = ({ row, side, widest, isFaint }: { row: NeedRow; side: "met" | "unmet"; widest: number; isFaint: boolean }) => {
  const t = useTexts(commentsTexts);
  const { share, low, high } = shownShare(row[side]);
  const words = shareWords(share);
  return (
    <div className={`needs-cell needs-cell-${side}`}>
      <Link
        to="."
        className={`needs-side needs-side-${side} ${isFaint ? "needs-faint" : ""}`}
        aria-label={t(side === "met" ? "openMet" : "openUnmet", { need: t(row.name), share: words, ...intervalWords(row[side]) })}
        title={t("interval", intervalWords(row[side]))}
        search={(before: object) => ({ ...before, need: row.name satisfies NeedName, polarity: side === "met" ? "pos" : "neg" })}
        resetScroll={false}
      >
        <span className="needs-track" aria-hidden>
          <i className="needs-bar" style={{ width: `${(100 * share) / widest}%` }} />
          {!isFaint && <i className="needs-range" style={{ insetInlineStart: side === "met" ? `${(100 * low) / widest}%` : undefined, insetInlineEnd: side === "unmet" ? `${(100 * low) / widest}%` : undefined, width: `${(100 * (high - low)) / widest}%` }} />}
        </span>
        <b>{words}</b>
      </Link>
      <small className="needs-count">{t("asRead", { n: formatNumber(row[side].count) })}</small>
    </div>
  );
};

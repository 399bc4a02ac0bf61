import { Link } from "@tanstack/react-router";
import { ShareRows } from "../../ui/charts/ShareRows.tsx";
import { DistributionBar } from "../../ui/charts/DistributionBar.tsx";
import { Card } from "../../ui/Card.tsx";
import { formatNumber, formatShare } from "../../ui/numbers.ts";
import { useTexts } from "../../ui/texts.ts";
import { sentimentNames, type SentimentName, type SummaryReply } from "./comments.data.ts";
import { commentsTexts } from "./comments.texts.ts";
import { intervalWords, shownShare } from "./shown-shares.ts";
import { ShareDelta } from "./ShareDelta.tsx";

const tones = { neg: "bad", mix: "middle", neu: "middle", pos: "good" } as const satisfies Record<SentimentName, string>;

/** How the comments feel, which emotions are plain, and what needs a person now. */
export const FeelingsCard = ({ summary }: { summary: SummaryReply }) => {
  const t = useTexts(commentsTexts);
  const rows = sentimentNames.flatMap((name) => summary.sentiments.filter((one) => one.name === name));
  return (
    <Card span={4} title={t("feelingsTitle")} subtitle={t("feelingsHint", { count: summary.count })}>
      <DistributionBar
        label={t("feelingsAsRead")}
        parts={rows.map(({ name, count }) => ({ key: name, label: t("partAsRead", { feeling: t(name) }), count, tone: tones[name] }))}
      />
      <ul className="feelings">
        {rows.map(({ name, change, ...read }) => (
          <li key={name} title={t("interval", intervalWords(read))}>
            <Link to="." resetScroll={false} search={(before: object) => ({ ...before, sentiment: name })}>{t(name)}</Link> <b>{formatShare(shownShare(read).share)}</b> <small className="quiet">{t("range", intervalWords(read))} · {t("asRead", { n: formatNumber(read.count) })}</small> <ShareDelta change={change} isMoreBad={name === "neg"} />
          </li>
        ))}
      </ul>
      {summary.emotions.length > 0 && (
        <>
          <h3 className="card-part">{t("emotionsTitle")}</h3>
          <ShareRows
            label={t("emotionsTitle")}
            head={{ name: t("emotion"), count: t("comments") }}
            count={summary.count}
            rows={summary.emotions.map(({ name, count, share, low, high }) => ({ key: name, label: t(name), count, share, low, high }))}
            link={(row, label) => <Link to="." resetScroll={false} search={(before: object) => ({ ...before, emotion: row.key })}>{label}</Link>}
          />
        </>
      )}
      <p className="feelings-flags">
        {summary.urgentCount > 0 && <Link to="." resetScroll={false} search={(before: object) => ({ ...before, urgent: "yes" })}>{t("urgentCount", { count: summary.urgentCount })}</Link>}
        {summary.unsureCount > 0 && <Link to="." resetScroll={false} search={(before: object) => ({ ...before, unsure: "yes" })}>{t("unsureCount", { count: summary.unsureCount })}</Link>}
      </p>
    </Card>
  );
};

import { Card } from "../../ui/Card.tsx";
import { formatNumber, formatShare } from "../../ui/numbers.ts";
import { useTexts } from "../../ui/texts.ts";
import { reportsTexts } from "./reports.texts.ts";
import type { PartProps } from "./report-part.ts";

/** Question by question: seen, answered, passed over, left. */
export const DropOffPart = ({ report }: PartProps) => {
  const t = useTexts(reportsTexts);
  const most = Math.max(1, ...report.questions.map(({ shown }) => shown));
  return (
    <Card title={t("dropOffTitle")} subtitle={t("dropOffHint")}>
      <div className="report-scroll" tabIndex={0} role="group" aria-label={t("dropOffTitle")}>
        <table className="report-table report-funnel">
          <thead>
            <tr>
              <th scope="col">{t("question")}</th>
              <th scope="col"><span className="sr-only">{t("histogram")}</span></th>
              <th scope="col">{t("seen")}</th>
              <th scope="col">{t("count")}</th>
              <th scope="col">{t("skipped")}</th>
              <th scope="col">{t("left")}</th>
              <th scope="col">{t("leftShare")}</th>
            </tr>
          </thead>
          <tbody>
            {report.questions.map((question) => (
              <tr key={question.id}>
                <th scope="row">{question.title}</th>
                <td className="report-funnel-drawing">
                  <span className="report-funnel-track" aria-hidden>
                    <i className="report-funnel-answered" style={{ width: `${(100 * question.count) / most}%` }} />
                    <i className="report-funnel-skipped" style={{ width: `${(100 * question.skipped) / most}%` }} />
                    <i className="report-funnel-left" style={{ width: `${(100 * question.left) / most}%` }} />
                  </span>
                </td>
                <td>{formatNumber(question.shown)}</td>
                <td>{formatNumber(question.count)}</td>
                <td>{formatNumber(question.skipped)}</td>
                <td>{formatNumber(question.left)}</td>
                <td>{question.shown < 10 ? "–" : formatShare(question.left / question.shown, 1)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
};

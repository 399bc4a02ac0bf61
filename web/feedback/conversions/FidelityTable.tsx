import { Button, SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { Card } from "../../ui/Card.tsx";
import { useTexts } from "../../ui/texts.ts";
import styles from "./Conversions.module.css";
import type { FidelityLine, FidelityReport } from "./conversions.data.ts";
import { conversionsTexts } from "./conversions.texts.ts";
import { elementsOf, linesOf, outcomes, type Shown } from "./fidelity.rules.ts";

const SHOWN_AT_FIRST = 50;

/** What became of each part of the source: counts by kind, then the parts themselves, those that differ first. */
export const FidelityTable = ({ report }: { report: FidelityReport }) => {
  const t = useTexts(conversionsTexts);
  const { questions, options, languages, logic } = report.source;
  return (
    <Card title={t("fidelity")} subtitle={t("fidelityOf", { format: t(`format_${report.format}`), from: questions, options, languages, logic })}>
      <div className={styles.scroll} tabIndex={0} role="group" aria-label={t("fidelity")}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t("element")}</th>
              {outcomes.map((outcome) => <th key={outcome} scope="col" className={styles.number}>{t(outcome)}</th>)}
            </tr>
          </thead>
          <tbody>
            {elementsOf(report).map(({ element, counts }) => (
              <tr key={element}>
                <th scope="row">{t(`element_${element}`)}</th>
                {outcomes.map((outcome) => <td key={outcome} className={`${styles.number} ${counts[outcome] === 0 ? styles.none : ""}`}>{counts[outcome].toLocaleString()}</td>)}
              </tr>
            ))}
          </tbody>
        </table>
        <Lines report={report} />
      </div>
    </Card>
  );
};

const Lines = ({ report }: { report: FidelityReport }) => {
  const t = useTexts(conversionsTexts);
  const [shown, setShown] = useState<Shown>("different");
  const [count, setCount] = useState(SHOWN_AT_FIRST);
  const lines = linesOf(report, shown);
  const choices = [
    { value: "different", label: `${t("approximated")} / ${t("dropped").toLowerCase()}` }, { value: "dropped", label: t("dropped") }, { value: "all", label: t("all") },
  ];
  return (
    <>
      <div className={styles.counts}>
        <SegmentedControl size="xs" aria-label={t("filter")} data={choices} value={shown} onChange={(value) => {
          setShown(value === "all" || value === "dropped" ? value : "different");
          setCount(SHOWN_AT_FIRST);
        }} />
      </div>
      {lines.length === 0 && <p className={styles.note}>{t("nothingHere")}</p>}
      <ul className={styles.lines}>{lines.slice(0, count).map((line, index) => <Line key={`${line.element} ${line.source} ${index}`} line={line} />)}</ul>
      {lines.length > count && <Button variant="subtle" size="xs" onClick={() => setCount(count + 200)}>{t("more", { count: lines.length - count })}</Button>}
    </>
  );
};

const Line = ({ line }: { line: FidelityLine }) => {
  const t = useTexts(conversionsTexts);
  return (
    <li>
      <div className={styles.lineHead}>
        <span className={`${styles.badge} ${styles[line.outcome]}`}>{t(line.outcome)}</span>
        <strong dir="auto">{line.source}</strong>
        <span className={styles.kind}>{t(`element_${line.element}`)}</span>
      </div>
      {line.note !== null && <span className={styles.note} dir="auto">{line.note}</span>}
    </li>
  );
};

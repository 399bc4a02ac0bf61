import { Button, FileButton, Textarea } from "@mantine/core";
import { useState } from "react";
import { useAbility } from "../../shell/session.data.ts";
import { Card } from "../../ui/Card.tsx";
import { messageOf } from "../../ui/ErrorState.tsx";
import { useTexts } from "../../ui/texts.ts";
import { type EntriesReport, type Segment, useSegmentVerbs } from "./segments.data.ts";
import classes from "./Segments.module.css";
import { segmentsTexts } from "./segments.texts.ts";

// What was just added becomes customers within a second or two; the list is asked for once more then.
const SETTLED_MS = 2500;

/** Puts customers on a contact list: a file, or pasted lines. */
export const ListEntries = ({ segment }: { segment: Segment }) => {
  const t = useTexts(segmentsTexts);
  const canWrite = useAbility("segments.write");
  const verbs = useSegmentVerbs();
  const [pasted, setPasted] = useState("");
  const [isBusy, setBusy] = useState(false);
  const [report, setReport] = useState<EntriesReport | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  if (!canWrite) return null;
  const add = async (file: Blob): Promise<void> => {
    setBusy(true);
    setFailure(null);
    setReport(null);
    try {
      setReport(await verbs.upload(segment.id, file));
      setPasted("");
      setTimeout(() => void verbs.refresh(), SETTLED_MS);
    } catch (refusal) {
      setFailure(refusal);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Card title={t("fill")} subtitle={t("fillHint")}>
      <div className={classes.fill}>
        <div>
          <FileButton accept=".csv,.txt,text/csv,text/plain" onChange={(file) => file !== null && void add(file)}>
            {(given) => <Button {...given} size="sm" loading={isBusy}>{t("chooseFile")}</Button>}
          </FileButton>
          <span className="quiet"> {t("or")}</span>
        </div>
        <Textarea aria-label={t("paste")} placeholder={"ada@example.com\n+49 30 123456"} autosize minRows={3} maxRows={10} value={pasted} onChange={(event) => setPasted(event.currentTarget.value)} />
        <div>
          <Button variant="default" size="sm" disabled={pasted.trim() === "" || isBusy} onClick={() => void add(new Blob([pasted]))}>{t("addPasted")}</Button>
        </div>
        {failure !== null && <p className="form-failure" role="alert">{messageOf(failure)}</p>}
        {report !== null && <Report report={report} />}
      </div>
    </Card>
  );
};

const Report = ({ report }: { report: EntriesReport }) => {
  const t = useTexts(segmentsTexts);
  return (
    <div role="status">
      <p>{t("report", { rows: report.rows, added: report.added, there: report.alreadyThere, fresh: report.newCustomers })}</p>
      {report.refusedCount > 0 && (
        <details open>
          <summary>{t("refused", { count: report.refusedCount })}</summary>
          <ul className="line-list">
            {report.refused.map((one) => (
              <li key={one.row}>
                <span>{t("refusedRow", { row: one.row })}: <code>{one.text}</code></span>
                <span className="quiet">{one.problem}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
};

import { Button, TextInput } from "@mantine/core";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { Card } from "../../ui/Card.tsx";
import { ErrorState, messageOf } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { useTexts } from "../../ui/texts.ts";
import styles from "./Conversions.module.css";
import { FileTarget } from "./FileTarget.tsx";
import { ImportedFiles } from "./ImportedFiles.tsx";
import { ResponseColumns } from "./ResponseColumns.tsx";
import { importResponses, previewResponses, type ResponseImport, type ResponsePreview, type Survey, useSurveyToFill } from "./conversions.data.ts";
import { conversionsTexts } from "./conversions.texts.ts";

type Found = { file: File; preview: ResponsePreview };

/** Responses given elsewhere: drop their file, see where each column goes, bring them in, take them back. */
export const ImportResponsesScreen = () => {
  const t = useTexts(conversionsTexts);
  const { surveyId } = useParams({ strict: false });
  const survey = useSurveyToFill(surveyId ?? "");
  const [zone, setZone] = useState(Intl.DateTimeFormat().resolvedOptions().timeZone);
  const [found, setFound] = useState<Found | null>(null);
  const [done, setDone] = useState<ResponseImport | null>(null);
  const read = async (file: File): Promise<void> => {
    setDone(null);
    setFound({ file, preview: await previewResponses(surveyId ?? "", file, zone) });
  };
  return (
    <>
      <PageHeader title={t("responsesTitle")} back={<Link to="/surveys/$surveyId" params={{ surveyId: surveyId ?? "" }}>{survey.data?.name ?? t("backToSurvey")}</Link>} />
      {survey.isPending && <Loading kind="card" />}
      {survey.error !== null && <ErrorState error={survey.error} onRetry={() => void survey.refetch()} />}
      {survey.data !== undefined && (
        <div className={styles.stack}>
          {found === null && <TextInput className={styles.zone} label={t("zone")} value={zone} maxLength={60} onChange={(event) => setZone(event.currentTarget.value)} />}
          {found === null && <FileTarget title={t("dropResponses")} body={t("dropResponsesBody")} onFile={read} />}
          {done !== null && <DoneCard done={done} onRestart={() => setFound(null)} />}
          {found !== null && done === null && <BringCard survey={survey.data} found={found} zone={zone} onDone={setDone} onRestart={() => setFound(null)} />}
          {found !== null && <ResponseColumns preview={found.preview} fileName={found.file.name} definition={survey.data.draft} />}
          <ImportedFiles surveyId={survey.data.id} />
        </div>
      )}
    </>
  );
};

type BringCardProps = { survey: Survey; found: Found; zone: string; onDone: (done: ResponseImport | null) => void; onRestart: () => void };

const BringCard = ({ survey, found, zone, onDone, onRestart }: BringCardProps) => {
  const t = useTexts(conversionsTexts);
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const bring = async (): Promise<void> => {
    setBusy(true);
    setFailure(null);
    try {
      onDone(await importResponses(survey, found.file, zone));
    } catch (refusal) {
      setFailure(refusal);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Card>
      {survey.publishedVersion === null && <p className={styles.note}>{t("willPublish")}</p>}
      <div className={styles.actions}>
        <Button loading={isBusy} disabled={found.preview.usable === 0} onClick={() => void bring()}>{t("bring", { count: found.preview.usable })}</Button>
        <Button variant="default" onClick={onRestart}>{t("another")}</Button>
      </div>
      {failure !== null && <p className="form-failure" role="alert">{messageOf(failure)}</p>}
    </Card>
  );
};

const DoneCard = ({ done, onRestart }: { done: ResponseImport; onRestart: () => void }) => {
  const t = useTexts(conversionsTexts);
  const navigate = useNavigate();
  return (
    <Card>
      <p role="status">{t("came", { added: done.rowsAdded, repeated: done.rowsRepeated, refused: done.rowsRefused })}</p>
      <div className={styles.actions}>
        <Button onClick={() => void navigate({ to: "/responses" })}>{t("seeResponses")}</Button>
        <Button variant="default" onClick={onRestart}>{t("another")}</Button>
      </div>
    </Card>
  );
};

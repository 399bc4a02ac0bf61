import { Button, TextInput } from "@mantine/core";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { Card } from "../../ui/Card.tsx";
import { messageOf } from "../../ui/ErrorState.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { useTexts } from "../../ui/texts.ts";
import styles from "./Conversions.module.css";
import { FidelityTable } from "./FidelityTable.tsx";
import { FileTarget } from "./FileTarget.tsx";
import { SurveyOutline } from "./SurveyOutline.tsx";
import { convertSurveyFile, createFromConversion, type SurveyConversion } from "./conversions.data.ts";
import { conversionsTexts } from "./conversions.texts.ts";

/** A survey of another tool: drop its file, read what becomes of it, create it. */
export const ImportSurveyScreen = () => {
  const t = useTexts(conversionsTexts);
  const [conversion, setConversion] = useState<SurveyConversion | null>(null);
  const [created, setCreated] = useState<{ id: string; name: string } | null>(null);
  const restart = (): void => {
    setConversion(null);
    setCreated(null);
  };
  return (
    <>
      <PageHeader title={t("title")} back={<Link to="/surveys">{t("back")}</Link>} />
      <div className={styles.stack}>
        {conversion === null && <FileTarget title={t("drop")} body={t("dropBody")} onFile={async (file) => setConversion(await convertSurveyFile(file))} />}
        {conversion !== null && created === null && <SaveCard conversion={conversion} onCreated={setCreated} onRestart={restart} />}
        {created !== null && <CreatedCard created={created} onRestart={restart} />}
        {conversion !== null && (
          <div className={styles.columns}>
            <FidelityTable report={conversion.report} />
            <SurveyOutline definition={conversion.definition} />
          </div>
        )}
      </div>
    </>
  );
};

type SaveCardProps = { conversion: SurveyConversion; onCreated: (survey: { id: string; name: string }) => void; onRestart: () => void };

const SaveCard = ({ conversion, onCreated, onRestart }: SaveCardProps) => {
  const t = useTexts(conversionsTexts);
  const [name, setName] = useState(conversion.report.name.slice(0, 120));
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const errors = conversion.report.problems.filter((problem) => problem.severity === "error");
  const isNameMissing = name.trim() === "";
  const create = async (): Promise<void> => {
    if (isNameMissing) return;
    setBusy(true);
    setFailure(null);
    try {
      onCreated(await createFromConversion(name.trim(), conversion.definition));
    } catch (refusal) {
      setFailure(refusal);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Card>
      <form className={styles.save} onSubmit={(event) => {
        event.preventDefault();
        void create();
      }}>
        <TextInput label={t("name")} value={name} maxLength={120} error={isNameMissing ? t("nameMissing") : null} onChange={(event) => setName(event.currentTarget.value)} />
        <div className={styles.actions}>
          <Button type="submit" loading={isBusy}>{t("create")}</Button>
          <Button variant="default" onClick={onRestart}>{t("another")}</Button>
        </div>
      </form>
      {failure !== null && <p className="form-failure" role="alert">{messageOf(failure)}</p>}
      {errors.length > 0 && <p className={styles.note}>{t("toMend")}: {errors.map((problem) => problem.message).join(" ")}</p>}
    </Card>
  );
};

const CreatedCard = ({ created, onRestart }: { created: { id: string; name: string }; onRestart: () => void }) => {
  const t = useTexts(conversionsTexts);
  const navigate = useNavigate();
  return (
    <Card title={t("created", { name: created.name })} subtitle={t("createdBody")}>
      <div className={styles.actions} role="status">
        <Button onClick={() => void navigate({ to: "/surveys/$surveyId", params: { surveyId: created.id } })}>{t("openSurvey")}</Button>
        <Button variant="default" onClick={() => void navigate({ to: "/surveys/$surveyId/response-imports", params: { surveyId: created.id } })}>{t("importResponses")}</Button>
        <Button variant="subtle" onClick={onRestart}>{t("another")}</Button>
      </div>
    </Card>
  );
};

import type { DefinitionProblem } from "@firsthand/server/feedback/surveys/definition-problems.rules";
import { Button, Group, Modal } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { ErrorState, messageOf } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { notifyDone, notifyNext } from "../../ui/notices.tsx";
import { useTexts } from "../../ui/texts.ts";
import classes from "./Builder.module.css";
import { builderTexts } from "./builder.texts.ts";
import { ChangeList } from "./ChangeList.tsx";
import { useDraft } from "./draft-context.ts";
import { ProblemList } from "./ProblemList.tsx";
import { publishSurvey, type Survey, useSurveyVersions } from "./surveys.data.ts";
import { breaksComparison, changesBetween } from "./version-changes.rules.ts";

type PublishDialogProps = { survey: Survey; problems: readonly DefinitionProblem[]; isOpen: boolean; onClose: () => void; flush: () => Promise<void> };

/** The last look before people see it: what is wrong, what changes, and for whom. */
export const PublishDialog = ({ survey, problems, isOpen, onClose, flush }: PublishDialogProps) => {
  const t = useTexts(builderTexts);
  const navigate = useNavigate();
  const { definition, open } = useDraft();
  const versions = useSurveyVersions(survey.id, isOpen && survey.publishedVersion !== null);
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const hasError = problems.some(({ severity }) => severity === "error");
  const last = versions.data?.pages[0]?.items[0];
  const answering = versions.data?.pages.flatMap(({ items }) => items).reduce((sum, { answeringCount }) => sum + answeringCount, 0) ?? 0;
  const changes = last === undefined ? [] : changesBetween(last.definition, definition);
  const publish = async (): Promise<void> => {
    setBusy(true);
    setFailure(null);
    try {
      await flush();
      await publishSurvey(survey.id);
      onClose();
      if (survey.publishedVersion === null) notifyNext(t("published"), t("shareNow"), () => navigate({ to: "/surveys/$surveyId/share", params: { surveyId: survey.id } }));
      else notifyDone(t("published"));
    } catch (refusal) {
      setFailure(refusal);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal opened={isOpen} onClose={onClose} title={t(survey.publishedVersion === null ? "publishTitle" : "publishChangesTitle")} size="lg">
      <div className={classes.stack}>
        {problems.length > 0 && <section><h3>{t(hasError ? "fixFirst" : "lookAgain")}</h3><ProblemList problems={problems} onOpen={(place) => { onClose(); open(place); }} /></section>}
        {survey.publishedVersion === null ? <p>{t("publishFirst")}</p> : versions.isPending ? <Loading kind="rows" />
          : versions.error !== null ? <ErrorState error={versions.error} onRetry={() => void versions.refetch()} /> : (
            <>
              <section><h3>{t("whatChanges", { number: survey.publishedVersion })}</h3><ChangeList changes={changes} definition={definition} /></section>
              <p>{answering === 0 ? t("nobodyAnswering") : t("answering", { count: answering })}</p>
              {changes.some(breaksComparison) && <p className={classes.caution}>{t("breaksComparison")}</p>}
            </>
          )}
        {failure !== null && <p className="form-failure" role="alert">{messageOf(failure)}</p>}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" size="sm" onClick={onClose}>{t("notYet")}</Button>
          <Button size="sm" loading={isBusy} disabled={hasError} onClick={() => void publish()}>{t("publishNow")}</Button>
        </Group>
      </div>
    </Modal>
  );
};

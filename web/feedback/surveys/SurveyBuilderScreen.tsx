import { Alert, Button } from "@mantine/core";
import { checkDefinition } from "@firsthand/server/feedback/surveys/definition.rules";
import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useAbility } from "../../shell/session.data.ts";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { notifyDone, notifyFailed } from "../../ui/notices.tsx";
import { useTexts } from "../../ui/texts.ts";
import { useEditedSurvey } from "./autosave.ts";
import { ProblemList } from "./ProblemList.tsx";
import { QuestionList } from "./QuestionList.tsx";
import { SharePanel } from "./SharePanel.tsx";
import { StatusBadge } from "./StatusBadge.tsx";
import classes from "./SurveyBuilderScreen.module.css";
import { SurveyMenu } from "./SurveyMenu.tsx";
import { SurveyPreview } from "./SurveyPreview.tsx";
import { SurveyTabs } from "./SurveyTabs.tsx";
import { SurveySettings } from "./SurveySettings.tsx";
import { type Survey, publishSurvey, reloadSurvey, useSurvey } from "./surveys.data.ts";
import { surveysTexts } from "./surveys.texts.ts";

export const SurveyBuilderScreen = () => {
  const { surveyId = "" } = useParams({ strict: false });
  const survey = useSurvey(surveyId);
  if (survey.isPending) return <Loading kind="page" />;
  if (survey.error !== null) return <ErrorState error={survey.error} onRetry={() => void survey.refetch()} />;
  return <SurveyBuilder key={survey.data.id} survey={survey.data} />;
};

const SurveyBuilder = ({ survey }: { survey: Survey }) => {
  const t = useTexts(surveysTexts);
  const mayWrite = useAbility("surveys.write");
  const { edited, change, saving, flush } = useEditedSurvey(survey);
  const [questionId, setQuestionId] = useState<string | null>(edited.draft.questions[0]?.id ?? null);
  const [language, setLanguage] = useState(edited.draft.languages[0] ?? "en");
  const [isSharing, setSharing] = useState(false);
  const [isPublishing, setPublishing] = useState(false);
  const shownLanguage = edited.draft.languages.includes(language) ? language : (edited.draft.languages[0] ?? "en");
  const problems = checkDefinition(edited.draft);
  const hasError = problems.some((problem) => problem.severity === "error");
  const isCurrent = survey.status === "open" && !survey.hasUnpublishedChanges && saving === "saved";

  const publish = async (): Promise<void> => {
    setPublishing(true);
    try {
      await flush();
      await publishSurvey(survey.id);
      notifyDone(t("published"));
    } catch (failure) {
      notifyFailed(failure);
    } finally {
      setPublishing(false);
    }
  };
  return (
    <>
      <PageHeader
        title={edited.name}
        back={<Link to="/surveys">{t("all")}</Link>}
        actions={
          <>
            <span className={classes.state}>
              <StatusBadge status={survey.status} />{" "}
              <span className={`quiet ${classes.saving}`} role="status">{t(saving === "conflict" ? "unsaved" : saving)}</span>
            </span>
            {survey.status !== "draft" && <Button variant="default" onClick={() => setSharing(true)}>{t("share")}</Button>}
            {mayWrite && <SurveyMenu survey={survey} />}
            {mayWrite && (
              <Button onClick={() => void publish()} loading={isPublishing} disabled={hasError || isCurrent}>
                {isCurrent ? t("isCurrent") : t(survey.publishedVersion === null ? "publish" : "publishChanges")}
              </Button>
            )}
          </>
        }
      />
      <SurveyTabs surveyId={survey.id} current="" />
      {saving === "conflict" && (
        <Alert color="var(--det)" role="alert" mb="md">
          <p>{t("conflict")}</p>
          <Button variant="default" onClick={() => void reloadSurvey(survey.id)}>{t("loadNewest")}</Button>
        </Alert>
      )}
      <div className={classes.columns}>
        <fieldset className={classes.editor} disabled={!mayWrite}>
          <legend className="sr-only">{mayWrite ? t("general") : t("readOnly")}</legend>
          <SurveySettings name={edited.name} definition={edited.draft} language={shownLanguage} onLanguage={setLanguage} onChange={change} />
          <QuestionList definition={edited.draft} language={shownLanguage} openId={questionId} onOpen={setQuestionId} onChange={(draft) => change({ draft })} />
        </fieldset>
        <div className={classes.side}>
          <SurveyPreview definition={edited.draft} language={shownLanguage} questionId={questionId} />
          <ProblemList problems={problems} onOpen={setQuestionId} />
        </div>
      </div>
      <SharePanel survey={survey} isOpen={isSharing} onClose={() => setSharing(false)} />
    </>
  );
};

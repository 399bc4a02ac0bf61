import { checkDefinition } from "@firsthand/server/feedback/surveys/definition.rules";
import { Alert, Button, SegmentedControl } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { useAbility } from "../../shell/session.data.ts";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { useTexts } from "../../ui/texts.ts";
import { useEditedSurvey } from "./autosave.ts";
import classes from "./Builder.module.css";
import { useBuilderKeys } from "./builder-keys.ts";
import { builderTexts } from "./builder.texts.ts";
import { DraftContext, type Draft } from "./draft-context.ts";
import { KeysDialog } from "./KeysDialog.tsx";
import { Outline } from "./Outline.tsx";
import { PreviewPane } from "./PreviewPane.tsx";
import { PublishDialog } from "./PublishDialog.tsx";
import { useQuestionVerbs } from "./question-verbs.ts";
import { SettingsPane } from "./SettingsPane.tsx";
import { StatusBadge } from "./StatusBadge.tsx";
import { reloadSurvey, type Survey } from "./surveys.data.ts";
import { SurveyMenu } from "./SurveyMenu.tsx";
import { SurveyTabs } from "./SurveyTabs.tsx";
import { Toolbar } from "./Toolbar.tsx";
import { VersionsPanel } from "./VersionsPanel.tsx";

type Opened = "add" | "publish" | "versions" | "keys" | null;

/** Questions left, the survey as people will see it in the middle, what is open on the right; on small screens one of them at a time. */
export const SurveyBuilder = ({ survey }: { survey: Survey }) => {
  const t = useTexts(builderTexts);
  const mayWrite = useAbility("surveys.write");
  const { edited, change, saving, flush, undo, redo, undoTo, canUndo, canRedo } = useEditedSurvey(survey);
  const { name, draft: definition } = edited;
  const [place, setPlace] = useState(() => (definition.questions[0] === undefined ? "survey" : `question ${definition.questions[0].id}`));
  const [chosenLanguage, setLanguage] = useState(definition.languages[0] ?? "en");
  const [opened, setOpened] = useState<Opened>(null);
  const [pane, setPane] = useState("outline");
  const language = definition.languages.includes(chosenLanguage) ? chosenLanguage : (definition.languages[0] ?? "en");
  const draft: Draft = {
    surveyId: survey.id, name, definition, language, mayWrite, place, setLanguage,
    open: (next) => { setPlace(next); setPane("settings"); },
    change: (next) => change({ draft: next }),
    rename: (next) => change({ name: next }),
  };
  const verbs = useQuestionVerbs(draft, undoTo);
  const problems = useMemo(() => checkDefinition(definition), [definition]);
  const isCurrent = survey.status === "open" && !survey.hasUnpublishedChanges && saving === "saved";
  useBuilderKeys({
    undo, redo,
    add: () => { if (mayWrite) { setPane("outline"); setOpened("add"); } },
    next: (step) => focusNeighbour(step),
    edit: () => { setPane("settings"); requestAnimationFrame(() => document.querySelector<HTMLElement>("[data-first-field]")?.focus()); },
    leave: () => focusOpened(place),
    publish: () => { if (mayWrite && !isCurrent) setOpened("publish"); },
    help: () => setOpened("keys"),
  });
  return (
    <DraftContext value={draft}>
      <PageHeader title={name} back={<Link to="/surveys" className={classes.back}>{t("all")}</Link>}
        actions={
          <>
            <span className={classes.status}><StatusBadge status={survey.status} /></span>
            {mayWrite && <SurveyMenu survey={survey} definition={definition} flush={flush} onVersions={() => setOpened("versions")} />}
            {mayWrite && (
              <Button onClick={() => setOpened("publish")} disabled={isCurrent}>
                {isCurrent ? t("isCurrent") : t(survey.publishedVersion === null ? "publish" : "publishChanges")}
              </Button>
            )}
          </>
        } />
      <SurveyTabs surveyId={survey.id} current="" />
      {saving === "conflict" && (
        <Alert color="var(--det)" role="alert" mb="md">
          <p>{t("conflict")}</p>
          <Button variant="default" onClick={() => void reloadSurvey(survey.id)}>{t("loadNewest")}</Button>
        </Alert>
      )}
      <div className={classes.builder} data-pane={pane}>
        <Toolbar saving={saving} problems={problems} canUndo={canUndo} canRedo={canRedo} onUndo={undo} onRedo={redo} onKeys={() => setOpened("keys")} />
        <div className={classes.paneSwitch}>
          <SegmentedControl fullWidth size="xs" aria-label={t("pane")} value={pane} onChange={setPane}
            data={[{ value: "outline", label: t("questions") }, { value: "preview", label: t("preview") }, { value: "settings", label: t("settings") }]} />
        </div>
        <div className={`${classes.pane} ${classes.outlinePane}`}><Outline problems={problems} verbs={verbs} isAdding={opened === "add"} onAdding={(isAdding) => setOpened(isAdding ? "add" : null)} /></div>
        <div className={`${classes.pane} ${classes.previewPane}`}><PreviewPane /></div>
        <div className={`${classes.pane} ${classes.settingsPane}`}><SettingsPane key={place} verbs={verbs} /></div>
      </div>
      <PublishDialog survey={survey} problems={problems} isOpen={opened === "publish"} onClose={() => setOpened(null)} flush={flush} />
      <VersionsPanel isOpen={opened === "versions"} onClose={() => setOpened(null)} undoTo={undoTo} />
      <KeysDialog isOpen={opened === "keys"} onClose={() => setOpened(null)} />
    </DraftContext>
  );
};

const lines = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>("[data-question]")];

const focusNeighbour = (step: -1 | 1): void => {
  const all = lines();
  const at = all.findIndex((line) => line === document.activeElement);
  const next = all[at === -1 ? (step === 1 ? 0 : all.length - 1) : at + step];
  next?.focus();
  next?.click();
};

const focusOpened = (place: string): void => lines().find(({ dataset }) => place === `question ${dataset.question}`)?.focus();

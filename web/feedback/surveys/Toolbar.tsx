import type { DefinitionProblem } from "@firsthand/server/feedback/surveys/definition-problems.rules";
import { minutesToAnswer } from "@firsthand/server/feedback/surveys/wording.rules";
import { ActionIcon, Button, Popover } from "@mantine/core";
import { IconArrowBackUp, IconArrowForwardUp, IconClock, IconKeyboard } from "@tabler/icons-react";
import { useState } from "react";
import { modifier } from "../../ui/modifier.ts";
import { useTexts } from "../../ui/texts.ts";
import type { SavingState } from "./autosave.ts";
import classes from "./Builder.module.css";
import { builderTexts } from "./builder.texts.ts";
import { useDraft } from "./draft-context.ts";
import { ProblemList } from "./ProblemList.tsx";

type ToolbarProps = {
  saving: SavingState;
  problems: readonly DefinitionProblem[];
  canUndo: boolean;
  canRedo: boolean;
  onUndo: () => void;
  onRedo: () => void;
  onKeys: () => void;
};

/** Taking back, what is saved, how long it takes, what is still wrong. */
export const Toolbar = ({ saving, problems, canUndo, canRedo, onUndo, onRedo, onKeys }: ToolbarProps) => {
  const t = useTexts(builderTexts);
  const { definition, mayWrite, open } = useDraft();
  const [isOpen, setOpen] = useState(false);
  const errors = problems.filter(({ severity }) => severity === "error").length;
  const summary = errors > 0 ? t("errors", { count: errors }) : problems.length > 0 ? t("warnings", { count: problems.length }) : t("noProblems");
  const minutes = minutesToAnswer(definition);
  return (
    <div className={classes.toolbar} role="toolbar" aria-label={t("tools")}>
      {mayWrite && (
        <>
          <ActionIcon variant="default" size={30} aria-label={t("undo")} title={`${t("undo")} (${modifier}Z)`} disabled={!canUndo} onClick={onUndo}><IconArrowBackUp size={16} aria-hidden /></ActionIcon>
          <ActionIcon variant="default" size={30} aria-label={t("redo")} title={`${t("redo")} (${modifier}Shift Z)`} disabled={!canRedo} onClick={onRedo}><IconArrowForwardUp size={16} aria-hidden /></ActionIcon>
          <span className={`quiet ${classes.saving}`} role="status">{t(saving === "conflict" ? "unsaved" : saving)}</span>
        </>
      )}
      {!mayWrite && <span className="quiet">{t("readOnly")}</span>}
      <span className={classes.push} />
      <span className={`quiet ${classes.minutes}`}><IconClock size={14} aria-hidden /> {minutes < 0.75 ? t("underAMinute") : t("minutes", { count: Math.max(1, Math.round(minutes)) })}</span>
      <Popover opened={isOpen} onChange={setOpen} width={380} position="bottom-end" shadow="md" trapFocus returnFocus>
        <Popover.Target>
          <Button variant="default" className={errors > 0 ? classes.fails : problems.length > 0 ? "" : classes.passes} onClick={() => setOpen(!isOpen)}>{summary}</Button>
        </Popover.Target>
        <Popover.Dropdown aria-label={t("problems")} className={classes.menu}>
          <ProblemList problems={problems} onOpen={(place) => { setOpen(false); open(place); }} />
        </Popover.Dropdown>
      </Popover>
      <ActionIcon className={classes.keys} variant="default" size={30} aria-label={t("keys")} title={`${t("keys")} (?)`} onClick={onKeys}><IconKeyboard size={16} aria-hidden /></ActionIcon>
    </div>
  );
};

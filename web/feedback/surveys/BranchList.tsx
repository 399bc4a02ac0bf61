import type { Question } from "@firsthand/server/feedback/surveys/definition.contract";
import { ActionIcon, Button, Select } from "@mantine/core";
import { IconGitBranch, IconX } from "@tabler/icons-react";
import { useTexts } from "../../ui/texts.ts";
import classes from "./Builder.module.css";
import { builderTexts } from "./builder.texts.ts";
import { conditionOn, type Subject } from "./condition-choices.rules.ts";
import { useDraft } from "./draft-context.ts";
import { RuleEditor } from "./RuleEditor.tsx";

/** Ways on from a question: the first whose conditions hold leads to a later question or an ending. */
export const BranchList = ({ question, subjects }: { question: Question; subjects: readonly Subject[] }) => {
  const t = useTexts(builderTexts);
  const { definition, put, say, titleOf } = useDraft();
  const branches = question.branches ?? [];
  const later = definition.questions.slice(definition.questions.findIndex(({ id }) => id === question.id) + 1);
  const endings = [{ value: "end", label: t("thanks") }, ...(definition.endings ?? []).map(({ id, title }) => ({ value: id, label: say(title) || t("untitledEnding") }))];
  const targets = [
    ...(later.length > 1 ? [{ group: t("laterQuestions"), items: later.map((one) => ({ value: one.id, label: titleOf(one) })) }] : []),
    { group: t("waysToEnd"), items: endings },
  ];
  const change = (next: typeof branches): void => put({ ...question, branches: next.length === 0 ? undefined : next });
  const likely = subjects.findLast(({ kind }) => kind === "question");
  return (
    <div className={classes.rule} role="group" aria-label={t("branches")}>
      <span className={classes.label}>{t("branches")}</span>
      {branches.length === 0 && <p className="quiet">{t("noBranches")}</p>}
      {branches.map((branch, index) => (
        <div key={index} className={classes.branch}>
          <div className={classes.branchTarget}>
            <Select label={t("goTo")} value={branch.to} allowDeselect={false} data={targets} placeholder={t("branchGone")}
              error={targets.some(({ items }) => items.some(({ value }) => value === branch.to)) ? null : t("branchGone")}
              onChange={(to) => to !== null && change(branches.with(index, { ...branch, to }))} />
            <ActionIcon variant="subtle" color="gray" size={30} aria-label={t("removeBranch", { number: index + 1 })} onClick={() => change(branches.toSpliced(index, 1))}>
              <IconX size={14} aria-hidden />
            </ActionIcon>
          </div>
          <RuleEditor label={t("branchWhen")} whenNone={t("branchAlways")} subjects={subjects} rule={branch} onChange={(rule) => change(branches.with(index, { ...branch, ...rule }))} />
        </div>
      ))}
      {branches.length < 20 && (
        <Button variant="subtle" size="compact-sm" className={classes.start} leftSection={<IconGitBranch size={13} aria-hidden />}
          onClick={() => change([...branches, { to: "end", conditions: likely === undefined ? [] : [conditionOn(likely)] }])}>{t("addBranch")}</Button>
      )}
    </div>
  );
};

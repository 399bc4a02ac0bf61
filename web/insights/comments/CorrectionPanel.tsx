import { Button, Group, SegmentedControl, Select, Stack, Switch } from "@mantine/core";
import { useState } from "react";
import { notifyDone, notifyFailed } from "../../ui/notices.tsx";
import { SidePanel } from "../../ui/SidePanel.tsx";
import { useTexts } from "../../ui/texts.ts";
import { type Comment, type EmotionName, emotionNames, type NeedName, needNames, type Polarity, type SentimentName, sentimentNames, useCorrection } from "./comments.data.ts";
import { commentsTexts } from "./comments.texts.ts";
import { HighlightedText } from "./HighlightedText.tsx";

type CorrectionPanelProps = { comment: Comment | null; hidesPersonal: boolean; onClose: () => void };

/** Sets right what was read in a comment; only what was changed is sent. */
export const CorrectionPanel = ({ comment, hidesPersonal, onClose }: CorrectionPanelProps) => {
  const t = useTexts(commentsTexts);
  return (
    <SidePanel isOpen={comment !== null} onClose={onClose} title={t("correctOf")} width={480}>
      {comment && <CorrectionForm key={comment.id} comment={comment} hidesPersonal={hidesPersonal} onClose={onClose} />}
    </SidePanel>
  );
};

type Draft = { sentiment: SentimentName; emotion: EmotionName | null; needs: Partial<Record<NeedName, Polarity>>; isUrgent: boolean };

const CorrectionForm = ({ comment, hidesPersonal, onClose }: { comment: Comment; hidesPersonal: boolean; onClose: () => void }) => {
  const t = useTexts(commentsTexts);
  const [draft, setDraft] = useState<Draft>({ sentiment: comment.sentiment, emotion: comment.emotion, needs: comment.needs, isUrgent: comment.isUrgent });
  const correction = useCorrection(comment.id);
  const changes = changesOf(comment, draft);
  const save = (): void =>
    correction.mutate(changes, {
      onSuccess: () => {
        notifyDone(t("saved"));
        onClose();
      },
      onError: notifyFailed,
    });
  const setNeed = (need: NeedName, value: string): void => {
    const { [need]: _before, ...others } = draft.needs;
    const polarity = polarities.find((known) => known === value);
    setDraft({ ...draft, needs: polarity === undefined ? others : { ...others, [need]: polarity } });
  };
  return (
    <Stack gap="md">
      <HighlightedText comment={comment} only={undefined} hidesPersonal={hidesPersonal} />
      <Choice label={t("sentiment")} value={draft.sentiment} onChange={(value) => setDraft({ ...draft, sentiment: sentimentNames.find((name) => name === value) ?? draft.sentiment })} options={sentimentNames.map((name) => ({ value: name, label: t(name) }))} />
      {needNames.map((need) => (
        <Choice
          key={need}
          label={t(need)}
          value={draft.needs[need] ?? "none"}
          onChange={(value) => setNeed(need, value)}
          options={[{ value: "none", label: t("notSpokenOf") }, { value: "neg", label: t("unmet") }, { value: "pos", label: t("met") }, { value: "mix", label: t("mixed") }]}
        />
      ))}
      <Select label={t("emotion")} placeholder={t("noEmotion")} clearable clearButtonProps={{ "aria-label": t("noEmotion") }} value={draft.emotion} onChange={(value) => setDraft({ ...draft, emotion: emotionNames.find((name) => name === value) ?? null })} data={emotionNames.map((name) => ({ value: name, label: t(name) }))} comboboxProps={{ withinPortal: false }} />
      <Switch label={t("urgent")} checked={draft.isUrgent} onChange={(event) => setDraft({ ...draft, isUrgent: event.currentTarget.checked })} />
      <p className="quiet">{t("correctionHelp")}</p>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>{t("cancel")}</Button>
        <Button disabled={Object.keys(changes).length === 0} loading={correction.isPending} onClick={save}>{t("save")}</Button>
      </Group>
    </Stack>
  );
};

const polarities = ["pos", "neg", "mix"] as const satisfies readonly Polarity[];

type ChoiceProps = { label: string; value: string; onChange: (value: string) => void; options: readonly { value: string; label: string }[] };

const Choice = ({ label, value, onChange, options }: ChoiceProps) => (
  <div>
    <span className="choice-label" aria-hidden>{label}</span>
    <SegmentedControl size="xs" fullWidth aria-label={label} value={value} onChange={onChange} data={[...options]} />
  </div>
);

const changesOf = (comment: Comment, draft: Draft) => ({
  ...(draft.sentiment === comment.sentiment ? {} : { sentiment: draft.sentiment }),
  ...(draft.emotion === comment.emotion ? {} : { emotion: draft.emotion }),
  ...(needNames.every((need) => draft.needs[need] === comment.needs[need]) ? {} : { needs: draft.needs }),
  ...(draft.isUrgent === comment.isUrgent ? {} : { isUrgent: draft.isUrgent }),
});

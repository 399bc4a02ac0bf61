import { Button, Divider, Group, SegmentedControl, Select, Stack, Switch } from "@mantine/core";
import { type ReactNode, useState } from "react";
import type { Query } from "../../shell/api.ts";
import { useAbility } from "../../shell/session.data.ts";
import { languageName } from "../../ui/locale.ts";
import { notifyDone, notifyFailed, notifyUndo } from "../../ui/notices.tsx";
import { SidePanel } from "../../ui/SidePanel.tsx";
import { useTexts } from "../../ui/texts.ts";
import { useUnsaved } from "../../ui/unsaved.ts";
import { type Comment, type CorrectionBody, emotionNames, needNames, type Polarity, type ReadingPart, sentimentNames, useCorrection } from "./comments.data.ts";
import { commentsTexts } from "./comments.texts.ts";
import { CommentThemes } from "./CommentThemes.tsx";
import { CorrectionHistory } from "./CorrectionHistory.tsx";
import { changesOf, confirmationOf, type Draft, draftOf, isEmpty, partsThat, undoOf } from "./correction.ts";
import { HighlightedText } from "./HighlightedText.tsx";
import { undoOfMark } from "./marking.ts";
import { MarkWords } from "./MarkWords.tsx";
import { PartReading } from "./PartReading.tsx";

type CorrectionPanelProps = { comment: Comment | null; period: Query; hidesPersonal: boolean; onClose: () => void };

/** What was read in a comment, how sure and by which words; sets it right, confirms it or takes back what people set. Only what was changed is sent. */
export const CorrectionPanel = ({ comment, period, hidesPersonal, onClose }: CorrectionPanelProps) => {
  const t = useTexts(commentsTexts);
  return (
    <SidePanel isOpen={comment !== null} onClose={onClose} title={t("correctOf")} width={480}>
      {comment && (
        <>
          <CorrectionForm key={comment.id} comment={comment} hidesPersonal={hidesPersonal} onClose={onClose} />
          <Divider my="lg" />
          <PlacedCorrections key={`placed ${comment.id}`} comment={comment} period={period} hidesPersonal={hidesPersonal} />
        </>
      )}
    </SidePanel>
  );
};

/** What is set at once and by itself: themes, words, and taking back. */
const PlacedCorrections = ({ comment, period, hidesPersonal }: { comment: Comment; period: Query; hidesPersonal: boolean }) => {
  const t = useTexts(commentsTexts);
  const correction = useCorrection(comment.id);
  const maySeePersonal = useAbility("customers.read");
  const isBusy = correction.isPending;
  const send = (body: CorrectionBody, undo: CorrectionBody | null, message: string): void =>
    correction.mutate(body, { onSuccess: () => { if (undo === null) notifyDone(message); else notifyUndo(message, () => correction.mutateAsync(undo)); }, onError: notifyFailed });
  return (
    <Stack gap="md">
      <CommentThemes
        comment={comment}
        period={period}
        isBusy={isBusy}
        onSet={(theme) => send({ themes: [theme] }, comment.themes.some(({ id, isSet }) => id === theme.id && isSet) ? { themes: [{ id: theme.id, isSet: true }] } : { themesAsRead: [theme.id] }, t("saved"))}
      />
      {maySeePersonal && <MarkWords comment={comment} hidesPersonal={hidesPersonal} isBusy={isBusy} onMark={(mark) => send({ marks: [mark] }, undoOfMark(comment, mark), t(mark.kind === null ? "freed" : "marked"))} />}
      <CorrectionHistory comment={comment} hidesPersonal={hidesPersonal} isBusy={isBusy} onTakeBack={(back, again) => send(back, again, t("takenBack"))} />
    </Stack>
  );
};

const CorrectionForm = ({ comment, hidesPersonal, onClose }: { comment: Comment; hidesPersonal: boolean; onClose: () => void }) => {
  const t = useTexts(commentsTexts);
  // What stood when it was opened: what others set meanwhile is none of this member's changes.
  const [opened] = useState(comment);
  const [draft, setDraft] = useState<Draft>(() => draftOf(opened));
  const correction = useCorrection(comment.id);
  const changes = changesOf(opened, draft);
  const hasChanges = !isEmpty(changes);
  useUnsaved(hasChanges);
  const send = (body: CorrectionBody, message: string): void =>
    correction.mutate(body, {
      onSuccess: () => {
        notifyUndo(message, () => correction.mutateAsync(undoOf(opened, body)));
        onClose();
      },
      onError: notifyFailed,
    });
  const changed = partsThat(opened, draft, (isSame) => !isSame);
  const read = (part: ReadingPart, control: ReactNode): ReactNode => (
    <PartReading key={part} part={part} comment={comment} hidesPersonal={hidesPersonal} wasRead={changed.includes(part) ? valueOf(opened, part) : null} onTakeBack={() => send({ asRead: [part] }, t("takenBack"))} isBusy={correction.isPending}>
      {control}
    </PartReading>
  );
  return (
    <Stack gap="md">
      <div>
        {comment.question !== null && <p className="comment-question" dir="auto">{comment.question}</p>}
        <HighlightedText comment={comment} only={undefined} hidesPersonal={hidesPersonal} />
      </div>
      {read("sentiment", <Choice label={t("sentiment")} value={draft.sentiment} onChange={(value) => setDraft({ ...draft, sentiment: sentimentNames.find((name) => name === value) ?? draft.sentiment })} options={sentimentNames.map((name) => ({ value: name, label: t(name) }))} />)}
      {needNames.map((need) =>
        read(
          need,
          <Choice
            label={t(need)}
            value={draft.needs[need] ?? "none"}
            onChange={(value) => setDraft({ ...draft, needs: { ...draft.needs, [need]: polarities.find((known) => known === value) ?? null } })}
            options={[{ value: "none", label: t("notSpokenOf") }, { value: "neg", label: t("unmet") }, { value: "pos", label: t("met") }, { value: "mix", label: t("mixed") }]}
          />,
        ),
      )}
      {read("emotion", <Select label={t("emotion")} placeholder={t("noEmotion")} clearable clearButtonProps={{ "aria-label": t("noEmotion") }} value={draft.emotion} onChange={(value) => setDraft({ ...draft, emotion: emotionNames.find((name) => name === value) ?? null })} data={emotionNames.map((name) => ({ value: name, label: t(name) }))} comboboxProps={{ withinPortal: false }} />)}
      {read("urgent", <Switch label={t("urgent")} checked={draft.isUrgent} onChange={(event) => setDraft({ ...draft, isUrgent: event.currentTarget.checked })} />)}
      {read("language", <Select label={t("language")} placeholder={t("noLanguage")} searchable clearable clearButtonProps={{ "aria-label": t("noLanguage") }} value={draft.language} onChange={(value) => setDraft({ ...draft, language: value })} data={languagesWith(draft.language)} comboboxProps={{ withinPortal: false }} />)}
      <p className="quiet">{t("correctionHelp")}</p>
      {comment.asked !== null && comment.question !== null && <p className="quiet">{t("readAsAnswer", { question: comment.question })}</p>}
      <p className="quiet">{t("readBy", { version: comment.modelVersion })}</p>
      <Group justify="space-between">
        <Button variant="subtle" disabled={hasChanges} loading={correction.isPending && !hasChanges} onClick={() => send(confirmationOf(opened), t("confirmed"))}>{t("confirm")}</Button>
        <Group>
          <Button variant="default" onClick={onClose}>{t("cancel")}</Button>
          <Button disabled={!hasChanges} loading={correction.isPending && hasChanges} onClick={() => send(changes, t("saved"))}>{t("save")}</Button>
        </Group>
      </Group>
    </Stack>
  );
};

const valueOf = (comment: Comment, part: ReadingPart): string => {
  const say = commentsTexts.say;
  switch (part) {
    case "sentiment": return say(comment.sentiment);
    case "emotion": return comment.emotion === null ? say("noEmotion") : say(comment.emotion);
    case "urgent": return say(comment.isUrgent ? "yes" : "no");
    case "language": return comment.language === null ? say("noLanguage") : languageName(comment.language);
    default: return say(needWords[comment.needs[part] ?? "none"]);
  }
};
const needWords = { none: "notSpokenOf", neg: "unmet", pos: "met", mix: "mixed" } as const;

const polarities = ["pos", "neg", "mix"] as const satisfies readonly Polarity[];

// Those the model tells apart, and others that comments are often in.
const languages = ["ar", "bg", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "he", "hi", "hr", "hu", "id", "it", "ja", "ko", "lt", "lv", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "th", "tr", "uk", "ur", "vi", "zh"];
const languagesWith = (own: string | null): { value: string; label: string }[] =>
  [...new Set([...languages, ...(own === null ? [] : [own])])].map((tag) => ({ value: tag, label: languageName(tag) })).toSorted((one, other) => one.label.localeCompare(other.label));

type ChoiceProps = { label: string; value: string; onChange: (value: string) => void; options: readonly { value: string; label: string }[] };

const Choice = ({ label, value, onChange, options }: ChoiceProps) => (
  <div>
    <span className="choice-label" aria-hidden>{label}</span>
    <SegmentedControl size="xs" fullWidth aria-label={label} value={value} onChange={onChange} data={[...options]} />
  </div>
);

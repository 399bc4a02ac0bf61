import { Button, Group, SegmentedControl, Select, Stack } from "@mantine/core";
import { useState } from "react";
import { messageOf } from "../../ui/ErrorState.tsx";
import { useTexts } from "../../ui/texts.ts";
import { AnswerField } from "./AnswerField.tsx";
import { answerTrial, beginTrial, type DialogueChannel, type DialogueReply, type GivenAnswer } from "./dialogues.data.ts";
import { dialoguesTexts } from "./dialogues.texts.ts";
import classes from "./TryDialogue.module.css";

type Line = { by: "survey" | "person"; words: string };
type Talk = { id: string; lines: Line[]; now: DialogueReply };

/** A survey tried out as later asked by chat or voice. */
export const TryDialogue = ({ surveyId, languages }: { surveyId: string; languages: readonly string[] }) => {
  const t = useTexts(dialoguesTexts);
  const [channel, setChannel] = useState<DialogueChannel>("chat");
  const [language, setLanguage] = useState(languages[0] ?? "en");
  const [talk, setTalk] = useState<Talk | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const run = async (work: () => Promise<Talk>): Promise<void> => {
    setBusy(true);
    setFailure(null);
    try {
      setTalk(await work());
    } catch (refusal) {
      setFailure(refusal);
    } finally {
      setBusy(false);
    }
  };
  const begin = async (): Promise<Talk> => {
    const { dialogueId, turn } = await beginTrial(surveyId, channel, language);
    return { id: dialogueId, lines: [{ by: "survey", words: turn.say }], now: { turn } };
  };
  const answer = async ({ id, lines }: Talk, given: GivenAnswer): Promise<Talk> => {
    const now = await answerTrial(id, given);
    return { id, now, lines: [...lines, { by: "person", words: Object.values(given).join("") }, { by: "survey", words: "turn" in now ? now.turn.say : now.say }] };
  };
  return (
    <Stack gap="md">
      <p className="dialog-body">{t("about")}</p>
      <Group gap="sm" align="flex-end">
        <SegmentedControl aria-label={t("channel")} value={channel} data={(["chat", "phone"] as const).map((value) => ({ value, label: t(value) }))} onChange={(value) => setChannel(value === "phone" ? "phone" : "chat")} />
        {languages.length > 1 && <Select aria-label={t("language")} w={90} allowDeselect={false} data={[...languages]} value={language} onChange={(value) => setLanguage(value ?? language)} />}
        <Button variant={talk === null ? "filled" : "default"} size="sm" loading={isBusy && talk === null} onClick={() => void run(begin)}>{t(talk === null ? "begin" : "beginAgain")}</Button>
      </Group>
      {talk !== null && (
        <ol className={classes.talk} aria-label={t("talk")} aria-live="polite">
          {talk.lines.map(({ by, words }, index) => (
            <li key={index} className={classes[by]}><span className="sr-only">{t(by === "survey" ? "said" : "answered")}: </span>{words}</li>
          ))}
        </ol>
      )}
      {failure !== null && <p className="form-failure" role="alert">{messageOf(failure)}</p>}
      {talk !== null && "turn" in talk.now && <AnswerField key={talk.lines.length} turn={talk.now.turn} isBusy={isBusy} onGive={(given) => void run(() => answer(talk, given))} />}
      {talk !== null && "ended" in talk.now && <p className="quiet" role="status">{t(talk.now.ended)}</p>}
    </Stack>
  );
};

import { Button, Group, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTexts } from "../../ui/texts.ts";
import type { DialogueTurn, GivenAnswer } from "./dialogues.data.ts";
import { dialoguesTexts } from "./dialogues.texts.ts";

const PAD = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"];

/** How one turn is answered: words, options or the keys of a phone. */
export const AnswerField = ({ turn, isBusy, onGive }: { turn: DialogueTurn; isBusy: boolean; onGive: (given: GivenAnswer) => void }) => {
  const t = useTexts(dialoguesTexts);
  const [words, setWords] = useState("");
  const isKeys = turn.input === "keys";
  const given = (text: string): GivenAnswer => (isKeys ? { keys: text } : turn.input === "voice" ? { voice: text } : { text });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (words.trim() !== "") onGive(given(words));
  };
  const press = (key: string): void => {
    if (key === "#") onGive(given(words));
    else setWords((before) => before + key);
  };
  return (
    <form onSubmit={submit}>
      {turn.options !== undefined && (
        <Group gap={6} mb="xs">
          {turn.options.map(({ key, label }) => <Button key={key} size="compact-sm" variant="default" disabled={isBusy} onClick={() => onGive({ text: label })}>{label}</Button>)}
        </Group>
      )}
      <Group gap="xs" align="flex-end">
        <TextInput flex={1} label={t(isKeys ? "keys" : turn.input === "voice" ? "spoken" : "answer")} description={isKeys ? t("keysHint") : undefined} autoFocus maxLength={isKeys ? 20 : 4000} value={words}
          onChange={(event) => setWords(event.currentTarget.value)} />
        <Button type="submit" size="sm" loading={isBusy}>{t("send")}</Button>
      </Group>
      {isKeys && <Group gap={4} mt="xs" w={150}>{PAD.map((key) => <Button key={key} w={44} variant="default" size="sm" disabled={isBusy} onClick={() => press(key)}>{key}</Button>)}</Group>}
    </form>
  );
};

import { Button, Group, Select, Textarea } from "@mantine/core";
import { type SyntheticEvent, useState } from "react";
import { useTexts } from "../../ui/texts.ts";
import { type Comment, type Mark, namedKinds } from "./comments.data.ts";
import { commentsTexts } from "./comments.texts.ts";
import { chosenWords, markOf, personalKinds, textToMark, wordsAt } from "./marking.ts";

type MarkWordsProps = { comment: Comment; hidesPersonal: boolean; isBusy: boolean; onMark: (mark: Mark) => void };

/** What a comment names and which personal data is in it: each can be of another kind or none, and words that were missed are chosen and marked. */
export const MarkWords = ({ comment, hidesPersonal, isBusy, onMark }: MarkWordsProps) => {
  const t = useTexts(commentsTexts);
  const { mentions, personalData } = comment;
  const rows = [...mentions.map((one) => ({ about: "mentions" as const, ...one })), ...personalData.map((one) => ({ about: "personalData" as const, ...one }))];
  return (
    <section aria-label={t("markTitle")}>
      <span className="choice-label">{t("markTitle")}</span>
      {rows.length > 0 && (
        <ul className="marked-words">
          {rows.map(({ about, kind, from, to }) => (
            <MarkedRow key={`${about} ${from}`} words={wordsAt(comment, { from, to }, hidesPersonal)} about={about} kind={kind} isBusy={isBusy} onKind={(chosen) => { const mark = markOf(about, chosen, { from, to }); if (mark !== null) onMark(mark); }} />
          ))}
        </ul>
      )}
      <ChooseWords comment={comment} hidesPersonal={hidesPersonal} isBusy={isBusy} onMark={onMark} />
    </section>
  );
};

type MarkedRowProps = { words: string | null; about: "mentions" | "personalData"; kind: string; isBusy: boolean; onKind: (kind: string | null) => void };

const MarkedRow = ({ words, about, kind, isBusy, onKind }: MarkedRowProps) => {
  const t = useTexts(commentsTexts);
  const called = words ?? t("markHidden");
  const isPersonal = about === "personalData";
  return (
    <li>
      <span className="marked-word" dir="auto">{called}</span>
      <Select size="xs" w={130} aria-label={t("markKindOf", { words: called })} placeholder={isPersonal ? t("personal_unread") : undefined} allowDeselect={false} disabled={isBusy} value={kind} data={isPersonal ? personalKinds.map((name) => ({ value: name, label: t(`personal_${name}`) })) : namedKinds.map((name) => ({ value: name, label: t(name) }))} onChange={(chosen) => { if (chosen !== null && chosen !== kind) onKind(chosen); }} comboboxProps={{ withinPortal: false }} />
      <Button variant="subtle" size="compact-xs" disabled={isBusy} onClick={() => onKind(null)} aria-label={t(isPersonal ? "notPersonalOf" : "notNamedOf", { words: called })}>
        {t(isPersonal ? "notPersonal" : "notNamed")}
      </Button>
    </li>
  );
};

// Browsers let nobody move through a field with the keyboard that is said to be read only. This one takes no change instead.
const refuse = (event: Event): void => event.preventDefault();
const keepAsIs = (field: HTMLTextAreaElement | null): void => field?.addEventListener("beforeinput", refuse);
const changeNothing = (): void => undefined;

/** A field and not marks in the text itself: words are chosen in it by mouse, finger, keyboard and screen reader alike. */
const ChooseWords = ({ comment, hidesPersonal, isBusy, onMark }: MarkWordsProps) => {
  const t = useTexts(commentsTexts);
  const [chosen, choose] = useState<{ from: number; to: number } | null>(null);
  const [sort, setSort] = useState<string | null>(null);
  const look = ({ currentTarget: { selectionStart, selectionEnd } }: SyntheticEvent<HTMLTextAreaElement>): void => choose(chosenWords(comment.text, { from: selectionStart, to: selectionEnd }));
  const [about, kind] = sort?.split(":") ?? [];
  const mark = chosen === null || about === undefined || kind === undefined ? null : markOf(about, kind, chosen);
  const said = chosen === null ? t("markNone") : t("markChosen", { words: wordsAt(comment, chosen, hidesPersonal) ?? t("markHidden") });
  return (
    <>
      <Textarea label={t("markChoose")} description={said} inputWrapperOrder={["label", "input", "description"]} descriptionProps={{ "aria-live": "polite" }} ref={keepAsIs} aria-readonly inputMode="none" onChange={changeNothing} autosize minRows={2} maxRows={7} dir="auto" value={textToMark(comment, hidesPersonal)} onSelect={look} />
      <Group gap="xs" mt={6}>
        <Select
          size="xs"
          aria-label={t("markAs")}
          placeholder={t("markAs")}
          value={sort}
          onChange={setSort}
          data={[
            { group: t("markNames"), items: namedKinds.map((name) => ({ value: `mentions:${name}`, label: t(name) })) },
            { group: t("personalTitle"), items: personalKinds.map((name) => ({ value: `personalData:${name}`, label: t(`personal_${name}`) })) },
          ]}
          comboboxProps={{ withinPortal: false }}
        />
        <Button variant="default" size="xs" disabled={mark === null || isBusy} onClick={() => { if (mark !== null) onMark(mark); }}>{t("mark")}</Button>
      </Group>
    </>
  );
};

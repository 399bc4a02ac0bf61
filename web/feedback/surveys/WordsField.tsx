import type { LocalText } from "@firsthand/server/feedback/surveys/definition.contract";
import { isRightToLeft } from "@firsthand/server/feedback/surveys/local-text.rules";
import { Textarea } from "@mantine/core";
import { useRef } from "react";
import classes from "./Builder.module.css";
import { useDraft } from "./draft-context.ts";
import { withWords } from "./draft.rules.ts";
import { InsertMenu } from "./InsertMenu.tsx";

type WordsFieldProps = {
  label: string;
  text: LocalText | undefined;
  onChange: (text: LocalText) => void;
  /** Shown while nothing is written, when no other language says anything either. */
  placeholder?: string | undefined;
  help?: string;
  /** Offers places to fill in: earlier answers and what is known about the customer. */
  canInsert?: boolean;
  isLabelHidden?: boolean;
  isFirst?: boolean;
};

/** Words of one text in the language now edited; where they are missing, those of the first language show faintly. */
export const WordsField = ({ label, text, onChange, placeholder, help, canInsert = false, isLabelHidden = false, isFirst = false }: WordsFieldProps) => {
  const { language, definition, say } = useDraft();
  const field = useRef<HTMLTextAreaElement>(null);
  const words = text?.[language] ?? "";
  const write = (next: string): void => onChange(withWords(text, language, next));
  const insert = (place: string): void => {
    const at = field.current?.selectionStart ?? words.length;
    write(`${words.slice(0, at)}{{${place}}}${words.slice(field.current?.selectionEnd ?? at)}`);
    field.current?.focus();
  };
  return (
    <div className={classes.words}>
      <Textarea ref={field} {...(isLabelHidden ? { "aria-label": label } : { label })} description={help} autosize minRows={1} maxRows={8} maxLength={2_000}
        dir={isRightToLeft(language) ? "rtl" : "ltr"} lang={language} value={words} placeholder={(language === definition.languages[0] ? "" : say(text)) || placeholder || ""}
        {...(isFirst ? { "data-first-field": true } : {})}
        onChange={(event) => write(event.currentTarget.value)} />
      {canInsert && <InsertMenu onInsert={insert} />}
    </div>
  );
};

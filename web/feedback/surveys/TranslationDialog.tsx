import { Button, FileButton, Group, Modal, Select, Switch, Textarea } from "@mantine/core";
import { isRightToLeft } from "@firsthand/server/feedback/surveys/local-text.rules";
import { useState } from "react";
import { saveFile } from "../../shell/save-file.ts";
import { useTexts } from "../../ui/texts.ts";
import classes from "./Builder.module.css";
import { builderTexts } from "./builder.texts.ts";
import { useDraft } from "./draft-context.ts";
import { readTranslations, translationsAsCsv, translationsAsJson } from "./translation-file.rules.ts";
import { listTexts, withTranslation, withTranslations } from "./translations.rules.ts";

/** The survey's texts side by side in two languages; files carry all languages to a translator and back. */
export const TranslationDialog = ({ isOpen, onClose, nameOf }: { isOpen: boolean; onClose: () => void; nameOf: (tag: string) => string }) => {
  const t = useTexts(builderTexts);
  const { definition, change, name, mayWrite } = useDraft();
  const { languages: [first = "en", ...others] } = definition;
  const [chosen, setChosen] = useState<string | null>(null);
  const [isOnlyMissing, setOnlyMissing] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  const language = chosen !== null && others.includes(chosen) ? chosen : (others[0] ?? first);
  const texts = listTexts(definition);
  const isMissing = (text: Readonly<Record<string, string>>): boolean => (text[first] ?? "").trim() !== "" && (text[language] ?? "").trim() === "";
  const [kept, setKept] = useState<ReadonlySet<string>>(new Set());
  // A line stays while it is being filled in, though it is not missing any more.
  const shown = texts.filter(({ text, key }) => !isOnlyMissing || isMissing(text) || kept.has(key));
  const load = async (file: File | null): Promise<void> => {
    if (file === null) return;
    const read = readTranslations(await file.text());
    if (!read.ok) return setSaid(t(`translations_${read.problem}`));
    const next = withTranslations(definition, read.words);
    if (next.changed > 0) change(next.definition);
    setSaid([t("translationsRead", { count: next.changed }), ...(next.unknown.length > 0 ? [t("translationsUnknown", { count: next.unknown.length, keys: next.unknown.slice(0, 5).join(", ") })] : [])].join(" "));
  };
  return (
    <Modal opened={isOpen} onClose={onClose} title={t("translate")} size="min(1100px, 96vw)">
      <Group gap="sm" align="flex-end" mb="sm">
        <Select label={t("translateInto")} value={language} allowDeselect={false} data={others.map((tag) => ({ value: tag, label: nameOf(tag) }))} onChange={setChosen} />
        <Switch label={t("onlyMissing")} checked={isOnlyMissing} onChange={(event) => { setOnlyMissing(event.currentTarget.checked); setKept(new Set()); }} />
        <span className={classes.push} />
        <Button variant="default" onClick={() => saveFile(`${name}.translations.csv`, new Blob([`\uFEFF${translationsAsCsv(texts, definition.languages)}`], { type: "text/csv" }))}>{t("saveCsv")}</Button>
        <Button variant="default" onClick={() => saveFile(`${name}.translations.json`, new Blob([translationsAsJson(texts, definition.languages)], { type: "application/json" }))}>{t("saveJson")}</Button>
        {mayWrite && <FileButton accept=".csv,.json,text/csv,application/json" onChange={(file) => void load(file)}>{(props) => <Button {...props} variant="default">{t("readFile")}</Button>}</FileButton>}
      </Group>
      {said !== null && <p role="status">{said}</p>}
      <div className={classes.translationScroll} tabIndex={0} role="region" aria-label={t("translate")}>
        <table className={classes.translations}>
          <thead><tr><th scope="col">{nameOf(first)}</th><th scope="col">{nameOf(language)}</th></tr></thead>
          <tbody>
            {shown.map(({ key, text }) => (
              <tr key={key} data-missing={isMissing(text)}>
                <th scope="row"><span lang={first} dir={isRightToLeft(first) ? "rtl" : "ltr"}>{text[first] ?? ""}</span><code>{key}</code></th>
                <td>
                  <Textarea autosize minRows={1} maxLength={2_000} lang={language} dir={isRightToLeft(language) ? "rtl" : "ltr"} disabled={!mayWrite}
                    aria-label={t("translationOf", { text: text[first] ?? key })} placeholder={isMissing(text) ? t("notTranslated") : ""} value={text[language] ?? ""}
                    onChange={(event) => { setKept(new Set([...kept, key])); change(withTranslation(definition, key, language, event.currentTarget.value)); }} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {shown.length === 0 && <p className="quiet">{t("allTranslated")}</p>}
      </div>
    </Modal>
  );
};

import { Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { Form } from "../../ui/Form.tsx";
import { notifyDone } from "../../ui/notices.tsx";
import { SidePanel } from "../../ui/SidePanel.tsx";
import { useTexts } from "../../ui/texts.ts";
import type { ThemeWork } from "./themes.data.ts";
import { themesTexts } from "./themes.texts.ts";

type NewThemePanelProps = { isOpen: boolean; work: ThemeWork; onClose: () => void };

/** Makes a theme of words. */
export const NewThemePanel = ({ isOpen, work, onClose }: NewThemePanelProps) => {
  const t = useTexts(themesTexts);
  return (
    <SidePanel isOpen={isOpen} onClose={onClose} title={t("makeTitle")}>
      {isOpen && <NewThemeForm work={work} onClose={onClose} />}
    </SidePanel>
  );
};

const NewThemeForm = ({ work, onClose }: Omit<NewThemePanelProps, "isOpen">) => {
  const t = useTexts(themesTexts);
  const [name, setName] = useState("");
  const [words, setWords] = useState("");
  const [isChecked, setChecked] = useState(false);
  const list = words.split(/[\n,;]/u).map((word) => word.trim()).filter((word) => word !== "");
  const make = async (): Promise<void> => {
    await work.make.mutateAsync({ name: name.trim(), words: list });
    notifyDone(t("made"));
    onClose();
  };
  const check = (): boolean => {
    setChecked(true);
    return name.trim() !== "" && list.length > 0;
  };
  return (
    <Form submitLabel={t("save")} onSubmit={make} check={check}>
      <p className="quiet">{t("makeHelp")}</p>
      <TextInput label={t("name")} value={name} maxLength={80} data-autofocus onChange={(event) => setName(event.currentTarget.value)} error={isChecked && name.trim() === "" ? t("nameMissing") : null} />
      <Textarea label={t("words")} description={t("wordsHelp")} autosize minRows={4} maxRows={12} value={words} onChange={(event) => setWords(event.currentTarget.value)} error={isChecked && list.length === 0 ? t("wordsMissing") : null} />
    </Form>
  );
};

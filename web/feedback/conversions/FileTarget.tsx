import { Loader } from "@mantine/core";
import { useState } from "react";
import { FileDropArea } from "../../ui/FileDropArea.tsx";
import { useTexts } from "../../ui/texts.ts";
import { conversionsTexts } from "./conversions.texts.ts";

type FileTargetProps = { title: string; body: string; onFile: (file: File) => Promise<void> };

/** Takes a file and hands it on; shows what is being read and why it was refused. */
export const FileTarget = ({ title, body, onFile }: FileTargetProps) => {
  const t = useTexts(conversionsTexts);
  const [busyWith, setBusyWith] = useState<string | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const take = async (file: File): Promise<void> => {
    if (busyWith !== null) return;
    setBusyWith(file.name);
    setFailure(null);
    try {
      await onFile(file);
    } catch (refusal) {
      setFailure(refusal);
    } finally {
      setBusyWith(null);
    }
  };
  return (
    <FileDropArea title={title} body={body} chooseLabel={t("chooseFile")} failure={failure} onFile={(file) => void take(file)}
      progress={busyWith === null ? null : <p role="status"><Loader size={14} /> {t("reading", { name: busyWith })}</p>} />
  );
};

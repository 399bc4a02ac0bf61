import { Button, Loader } from "@mantine/core";
import { IconFileUpload } from "@tabler/icons-react";
import { type DragEvent, useId, useRef, useState } from "react";
import { messageOf } from "../../ui/ErrorState.tsx";
import { useTexts } from "../../ui/texts.ts";
import styles from "./Conversions.module.css";
import { conversionsTexts } from "./conversions.texts.ts";

type FileTargetProps = { title: string; body: string; onFile: (file: File) => Promise<void> };

/** Takes a file by dropping or choosing and hands it on; shows what is being read and why it was refused. */
export const FileTarget = ({ title, body, onFile }: FileTargetProps) => {
  const t = useTexts(conversionsTexts);
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const [busyWith, setBusyWith] = useState<string | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const take = async (file: File | undefined): Promise<void> => {
    if (file === undefined || busyWith !== null) return;
    setBusyWith(file.name);
    setFailure(null);
    try {
      await onFile(file);
    } catch (refusal) {
      setFailure(refusal);
    } finally {
      setBusyWith(null);
      // The same file, mended, must be choosable again.
      if (input.current !== null) input.current.value = "";
    }
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    void take(event.dataTransfer.files[0]);
  };
  const over = (event: DragEvent): void => {
    event.preventDefault();
    setOver(true);
  };
  return (
    <section className={`${styles.drop} ${isOver ? styles.dropping : ""}`} onDrop={drop} onDragOver={over} onDragLeave={() => setOver(false)} aria-labelledby={id}>
      <IconFileUpload size={28} stroke={1.5} aria-hidden />
      <h2 id={id}>{title}</h2>
      <p>{body}</p>
      {failure !== null && <p className="form-failure" role="alert">{messageOf(failure)}</p>}
      {busyWith === null ? (
        <Button size="sm" onClick={() => input.current?.click()}>{t("chooseFile")}</Button>
      ) : (
        <p role="status"><Loader size={14} /> {t("reading", { name: busyWith })}</p>
      )}
      <input ref={input} type="file" hidden aria-label={t("chooseFile")} onChange={(event) => void take(event.currentTarget.files?.[0])} />
    </section>
  );
};

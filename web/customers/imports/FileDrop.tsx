import { Button, Loader } from "@mantine/core";
import { IconFileUpload } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { type DragEvent, useRef, useState } from "react";
import { messageOf } from "../../ui/ErrorState.tsx";
import { useTexts } from "../../ui/texts.ts";
import { uploadFile } from "./imports.data.ts";
import { importsTexts } from "./imports.texts.ts";
import styles from "./Imports.module.css";

/** Takes a file by dropping or choosing, uploads it and opens what it is. */
export const FileDrop = () => {
  const t = useTexts(importsTexts);
  const navigate = useNavigate();
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const [busyWith, setBusyWith] = useState<string | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const take = async (file: File | undefined): Promise<void> => {
    if (file === undefined || busyWith !== null) return;
    setBusyWith(file.name);
    setFailure(null);
    try {
      const { id } = await uploadFile(file);
      await navigate({ to: "/imports/$importId", params: { importId: id } });
    } catch (refusal) {
      setFailure(refusal);
    } finally {
      setBusyWith(null);
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
    <section className={`${styles.drop} ${isOver ? styles.dropping : ""}`} onDrop={drop} onDragOver={over} onDragLeave={() => setOver(false)} aria-labelledby="drop-title">
      <IconFileUpload size={28} stroke={1.5} aria-hidden />
      <h2 id="drop-title">{t("drop")}</h2>
      <p>{t("dropBody")}</p>
      {failure !== null && <p className="form-failure" role="alert">{messageOf(failure)}</p>}
      {busyWith === null ? (
        <Button size="sm" onClick={() => input.current?.click()}>{t("chooseFile")}</Button>
      ) : (
        <p role="status"><Loader size={14} /> {t("uploading", { name: busyWith })}</p>
      )}
      <input ref={input} type="file" hidden aria-label={t("chooseFile")} onChange={(event) => void take(event.currentTarget.files?.[0])} />
    </section>
  );
};

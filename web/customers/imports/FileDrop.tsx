import { Button } from "@mantine/core";
import { IconFileUpload } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { type DragEvent, useRef, useState } from "react";
import { messageOf } from "../../ui/ErrorState.tsx";
import { notifyDone } from "../../ui/notices.tsx";
import { formatBytes } from "../../ui/numbers.ts";
import { ProgressBar } from "../../ui/ProgressBar.tsx";
import { useTexts } from "../../ui/texts.ts";
import { uploadFile } from "./imports.data.ts";
import { importsTexts } from "./imports.texts.ts";
import styles from "./Imports.module.css";

type Upload = { name: string; sizeBytes: number; sentBytes: number; cancel: () => void };

/** Takes a file by dropping or choosing, uploads it and opens what it is. */
export const FileDrop = () => {
  const t = useTexts(importsTexts);
  const navigate = useNavigate();
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const [upload, setUpload] = useState<Upload | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const take = async (file: File | undefined): Promise<void> => {
    if (file === undefined || upload !== null) return;
    const { name, size: sizeBytes } = file;
    const stop = new AbortController();
    const show = (sentBytes: number): void => setUpload({ name, sizeBytes, sentBytes, cancel: () => stop.abort() });
    show(0);
    setFailure(null);
    try {
      const { id } = await uploadFile(file, { signal: stop.signal, onProgress: show });
      await navigate({ to: "/imports/$importId", params: { importId: id } });
    } catch (refusal) {
      if (stop.signal.aborted) notifyDone(t("uploadCancelled", { name }));
      else setFailure(refusal);
    } finally {
      setUpload(null);
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
  // Emptied, so that the same file can be chosen again after it was mended.
  const choose = (chosen: HTMLInputElement): void => {
    void take(chosen.files?.[0]);
    chosen.value = "";
  };
  return (
    <section className={`${styles.drop} ${isOver ? styles.dropping : ""}`} onDrop={drop} onDragOver={over} onDragLeave={() => setOver(false)} aria-labelledby="drop-title">
      <IconFileUpload size={28} stroke={1.5} aria-hidden />
      <h2 id="drop-title">{t("drop")}</h2>
      <p>{t("dropBody")}</p>
      {failure !== null && <p className="form-failure" role="alert">{messageOf(failure)}</p>}
      {upload === null ? <Button size="sm" onClick={() => input.current?.click()}>{t("chooseFile")}</Button> : <UploadBar upload={upload} />}
      <input ref={input} type="file" hidden aria-label={t("chooseFile")} onChange={(event) => choose(event.currentTarget)} />
    </section>
  );
};

const UploadBar = ({ upload: { name, sizeBytes, sentBytes, cancel } }: { upload: Upload }) => {
  const t = useTexts(importsTexts);
  const isSent = sentBytes >= sizeBytes;
  const size = formatBytes(sizeBytes);
  return (
    <div className={styles.upload}>
      <ProgressBar
        label={t(isSent ? "inspecting" : "uploading", { name })}
        done={Math.min(sentBytes, sizeBytes)}
        of={sizeBytes}
        note={isSent ? t("sentAll", { size }) : t("sentOf", { sent: formatBytes(sentBytes), size })}
      />
      <Button variant="default" size="xs" onClick={cancel}>{t("cancelUpload")}</Button>
      <p className="sr-only" role="status">{t(isSent ? "inspecting" : "uploading", { name })}</p>
    </div>
  );
};

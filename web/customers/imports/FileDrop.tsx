import { Button } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { FileDropArea } from "../../ui/FileDropArea.tsx";
import { notifyDone } from "../../ui/notices.tsx";
import { formatBytes } from "../../ui/numbers.ts";
import { ProgressBar } from "../../ui/ProgressBar.tsx";
import { useTexts } from "../../ui/texts.ts";
import { uploadFile } from "./imports.data.ts";
import { importsTexts } from "./imports.texts.ts";
import styles from "./Imports.module.css";

type Upload = { name: string; sizeBytes: number; sentBytes: number; cancel: () => void };

/** Takes a file, uploads it and opens what it is. */
export const FileDrop = () => {
  const t = useTexts(importsTexts);
  const navigate = useNavigate();
  const [upload, setUpload] = useState<Upload | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const take = async (file: File): Promise<void> => {
    if (upload !== null) return;
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
  return (
    <FileDropArea title={t("drop")} body={t("dropBody")} chooseLabel={t("chooseFile")} failure={failure} onFile={(file) => void take(file)}
      progress={upload === null ? null : <UploadBar upload={upload} />} />
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

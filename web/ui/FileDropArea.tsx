import { Button } from "@mantine/core";
import { IconFileUpload } from "@tabler/icons-react";
import { type DragEvent, type ReactNode, useId, useRef, useState } from "react";
import { messageOf } from "./ErrorState.tsx";

type Props = {
  title: string;
  body: string;
  chooseLabel: string;
  /** Why the last file was not taken; null when there is nothing to say. */
  failure: unknown;
  /** Stands in place of the button while a file is being taken; null otherwise. */
  progress: ReactNode;
  onFile: (file: File) => void;
};

/** Takes a file by dropping or choosing. */
export const FileDropArea = ({ title, body, chooseLabel, failure, progress, onFile }: Props) => {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const take = (file: File | undefined): void => {
    if (file !== undefined) onFile(file);
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files[0]);
  };
  const over = (event: DragEvent): void => {
    event.preventDefault();
    setOver(true);
  };
  // Emptied, so that the same file can be chosen again after it was mended.
  const choose = (chosen: HTMLInputElement): void => {
    take(chosen.files?.[0]);
    chosen.value = "";
  };
  return (
    <section className={isOver ? "drop-area dropping" : "drop-area"} onDrop={drop} onDragOver={over} onDragLeave={() => setOver(false)} aria-labelledby={id}>
      <IconFileUpload size={28} stroke={1.5} aria-hidden />
      <h2 id={id}>{title}</h2>
      <p>{body}</p>
      {failure !== null && <p className="form-failure" role="alert">{messageOf(failure)}</p>}
      {progress ?? <Button size="sm" onClick={() => input.current?.click()}>{chooseLabel}</Button>}
      <input ref={input} type="file" hidden aria-label={chooseLabel} onChange={(event) => choose(event.currentTarget)} />
    </section>
  );
};

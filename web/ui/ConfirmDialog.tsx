import { Button, Group, Modal, TextInput } from "@mantine/core";
import { type ReactNode, use, useState } from "react";
import { messageOf } from "./ErrorState.tsx";
import { useTexts } from "./texts.ts";
import { uiTexts } from "./ui.texts.ts";
import { UnsavedContext, useQuestion } from "./unsaved.ts";

type ConfirmDialogProps = {
  isOpen: boolean;
  onClose: () => void;
  title: string;
  body: ReactNode;
  /** More than a sentence, under the text. */
  beside?: ReactNode;
  confirmLabel: string;
  /** The dialog stays open while this runs and shows its failure. */
  onConfirm: () => Promise<unknown>;
  isDangerous?: boolean;
  /** Must be typed before a thing that cannot be undone. */
  word?: string;
  /** What stands beside is still being read: nobody says yes before it is there. */
  isWaiting?: boolean;
};

export const ConfirmDialog = ({ isOpen, onClose, title, body, confirmLabel, onConfirm, isDangerous = false, isWaiting = false, word, beside }: ConfirmDialogProps) => {
  const t = useTexts(uiTexts);
  const [typed, setTyped] = useState("");
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const guard = use(UnsavedContext);
  useQuestion(isOpen);
  const close = (): void => {
    setFailure(null);
    onClose();
  };
  const confirm = async (): Promise<void> => {
    setBusy(true);
    setFailure(null);
    guard?.send(1);
    try {
      await onConfirm();
      onClose();
    } catch (refusal) {
      setFailure(refusal);
    } finally {
      guard?.send(-1);
      setBusy(false);
    }
  };
  return (
    <Modal opened={isOpen} onClose={close} title={title} size="sm">
      <p className="dialog-body">{body}</p>
      {beside}
      {word !== undefined && (
        <TextInput label={t("typeToConfirm", { word })} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} mb="md" data-autofocus />
      )}
      {failure !== null && (
        <p className="form-failure" role="alert">
          {messageOf(failure)}
        </p>
      )}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" size="sm" onClick={close}>
          {t("cancel")}
        </Button>
        <Button
          size="sm"
          color={isDangerous ? "var(--danger)" : undefined}
          loading={isBusy}
          disabled={isWaiting || (word !== undefined && typed !== word)}
          onClick={() => void confirm()}
        >
          {confirmLabel}
        </Button>
      </Group>
    </Modal>
  );
};

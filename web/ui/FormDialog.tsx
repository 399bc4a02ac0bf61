import { Modal } from "@mantine/core";
import type { ReactNode } from "react";
import { UnsavedContext, useUnsavedGuard } from "./unsaved.ts";
import { UnsavedQuestion } from "./UnsavedQuestion.tsx";

type FormDialogProps = { isOpen: boolean; onClose: () => void; title: ReactNode; children: ReactNode; size?: string };

/** A dialog that holds a form. Drafts in it that say so by `useUnsaved` are not lost unasked. */
export const FormDialog = ({ isOpen, onClose, title, children, size = "lg" }: FormDialogProps) => {
  const { guard, keys, close, isAsking, stay, leave } = useUnsavedGuard(isOpen, onClose);
  return (
    <UnsavedContext value={guard}>
      <Modal {...keys} opened={isOpen} onClose={close} title={title} size={size}>
        {children}
      </Modal>
      {isAsking && <UnsavedQuestion onStay={stay} onLeave={leave} />}
    </UnsavedContext>
  );
};

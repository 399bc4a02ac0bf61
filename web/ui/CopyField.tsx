import { Button } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useRef, useState } from "react";
import { useTexts } from "./texts.ts";
import { uiTexts } from "./ui.texts.ts";

/** A key, a link or a snippet to be taken away. */
export const CopyField = ({ value, label, isBlock = false }: { value: string; label: string; isBlock?: boolean }) => {
  const t = useTexts(uiTexts);
  const [isCopied, setCopied] = useState(false);
  const box = useRef<HTMLElement>(null);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(value);
      setCopied(true);
      setTimeout(() => setCopied(false), 2000);
    } catch {
      // Without https the browser refuses the clipboard: selecting lets the member press ⌘C.
      if (box.current) window.getSelection()?.selectAllChildren(box.current);
    }
  };
  return (
    <div className={`copy-field ${isBlock ? "copy-field-block" : ""}`}>
      {isBlock ? (
        <pre ref={(element) => void (box.current = element)} tabIndex={0} aria-label={label}>
          {value}
        </pre>
      ) : (
        <code ref={box} tabIndex={0} aria-label={label}>
          {value}
        </code>
      )}
      <Button
        variant="default"
        size="compact-sm"
        leftSection={isCopied ? <IconCheck size={14} /> : <IconCopy size={14} />}
        onClick={() => void copy()}
      >
        <span aria-live="polite">{isCopied ? t("copied") : t("copy")}</span>
      </Button>
    </div>
  );
};

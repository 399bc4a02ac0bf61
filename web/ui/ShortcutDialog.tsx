import { Kbd, Modal } from "@mantine/core";

export type Shortcut = { keys: readonly string[]; does: string };
type ShortcutDialogProps = {
  title: string;
  shortcuts: readonly Shortcut[];
  /** Said between keys that are pressed one after the other; else each of them does it. */
  then?: string;
  isOpen: boolean;
  onClose: () => void;
};

/** Keys, and what each does. */
export const ShortcutDialog = ({ title, shortcuts, then, isOpen, onClose }: ShortcutDialogProps) => (
  <Modal opened={isOpen} onClose={onClose} title={title} size="sm">
    <dl className="shortcut-list">
      {shortcuts.map(({ keys, does }) => (
        <div key={does + keys.join()}>
          <dt>{does}</dt>
          <dd>
            {keys.map((key, index) => (
              <span key={key}>
                {then !== undefined && index > 0 && <span className="quiet"> {then} </span>}
                <Kbd size="xs" ml={4}>{key}</Kbd>
              </span>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  </Modal>
);

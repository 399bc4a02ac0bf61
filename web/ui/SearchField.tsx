import { TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useState } from "react";

const TOLD_AFTER_MS = 250;

/** Looks for words in a list, once nobody has typed for a moment.
 *  @param value what the list is searched for; it may also change by a link, or by going back */
export const SearchField = ({ label, value, onChange }: { label: string; value: string; onChange: (search: string | undefined) => void }) => {
  const [typed, setTyped] = useState(value);
  const [known, setKnown] = useState({ value, told: value });
  const tell = useDebouncedCallback((text: string) => {
    setKnown({ value, told: text.trim() });
    onChange(text.trim() || undefined);
  }, TOLD_AFTER_MS);
  if (value !== known.value) {
    setKnown({ value, told: value });
    // What was told comes back without the blank before the next word, or while more was typed.
    if (value !== known.told) setTyped(value);
  }
  return (
    <TextInput
      className="search-field"
      type="search"
      size="xs"
      maxLength={200}
      data-search
      aria-label={label}
      placeholder={label}
      leftSection={<IconSearch size={14} aria-hidden />}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        tell(event.currentTarget.value);
      }}
    />
  );
};

import { TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useState } from "react";

const TOLD_AFTER_MS = 250;

/** Looks for words in a list, once nobody has typed for a moment. */
export const SearchField = ({ label, value, onChange }: { label: string; value: string; onChange: (search: string | undefined) => void }) => {
  const [typed, setTyped] = useState(value);
  const tell = useDebouncedCallback((text: string) => onChange(text.trim() || undefined), TOLD_AFTER_MS);
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

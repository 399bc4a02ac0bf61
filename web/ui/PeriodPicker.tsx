import { Button, Group, Popover, TextInput, UnstyledButton } from "@mantine/core";
import { IconCalendar, IconCheck } from "@tabler/icons-react";
import { useState } from "react";
import { addDays, describePeriod, type Period, type Preset, presetLabel, presets, wholeSpans } from "./period.ts";
import { useTexts } from "./texts.ts";
import { uiTexts } from "./ui.texts.ts";

type PeriodPickerProps = { period: Period; /** Where a screen has a second one. */ label?: string; onChange: (choice: { period: Preset } | { from: string; to: string }) => void };

/** Which days a screen is about: a usual span with one click, or two dates. */
export const PeriodPicker = ({ period, label, onChange }: PeriodPickerProps) => {
  const t = useTexts(uiTexts);
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" shadow="md" trapFocus>
      <Popover.Target>
        <Button variant="default" fw={500} className="period-button" leftSection={<IconCalendar size={14} aria-hidden />} onClick={() => setOpen(!isOpen)} aria-label={`${label ?? t("period")}: ${describePeriod(period)}`}>
          {describePeriod(period)}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p={6} w={284}>
        {presets.map((preset) => (
          <UnstyledButton
            key={preset}
            className="choice"
            aria-pressed={period.preset === preset}
            onClick={() => {
              onChange({ period: preset });
              setOpen(false);
            }}
          >
            {presetLabel(preset)}
            {period.preset === preset && <IconCheck size={14} aria-hidden />}
          </UnstyledButton>
        ))}
        <hr className="rule" />
        {wholeSpans().map(({ name, from, to }) => (
          <UnstyledButton
            key={name}
            className="choice"
            aria-pressed={period.from === from && period.to === to}
            onClick={() => {
              onChange({ from, to });
              setOpen(false);
            }}
          >
            {t(name)}
            <span className="quiet">{describePeriod({ preset: "own", from, to })}</span>
          </UnstyledButton>
        ))}
        <hr className="rule" />
        <OwnPeriod
          key={period.from + period.to}
          period={period}
          onApply={(choice) => {
            onChange(choice);
            setOpen(false);
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
};

const OwnPeriod = ({ period, onApply }: { period: Period; onApply: (choice: { from: string; to: string }) => void }) => {
  const t = useTexts(uiTexts);
  // "All time" begins long before the first answer, at a day that nobody means.
  const [first, setFirst] = useState(period.preset === "all" ? "" : period.from);
  const [last, setLast] = useState(addDays(period.to, -1));
  return (
    <form
      className="own-period"
      onSubmit={(event) => {
        event.preventDefault();
        if (first !== "" && last >= first) onApply({ from: first, to: addDays(last, 1) });
      }}
    >
      <Group gap={6} grow wrap="nowrap">
        <TextInput type="date" size="xs" label={t("from")} value={first} max={last} onChange={(event) => setFirst(event.currentTarget.value)} />
        <TextInput type="date" size="xs" label={t("to")} value={last} min={first} onChange={(event) => setLast(event.currentTarget.value)} />
      </Group>
      <Button type="submit" variant="default" fullWidth mt={8}>
        {t("apply")}
      </Button>
    </form>
  );
};

import { NativeSelect, TextInput } from "@mantine/core";
import { Card } from "../../ui/Card.tsx";
import { useTexts } from "../../ui/texts.ts";
import type { Mapping } from "./imports.data.ts";
import { importsTexts } from "./imports.texts.ts";
import styles from "./Imports.module.css";

const formats = ["iso", "compact", "dmy", "mdy", "dmy_or_mdy", "mdy_or_dmy", "written", "unix_seconds", "unix_milliseconds", "spreadsheet"] as const;
const zones = ["UTC", ...Intl.supportedValuesOf("timeZone")];

/** What holds for all rows: time format and zone, what happened, where. */
export const RowFields = ({ mapping, onChange }: { mapping: Mapping; onChange: (patch: Partial<Mapping>) => void }) => {
  const t = useTexts(importsTexts);
  const { time } = mapping;
  const hasTime = mapping.columns.some(({ use }) => use.use === "time");
  const setText = (name: "touchpoint" | "channel", text: string): void => {
    const value = text.trim() === "" ? null : text.trim();
    if (value !== mapping[name]) onChange({ [name]: value });
  };
  const setRequired = (name: "event" | "source", text: string): void => {
    if (text.trim() !== "" && text.trim() !== mapping[name]) onChange({ [name]: text.trim() });
  };
  return (
    <Card title={t("rowsTitle")} subtitle={t("rowsBody")}>
      <div className={styles.fields}>
        <TextInput key={`event ${mapping.event}`} label={t("event")} defaultValue={mapping.event} onBlur={(event) => setRequired("event", event.currentTarget.value)} />
        <TextInput key={`place ${mapping.touchpoint}`} label={t("touchpoint")} placeholder={t("notSaid")} defaultValue={mapping.touchpoint ?? ""} onBlur={(event) => setText("touchpoint", event.currentTarget.value)} />
        <TextInput key={`channel ${mapping.channel}`} label={t("channel")} placeholder={t("notSaid")} defaultValue={mapping.channel ?? ""} onBlur={(event) => setText("channel", event.currentTarget.value)} />
        {hasTime ? (
          <>
            <NativeSelect label={t("timeFormat")} value={time.format} data={formats.map((value) => ({ value, label: t(`format_${value}`) }))} onChange={(event) => onChange({ time: { ...time, format: formats.find((format) => format === event.currentTarget.value) ?? "iso" } })} />
            <NativeSelect label={t("zone")} value={time.zone} data={zones.includes(time.zone) ? zones : [time.zone, ...zones]} onChange={(event) => onChange({ time: { ...time, zone: event.currentTarget.value } })} />
          </>
        ) : (
          <TextInput
            key={`day ${time.fixed}`}
            type="date"
            inputWrapperOrder={["label", "input", "description"]}
            label={t("fixedDay")}
            description={t("fixedDayBody")}
            defaultValue={time.fixed?.slice(0, 10) ?? ""}
            onBlur={(event) => onChange({ time: { ...time, fixed: event.currentTarget.value === "" ? null : `${event.currentTarget.value}T00:00:00Z` } })}
          />
        )}
        <TextInput key={`source ${mapping.source}`} inputWrapperOrder={["label", "input", "description"]} label={t("source")} description={t("sourceBody")} defaultValue={mapping.source} onBlur={(event) => setRequired("source", event.currentTarget.value)} />
      </div>
    </Card>
  );
};

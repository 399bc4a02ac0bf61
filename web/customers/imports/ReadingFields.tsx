import { NativeSelect } from "@mantine/core";
import { Card } from "../../ui/Card.tsx";
import { useTexts } from "../../ui/texts.ts";
import type { ImportDetail, ReadSettings } from "./imports.data.ts";
import { importsTexts } from "./imports.texts.ts";
import styles from "./Imports.module.css";

const encodings: readonly ReadSettings["encoding"][] = [
  "utf-8", "utf-16le", "utf-16be", "windows-1252", "windows-1250", "windows-1251", "iso-8859-2", "iso-8859-15", "koi8-r", "macintosh", "shift_jis", "euc-jp", "gb18030", "big5", "euc-kr",
];
const numbersTo = (last: number): string[] => Array.from({ length: last + 1 }, (_unused, index) => String(index));

/** Encoding, delimiter, header, sheet, who the customers are among objects: found out from the file, to be corrected where it is odd. */
export const ReadingFields = ({ detail, onChange }: { detail: ImportDetail; onChange: (read: ReadSettings) => void }) => {
  const t = useTexts(importsTexts);
  const { read } = detail.mapping;
  const delimiters = [
    { value: ",", label: t("delimiter_comma") },
    { value: ";", label: t("delimiter_semicolon") },
    { value: "\t", label: t("delimiter_tab") },
    { value: "|", label: t("delimiter_pipe") },
    { value: "whitespace", label: t("delimiter_whitespace") },
  ];
  const quotes = [{ value: "\"", label: t("quote_double") }, { value: "'", label: t("quote_single") }, { value: "", label: t("quote_none") }];
  const known = delimiters.some(({ value }) => value === read.delimiter) ? delimiters : [...delimiters, { value: read.delimiter, label: read.delimiter }];
  const isGrid = read.format === "csv" || read.format === "xlsx";
  const customers = [{ value: "", label: t("noObjects") }, ...detail.sheets.map((type) => ({ value: type, label: type }))];
  return (
    <Card title={t("readingTitle")}>
      <div className={styles.fields}>
        {read.format === "ocel" && <NativeSelect label={t("objects")} description={t("objectsBody")} inputWrapperOrder={["label", "input", "description"]} value={read.objects ?? ""} data={customers} onChange={(event) => onChange({ ...read, objects: event.currentTarget.value === "" ? null : event.currentTarget.value })} />}
        {read.format !== "xlsx" && <NativeSelect label={t("encoding")} value={read.encoding} data={[...encodings]} onChange={(event) => onChange({ ...read, encoding: encodings.find((encoding) => encoding === event.currentTarget.value) ?? "utf-8" })} />}
        {read.format === "csv" && <NativeSelect label={t("delimiter")} value={read.delimiter} data={known} onChange={(event) => onChange({ ...read, delimiter: event.currentTarget.value })} />}
        {read.format === "csv" && <NativeSelect label={t("quote")} value={read.quote} data={quotes} onChange={(event) => onChange({ ...read, quote: event.currentTarget.value })} />}
        {read.format === "xlsx" && <NativeSelect label={t("sheet")} value={read.sheet ?? detail.sheets[0] ?? ""} data={detail.sheets} onChange={(event) => onChange({ ...read, sheet: event.currentTarget.value })} />}
        {isGrid && <NativeSelect label={t("headerRows")} value={String(read.headerRows)} data={numbersTo(5)} onChange={(event) => onChange({ ...read, headerRows: Number(event.currentTarget.value) })} />}
        {isGrid && <NativeSelect label={t("skipRows")} value={String(read.skipRows)} data={numbersTo(20)} onChange={(event) => onChange({ ...read, skipRows: Number(event.currentTarget.value) })} />}
      </div>
    </Card>
  );
};

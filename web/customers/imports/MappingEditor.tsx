import { notifyFailed } from "../../ui/notices.tsx";
import { ColumnTable } from "./ColumnTable.tsx";
import { DateOrders } from "./DateOrders.tsx";
import { type ImportDetail, type Mapping, saveMapping, saveReading } from "./imports.data.ts";
import styles from "./Imports.module.css";
import { PreviewTable } from "./PreviewTable.tsx";
import { ReadingFields } from "./ReadingFields.tsx";
import { RowFields } from "./RowFields.tsx";

/** What the file means, to be looked at and corrected; every change shows at once in the rows below. */
export const MappingEditor = ({ detail }: { detail: ImportDetail }) => {
  const change = (patch: Partial<Mapping>): void => void saveMapping(detail.id, { ...detail.mapping, ...patch }).catch(notifyFailed);
  const reading = <ReadingFields detail={detail} onChange={(read) => void saveReading(detail.id, read).catch(notifyFailed)} />;
  // Which objects are the customers decides what every row is.
  const isOfObjects = detail.mapping.read.format === "ocel";
  return (
    <>
      {detail.notes.length > 0 && (
        <ul className={styles.notes}>
          {detail.notes.map((note) => <li key={note.code}>{note.message}</li>)}
        </ul>
      )}
      {isOfObjects && reading}
      <DateOrders detail={detail} onChange={change} />
      <PreviewTable detail={detail} />
      <ColumnTable detail={detail} onChange={(columns) => change({ columns })} />
      <RowFields mapping={detail.mapping} onChange={change} />
      {!isOfObjects && reading}
    </>
  );
};

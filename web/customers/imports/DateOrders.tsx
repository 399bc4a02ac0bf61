import { Button } from "@mantine/core";
import { useTexts } from "../../ui/texts.ts";
import { type ImportDetail, type Mapping, usePreview } from "./imports.data.ts";
import { importsTexts } from "./imports.texts.ts";
import styles from "./Imports.module.css";

type Format = Mapping["time"]["format"];

/** What reads the other order as well, and what refuses it again. */
const others: Partial<Record<Format, Format>> = { dmy: "dmy_or_mdy", mdy: "mdy_or_dmy", dmy_or_mdy: "dmy", mdy_or_dmy: "mdy" };

/** Where one column writes dates in two orders: how many are of each, how those that fit both are read, and the choice. */
export const DateOrders = ({ detail, onChange }: { detail: ImportDetail; onChange: (patch: Partial<Mapping>) => void }) => {
  const t = useTexts(importsTexts);
  const orders = usePreview(detail.id).data?.dateOrders ?? null;
  const { time } = detail.mapping;
  const other = others[time.format];
  if (orders === null || other === undefined || orders.dayFirst === 0 || orders.monthFirst === 0) return null;
  const isDayFirst = time.format.startsWith("dmy");
  const isMixed = time.format.includes("_or_");
  const strange = isDayFirst ? orders.monthFirst : orders.dayFirst;
  return (
    <div className={styles.notes} role="status">
      <p className={styles.orders}>
        {t("dateOrders", { dayFirst: orders.dayFirst, monthFirst: orders.monthFirst })}{" "}
        {orders.either > 0 && t(isDayFirst ? "eitherDayFirst" : "eitherMonthFirst", { count: orders.either })}{" "}
        {!isMixed && t("orderRefused", { count: strange })}{" "}
        {!orders.isWhole && t("ordersOfFirst", { rows: orders.rows })}
      </p>
      <div>
        <Button size="xs" variant="default" onClick={() => onChange({ time: { ...time, format: other } })}>
          {isMixed ? t("refuseOrder", { count: strange }) : t(isDayFirst ? "readMonthFirst" : "readDayFirst", { count: strange })}
        </Button>
      </div>
    </div>
  );
};

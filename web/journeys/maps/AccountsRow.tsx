import { UnstyledButton } from "@mantine/core";
import { formatDayAndTime } from "../../ui/dates.ts";
import { formatNumber } from "../../ui/numbers.ts";
import { useTexts } from "../../ui/texts.ts";
import { useAccounts } from "./accounts.data.ts";
import { entriesAt } from "./entries.rules.ts";
import { faceOf, phases } from "./faces.ts";
import classes from "./Map.module.css";
import { useDrawing } from "./map-drawing.ts";
import { mapTexts } from "./map.texts.ts";

/** What one named customer met, felt and was moved by, step by step: fact beside feeling. */
export const AccountsRow = ({ customerId }: { customerId: string }) => {
  const t = useTexts(mapTexts);
  const { mapId, columns, overlay, openStep, mayWrite } = useDrawing();
  const accounts = useAccounts(mapId, customerId);
  const entries = overlay?.customer?.entries ?? [];
  return (
    <tr className={classes.measuredRow}>
      <th scope="row" className={classes.label}>{overlay?.customer?.name ?? t("someCustomer")}<small>{t("accountsFrom")}</small></th>
      {columns.map(({ stage, step }) => (
        <td key={step?.id ?? stage.id} className={classes.cell}>
          {step !== null && (
            <>
              <Moments {...entriesAt(entries, step.id, accounts.data?.items ?? [])} />
              <ul className={classes.entries}>
                {phases.flatMap((phase) => (accounts.data?.items ?? []).filter((account) => account.stepId === step.id && account.phase === phase).map((account) => (
                  <li key={account.id}><b>{t(phase)}</b> {account.feeling !== null && <Feeling value={account.feeling} />} <span dir="auto">{account.motivation}</span></li>
                )))}
              </ul>
              {mayWrite && <UnstyledButton className={classes.moreWords} onClick={() => openStep(step.id)}>{t("tellAccount")}</UnstyledButton>}
            </>
          )}
        </td>
      ))}
    </tr>
  );
};

const Moments = ({ shown, earlier }: ReturnType<typeof entriesAt>) => {
  const t = useTexts(mapTexts);
  return (
    <ul className={classes.entries}>
      {earlier > 0 && <li className="quiet">{t("earlierEntries", { count: earlier, n: formatNumber(earlier) })}</li>}
      {shown.map((entry) => (
        <li key={entry.id}><span className="quiet">{formatDayAndTime(new Date(entry.at))}</span> {entry.text !== null && entry.text !== "" ? `“${entry.text}”` : (entry.touchpoint ?? entry.name ?? entry.kind)}{entry.feeling !== null && <> <Feeling value={entry.feeling * 2} /></>}</li>
      ))}
    </ul>
  );
};

const Feeling = ({ value }: { value: number }) => {
  const t = useTexts(mapTexts);
  const { icon: Face, word, tone } = faceOf(value);
  return <span className={`${classes.face} ${classes[tone]}`} title={t(word)}> <Face size={15} aria-hidden /><span className="sr-only">{t(word)}</span></span>;
};

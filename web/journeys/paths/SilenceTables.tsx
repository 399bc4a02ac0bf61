import type { ReactNode } from "react";
import { useFirstRows } from "../../ui/first-rows.tsx";
import { formatNumber } from "../../ui/numbers.ts";
import { useTexts } from "../../ui/texts.ts";
import { sayTime } from "./path-words.ts";
import type { SilencesReply } from "./paths.data.ts";
import { pathsTexts } from "./paths.texts.ts";

const FEW = 15;
// As many as the server tells.
const MOST = 50;

/** Waits between two steps, and the last steps of those of whom nothing was heard since. */
export const SilenceTables = ({ found: { silences, silent }, than }: { found: SilencesReply; than: string }) => {
  const t = useTexts(pathsTexts);
  return (
    <div className="paths-pair">
      <section aria-label={t("gapsTitle")}>
        <h3>{t("gapsTitle")}</h3>
        <p className="quiet">{t("gapsHint", { than })}</p>
        {silences.length === 0 ? <p className="quiet">{t("noGaps", { than })}</p> : (
          <Rows label={t("silencesLabel")} head={<><th scope="col">{t("from")}</th><th scope="col" className="paths-text paths-indent">{t("to")}</th><th scope="col">{t("times")}</th><th scope="col">{t("median")}</th><th scope="col">{t("longest")}</th></>}
            rows={silences.map(({ from, to, count, medianS, longestS }) => <tr key={JSON.stringify([from, to])}><th scope="row">{from}</th><td className="paths-text">{to}</td><td>{formatNumber(count)}</td><td>{sayTime(medianS)}</td><td>{sayTime(longestS)}</td></tr>)} />
        )}
      </section>
      <section aria-label={t("silentTitle")}>
        <h3>{t("silentTitle")}</h3>
        <p className="quiet">{t("silentHint", { than })}</p>
        {silent.length === 0 ? <p className="quiet">{t("noSilent", { than })}</p> : (
          <Rows label={t("silentLabel")} head={<><th scope="col">{t("step")}</th><th scope="col">{t("customers")}</th><th scope="col">{t("median")}</th></>}
            rows={silent.map(({ name, customers, medianS }) => <tr key={name}><th scope="row">{name}</th><td>{formatNumber(customers)}</td><td>{sayTime(medianS)}</td></tr>)} />
        )}
      </section>
    </div>
  );
};

/** A table that begins with a few rows, the most frequent, and says when there are more. */
const Rows = ({ label, head, rows }: { label: string; head: ReactNode; rows: readonly ReactNode[] }) => {
  const t = useTexts(pathsTexts);
  const [shown, more] = useFirstRows(rows, FEW);
  return (
    <>
      <div className="paths-scroll" tabIndex={0} role="group" aria-label={label}>
        <table className="paths-table" aria-label={label}>
          <thead><tr>{head}</tr></thead>
          <tbody>{shown}</tbody>
        </table>
      </div>
      {more}
      {shown.length === MOST && <p className="paths-note quiet">{t("mostSilences", { count: MOST })}</p>}
    </>
  );
};

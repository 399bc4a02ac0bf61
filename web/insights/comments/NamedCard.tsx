import { Link } from "@tanstack/react-router";
import type { Query } from "../../shell/api.ts";
import { Card } from "../../ui/Card.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { formatNumber, formatShare } from "../../ui/numbers.ts";
import { useTexts } from "../../ui/texts.ts";
import { ThemeFeeling } from "../themes/ThemeFeeling.tsx";
import { namedKinds, type NamedItem, type NamedKind, type NamedReply, useNamed } from "./comments.data.ts";
import { commentsTexts } from "./comments.texts.ts";
import "../themes/themes.css";

const shownMax = 6;

/** Products, places and members that comments name most; choosing one narrows the list below. */
export const NamedCard = ({ query, chosen }: { query: Query; chosen: string | undefined }) => {
  const t = useTexts(commentsTexts);
  const named = useNamed(query);
  return (
    <Card span={12} title={t("namedTitle")} subtitle={t("namedHint")} aside={<Link to="/touchpoints" search={{ part: "product" }}>{t("namedRegister")}</Link>}>
      {named.isPending ? <Loading kind="rows" rows={4} /> : named.isError ? <ErrorState error={named.error} onRetry={() => void named.refetch()} /> : <NamedLists named={named.data} chosen={chosen} />}
    </Card>
  );
};

const NamedLists = ({ named, chosen }: { named: NamedReply; chosen: string | undefined }) => {
  const t = useTexts(commentsTexts);
  if (named.items.length === 0) return <p className="quiet">{t("namedNone")}</p>;
  return (
    <div className="named-kinds">
      {namedKinds.map((kind) => {
        const items = named.items.filter((item) => item.kind === kind);
        // What was chosen shows however rarely it is named.
        const shown = items.filter(({ value }, place) => place < shownMax || value === chosen);
        return shown.length > 0 && <NamedTable key={kind} kind={kind} items={shown} chosen={chosen} />;
      })}
    </div>
  );
};

const NamedTable = ({ kind, items, chosen }: { kind: NamedKind; items: readonly NamedItem[]; chosen: string | undefined }) => {
  const t = useTexts(commentsTexts);
  return (
    <table className="theme-rows" aria-label={t(`${kind}Plural`)}>
      <thead>
        <tr>
          <th scope="col">{t(`${kind}Plural`)}</th>
          <th scope="col" className="theme-number">{t("comments")}</th>
          <th scope="col" className="theme-feeling-cell">{t("feelingsTitle")}</th>
        </tr>
      </thead>
      <tbody>
        {items.map(({ value, name, count, share, low, high, sentiments }) => (
          <tr key={value} className={value === chosen ? "theme-chosen" : undefined}>
            <th scope="row">
              <Link to="." resetScroll={false} aria-current={value === chosen ? "true" : undefined} search={(before: object) => ({ ...before, mention: value === chosen ? undefined : value })}>{name}</Link>
            </th>
            <td className="theme-number" title={t("namedInterval", { low: formatShare(low, 1), high: formatShare(high, 1) })}>
              {formatNumber(count)} <span className="quiet">{formatShare(share, share < 0.1 ? 1 : 0)}</span>
            </td>
            <td className="theme-feeling-cell">
              <ThemeFeeling
                theme={{ count, positive: sentiments.pos, negative: sentiments.neg }}
                words={t("namedFeeling", { positive: formatNumber(sentiments.pos), negative: formatNumber(sentiments.neg), neutral: formatNumber(sentiments.neu), mixed: formatNumber(sentiments.mix) })}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

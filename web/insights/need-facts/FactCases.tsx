import { Link } from "@tanstack/react-router";
import { formatDayWithYear } from "../../ui/dates.ts";
import { useTexts } from "../../ui/texts.ts";
import { sayFactValue } from "./fact-words.ts";
import type { NeedFactCase, OpenFact } from "./need-facts.data.ts";
import { needFactsTexts } from "./need-facts.texts.ts";
import "./need-facts.css";

type FactCasesProps = { fact: Pick<OpenFact, "measure" | "unit">; items: readonly NeedFactCase[]; label: string; className?: string };

/** Cases with who they are of, since when, and how much it came to. */
export const FactCases = ({ fact, items, label, className = "" }: FactCasesProps) => {
  const t = useTexts(needFactsTexts);
  return (
    <ul className={`facts-cases ${className}`} tabIndex={className === "" ? undefined : 0} aria-label={label}>
      {items.map(({ customer, at, value }, place) => (
        <li key={`${customer.id} ${at} ${place}`}>
          <Link to="/customers/$customerId" params={{ customerId: customer.id }}>{customer.name ?? t("unnamed")}</Link>
          <span className="quiet">{formatDayWithYear(new Date(at))}</span>
          <b>{fact.unit === "share" ? "" : sayFactValue(fact, value)}</b>
        </li>
      ))}
    </ul>
  );
};

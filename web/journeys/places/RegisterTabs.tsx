import { Link } from "@tanstack/react-router";
import { useTexts } from "../../ui/texts.ts";
import type { EntryKind } from "./places.data.ts";
import { placesTexts } from "./places.texts.ts";
import "./places.css";

const tabs = [["touchpoints", undefined], ["stages", "stage"], ["channels", "channel"], ["environments", "environment"], ["products", "product"], ["places", "place"]] as const satisfies readonly (readonly [string, EntryKind | undefined])[];

/** Which part of the register an address asks for; undefined for the touchpoints. */
export const readPart = (search: Readonly<Record<string, string | undefined>>): EntryKind | undefined => tabs.find(([, kind]) => kind !== undefined && kind === search.part)?.[1];

/** Leads between touchpoints and what else the register knows. */
export const RegisterTabs = ({ part }: { part: EntryKind | undefined }) => {
  const t = useTexts(placesTexts);
  return (
    <nav className="page-tabs register-tabs" aria-label={t("tabs")}>
      {tabs.map(([name, kind]) => (
        <Link key={name} to="/touchpoints" search={kind === undefined ? {} : { part: kind }} activeOptions={{ exact: true, includeSearch: true }} aria-current={kind === part ? "page" : undefined}>{t(name)}</Link>
      ))}
    </nav>
  );
};

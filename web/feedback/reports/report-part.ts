import type { ReportSearch } from "./report-search.ts";
import type { Report } from "./reports.data.ts";

/** What every part of the report screen is given. */
export type PartProps = {
  surveyId: string;
  report: Report;
  search: ReportSearch;
  change: (patch: Readonly<Record<string, string | undefined>>) => void;
};

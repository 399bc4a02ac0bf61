import { Button, Select } from "@mantine/core";
import { useState } from "react";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { notifyUndo } from "../../ui/notices.tsx";
import { SidePanel } from "../../ui/SidePanel.tsx";
import { useTexts } from "../../ui/texts.ts";
import { Time } from "../../ui/Time.tsx";
import classes from "./Builder.module.css";
import { builderTexts } from "./builder.texts.ts";
import { ChangeList } from "./ChangeList.tsx";
import { useDraft } from "./draft-context.ts";
import { type SurveyVersion, useSurveyVersions } from "./surveys.data.ts";
import { changesBetween } from "./version-changes.rules.ts";

type VersionsPanelProps = { isOpen: boolean; onClose: () => void; undoTo: (before: SurveyVersion["definition"]) => void };
const DRAFT = "draft";

/** Published versions, what changed between any two, and taking an old one back into the draft. */
export const VersionsPanel = ({ isOpen, onClose, undoTo }: VersionsPanelProps) => {
  const t = useTexts(builderTexts);
  const { surveyId, definition, change, mayWrite } = useDraft();
  const versions = useSurveyVersions(surveyId, isOpen);
  const items = versions.data?.pages.flatMap((page) => page.items) ?? [];
  const [newer, setNewer] = useState(DRAFT);
  const [older, setOlder] = useState<string | null>(null);
  const definitionOf = (chosen: string | null) => (chosen === DRAFT ? definition : items.find(({ number }) => String(number) === chosen)?.definition);
  const choices = [{ value: DRAFT, label: t("theDraft") }, ...items.map(({ number }) => ({ value: String(number), label: t("versionNumber", { number }) }))];
  const [from, to] = [definitionOf(older ?? String(items[0]?.number ?? DRAFT)), definitionOf(newer)];
  const restore = (version: SurveyVersion): void => {
    change(version.definition);
    onClose();
    notifyUndo(t("restored", { number: version.number }), async () => undoTo(definition));
  };
  return (
    <SidePanel isOpen={isOpen} onClose={onClose} title={t("versions")} width={520}>
      {isOpen && versions.isPending && <Loading kind="rows" />}
      {versions.error !== null && <ErrorState error={versions.error} onRetry={() => void versions.refetch()} />}
      {versions.data !== undefined && items.length === 0 && <p className="quiet">{t("noVersions")}</p>}
      <ul className="line-list">
        {items.map((version) => (
          <li key={version.number}>
            <span><strong>{t("versionNumber", { number: version.number })}</strong><br /><span className="quiet"><Time at={version.publishedAt} /> {version.publishedBy ?? ""} · {t("responsesCount", { count: version.responseCount })}</span></span>
            {mayWrite && <Button variant="default" size="compact-sm" aria-label={t("restoreVersion", { number: version.number })} onClick={() => restore(version)}>{t("restore")}</Button>}
          </li>
        ))}
      </ul>
      {versions.hasNextPage && <Button variant="subtle" onClick={() => void versions.fetchNextPage()}>{t("earlierVersions")}</Button>}
      {items.length > 0 && (
        <section className={`${classes.stack} ${classes.apart}`}>
          <h3>{t("compare")}</h3>
          <div className={classes.pair}>
            <Select label={t("compareFrom")} value={older ?? String(items[0]?.number ?? "")} allowDeselect={false} data={choices} onChange={setOlder} />
            <Select label={t("compareTo")} value={newer} allowDeselect={false} data={choices} onChange={(value) => setNewer(value ?? DRAFT)} />
          </div>
          {from !== undefined && to !== undefined && <ChangeList changes={changesBetween(from, to)} definition={to} />}
        </section>
      )}
    </SidePanel>
  );
};

import { Button, Group } from "@mantine/core";
import { formatDayWithYear } from "../../ui/dates.ts";
import { useTexts } from "../../ui/texts.ts";
import { type TeamDifference, differencesOf } from "./team-form.ts";
import type { Team } from "./teams.data.ts";
import { teamsTexts } from "./teams.texts.ts";

type TeamConflictProps = { before: Team; now: Team; onKeep: () => void; onTake: () => void };

/** What somebody else saved while this member wrote, and whose words hold. */
export const TeamConflict = ({ before, now, onKeep, onTake }: TeamConflictProps) => {
  const t = useTexts(teamsTexts);
  return (
    <section className="team-conflict" role="alert">
      <p><strong>{t("conflict")}</strong> {t("conflictHelp")}</p>
      <ul>{differencesOf(before, now).map((one) => <li key={JSON.stringify(one)}>{sayDifference(t, one)}</li>)}</ul>
      <Group gap="xs">
        <Button size="compact-sm" onClick={onKeep}>{t("keepMine")}</Button>
        <Button size="compact-sm" variant="default" onClick={onTake}>{t("takeTheirs")}</Button>
      </Group>
    </section>
  );
};

const sayDifference = (t: typeof teamsTexts.say, { kind, what, from, until }: TeamDifference): string =>
  kind === "name" ? t("nowNamed", { name: what }) : t(kind, { what, from: from === "" ? t("noFrom") : sayDay(from), until: until === "" ? t("noUntil") : sayDay(until) });

/** A day of no zone, as in a field of the form. */
const sayDay = (day: string): string => formatDayWithYear(new Date(day), "UTC");

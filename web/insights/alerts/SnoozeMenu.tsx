import { Button, Menu } from "@mantine/core";
import { IconMoon } from "@tabler/icons-react";
import { useSession } from "../../shell/session.data.ts";
import { formatDayWithYear } from "../../ui/dates.ts";
import { notifyDone, notifyFailed } from "../../ui/notices.tsx";
import { useTexts } from "../../ui/texts.ts";
import { snoozeRule } from "./alerts.data.ts";
import { alertsTexts } from "./alerts.texts.ts";

type SnoozeMenuProps = { ruleId: string; name: string; snoozedUntil: string | null };
const spans = [{ key: "snoozeDay", days: 1 }, { key: "snoozeWeek", days: 7 }, { key: "snoozeMonth", days: 28 }] as const;

/** Keeps a rule quiet for a while. */
export const SnoozeMenu = ({ ruleId, name, snoozedUntil }: SnoozeMenuProps) => {
  const t = useTexts(alertsTexts);
  const { timeZone } = useSession().workspace;
  const snooze = (days: number | null): void => {
    const until = days === null ? null : new Date(Date.now() + days * 86_400_000);
    snoozeRule(ruleId, until)
      .then(() => until !== null && notifyDone(t("snoozeDone", { name, day: formatDayWithYear(until, timeZone) })))
      .catch(notifyFailed);
  };
  return (
    <Menu position="bottom-start" shadow="md">
      <Menu.Target>
        <Button size="compact-sm" fz={12} variant="default" leftSection={<IconMoon size={13} aria-hidden />} aria-label={t("snoozeRule", { name })}>
          {t("snooze")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {spans.map(({ key, days }) => (
          <Menu.Item key={key} onClick={() => snooze(days)}>{t(key)}</Menu.Item>
        ))}
        {snoozedUntil !== null && <Menu.Item onClick={() => snooze(null)}>{t("wake")}</Menu.Item>}
      </Menu.Dropdown>
    </Menu>
  );
};

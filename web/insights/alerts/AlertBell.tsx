import { ActionIcon, Indicator } from "@mantine/core";
import { IconBell } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useAbility } from "../../shell/session.data.ts";
import { useTexts } from "../../ui/texts.ts";
import { useFreshAlerts, useUnseen } from "./alerts.data.ts";
import { alertsTexts } from "./alerts.texts.ts";

/** The way to the alerts from everywhere, with how many are new. */
export const AlertBell = () => (useAbility("alerts.read") ? <Bell /> : null);

const Bell = () => {
  const t = useTexts(alertsTexts);
  useFreshAlerts();
  const count = useUnseen().data?.unseen ?? 0;
  return (
    <Indicator disabled={count === 0} label={count > 99 ? "99+" : count} size={15} offset={4} color="var(--danger)" className="no-print">
      <ActionIcon component={Link} to="/alerts" variant="subtle" color="gray" size={30} aria-label={count === 0 ? t("bell") : t("bellUnseen", { count })}>
        <IconBell size={17} aria-hidden />
      </ActionIcon>
    </Indicator>
  );
};

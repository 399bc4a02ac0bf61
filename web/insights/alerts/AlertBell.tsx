import { ActionIcon } from "@mantine/core";
import { IconBell } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useAbility } from "../../shell/session.data.ts";
import { useTexts } from "../../ui/texts.ts";
import { alertBellTexts } from "./alert-bell.texts.ts";
import { useFreshAlerts, useUnseen } from "./alerts.data.ts";
import "./alerts.css";

/** The way to the alerts from everywhere, with how many are new. */
export const AlertBell = () => (useAbility("alerts.read") ? <Bell /> : null);

const Bell = () => {
  const t = useTexts(alertBellTexts);
  useFreshAlerts();
  const count = useUnseen().data?.unseen ?? 0;
  return (
    <span className="alert-bell no-print">
      <ActionIcon component={Link} to="/alerts" variant="subtle" color="gray" size={30} aria-label={count === 0 ? t("bell") : t("bellUnseen", { count })}>
        <IconBell size={17} aria-hidden />
      </ActionIcon>
      {count > 0 && <span className="alert-bell-count" aria-hidden>{count > 99 ? "99+" : count}</span>}
    </span>
  );
};

import { ActionIcon } from "@mantine/core";
import type { Icon } from "@tabler/icons-react";
import type { ReactNode } from "react";
import classes from "./Builder.module.css";

export type HeadAction = { label: string; icon: Icon; onClick: () => void; isOff?: boolean };

/** What is open, and what can be done to it as a whole. */
export const SettingsHead = ({ title, icon: Picture, help, actions = [], children }: { title: string; icon?: Icon; help?: string; actions?: readonly HeadAction[]; children?: ReactNode }) => (
  <header className={classes.settingsHead}>
    <div className={classes.settingsTitle}>
      {Picture !== undefined && <Picture size={16} aria-hidden />}
      <h2>{title}</h2>
      {actions.map(({ label, icon: Sign, onClick, isOff = false }) => (
        <ActionIcon key={label} variant="subtle" color="gray" size={28} aria-label={label} title={label} disabled={isOff} onClick={onClick}>
          <Sign size={15} aria-hidden />
        </ActionIcon>
      ))}
    </div>
    {help !== undefined && <p className="quiet">{help}</p>}
    {children}
  </header>
);

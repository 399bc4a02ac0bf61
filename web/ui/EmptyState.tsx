import { Button } from "@mantine/core";
import type { Icon } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";

type Action = { label: string; to: string } | { label: string; onClick: () => void; isBusy?: boolean };
type EmptyStateProps = {
  title: string;
  body?: ReactNode;
  icon?: Icon;
  action?: Action;
  secondAction?: Action;
  children?: ReactNode;
};

/** One sentence, one button. */
export const EmptyState = ({ title, body, icon: Picture, action, secondAction, children }: EmptyStateProps) => (
  <div className="empty">
    {Picture && <Picture size={28} stroke={1.5} aria-hidden />}
    <h2>{title}</h2>
    {body !== undefined && <p>{body}</p>}
    {children}
    {(action || secondAction) && (
      <div className="empty-actions">
        {action && <ActionButton action={action} variant="filled" />}
        {secondAction && <ActionButton action={secondAction} variant="default" />}
      </div>
    )}
  </div>
);

const ActionButton = ({ action, variant }: { action: Action; variant: "filled" | "default" }) =>
  "to" in action ? (
    <Button component={Link} to={action.to} variant={variant} size="sm">
      {action.label}
    </Button>
  ) : (
    <Button onClick={action.onClick} loading={action.isBusy ?? false} variant={variant} size="sm">
      {action.label}
    </Button>
  );

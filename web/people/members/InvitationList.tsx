import { Button } from "@mantine/core";
import { Card } from "../../ui/Card.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Time } from "../../ui/Time.tsx";
import { notifyDone, notifyFailed } from "../../ui/notices.tsx";
import { useTexts } from "../../ui/texts.ts";
import { type Invitation, useInvitations, withdrawInvitation } from "./members.data.ts";
import { membersTexts } from "./members.texts.ts";

/** Who was invited and has not come yet; nothing when there is nobody. */
export const InvitationList = () => {
  const t = useTexts(membersTexts);
  const invitations = useInvitations(true);
  if (invitations.isError) return <ErrorState error={invitations.error} onRetry={() => void invitations.refetch()} />;
  const items = invitations.data?.items ?? [];
  if (items.length === 0) return null;
  const withdraw = (invitation: Invitation): void => {
    withdrawInvitation(invitation.id).then(() => notifyDone(t("withdrawn", { email: invitation.email })), notifyFailed);
  };
  return (
    <Card title={t("pending")}>
      <ul className="line-list">
        {items.map((invitation) => (
          <li key={invitation.id}>
            <span>
              <strong>{invitation.email}</strong> <span className="quiet">{t(invitation.role)}</span>
            </span>
            <span className="quiet">
              {t("expires")} <Time at={invitation.expiresAt} kind="absolute" />
            </span>
            <Button variant="subtle" size="compact-xs" onClick={() => withdraw(invitation)} aria-label={`${t("withdraw")} ${invitation.email}`}>
              {t("withdraw")}
            </Button>
          </li>
        ))}
      </ul>
    </Card>
  );
};

import { Button } from "@mantine/core";
import { useParams } from "@tanstack/react-router";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { messageOf } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { notifyFailed } from "../../ui/notices.tsx";
import { useTexts } from "../../ui/texts.ts";
import { subscribe, useSubscription } from "./schedules.data.ts";
import { schedulesTexts } from "./schedules.texts.ts";
import "./shared-board.css";

/** Where the link in a mail leads: to want a board by mail, or no longer. Opening it changes nothing, because mail filters open every link. */
export const BoardMailScreen = () => {
  const t = useTexts(schedulesTexts);
  const { secret = "" } = useParams({ strict: false });
  const subscription = useSubscription(secret);
  if (subscription.isPending) return <main className="shared-door card"><Loading kind="rows" rows={3} /></main>;
  if (subscription.isError) return <main className="shared-door"><EmptyState title={t("goneTitle")} body={messageOf(subscription.error)} /></main>;
  const { state, organisation, dashboard } = subscription.data;
  const names = { organisation, dashboard: dashboard === "" ? t("closed") : t("named", { dashboard }) };
  const wants = state === "member" || state === "confirmed";
  return (
    <main className="shared-door card">
      <h1>{t(state === "asked" ? "askTitle" : wants ? "wantTitle" : "leftTitle", names)}</h1>
      {state === "asked" && <p className="dialog-body">{t("askBody")}</p>}
      <Button fullWidth variant={wants ? "default" : "filled"} onClick={() => void subscribe(secret, !wants).catch(notifyFailed)}>
        {t(wants ? "leave" : state === "asked" ? "want" : "back")}
      </Button>
    </main>
  );
};

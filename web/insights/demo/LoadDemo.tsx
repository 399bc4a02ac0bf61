import { UnstyledButton } from "@mantine/core";
import { IconFlask } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useAbility } from "../../shell/session.data.ts";
import { notifyFailed } from "../../ui/notices.tsx";
import { ProgressBar } from "../../ui/ProgressBar.tsx";
import { formatNumber } from "../../ui/numbers.ts";
import { useTexts } from "../../ui/texts.ts";
import { loadDemo, openDemo, useDemo } from "./demo.data.ts";
import { demoTexts } from "./demo.texts.ts";

/** Offers the demo company, shows how it comes, and opens it when it is there. */
export const LoadDemo = () => {
  const t = useTexts(demoTexts);
  const demo = useDemo();
  const mayLoad = useAbility("demo.change");
  const [isAwaited, setAwaited] = useState(false);
  const { state = "none", workspaceId = null, done = 0, total = 0 } = demo.data ?? {};
  const isReady = state === "ready" && workspaceId !== null;
  useEffect(() => {
    if (isAwaited && isReady && workspaceId !== null) openDemo(workspaceId).catch(notifyFailed);
  }, [isAwaited, isReady, workspaceId]);
  if (!mayLoad || demo.isPending) return null;
  if (state === "loading" || state === "removing")
    return (
      <div className="card start-way">
        <ProgressBar label={t(state)} done={done} of={total} note={t("records", { done: formatNumber(done), total: formatNumber(total) })} />
      </div>
    );
  const begin = (): void => {
    setAwaited(true);
    if (!isReady) loadDemo().catch(notifyFailed);
  };
  return (
    <UnstyledButton className="card start-way" onClick={begin}>
      <IconFlask size={20} stroke={1.6} aria-hidden />
      <strong>{isReady ? t("open") : t("load")}</strong>
      <span className="quiet">{isReady ? t("openBody") : t("loadBody")}</span>
    </UnstyledButton>
  );
};

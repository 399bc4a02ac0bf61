import { Button } from "@mantine/core";
import { IconFlask } from "@tabler/icons-react";
import { useState } from "react";
import { ConfirmDialog } from "../ui/ConfirmDialog.tsx";
import { useTexts } from "../ui/texts.ts";
import { api } from "./api.ts";
import { useAbility, useSession } from "./session.data.ts";
import { shellTexts } from "./shell.texts.ts";

/** Marks made-up data as made up, and removes it with one click. */
export const DemoBanner = () => {
  const t = useTexts(shellTexts);
  const { workspace } = useSession();
  const mayRemove = useAbility("workspace.change");
  const [isAsking, setAsking] = useState(false);
  if (!workspace.isDemo) return null;
  return (
    <aside className="demo-banner" aria-label={t("demoTitle")}>
      <IconFlask size={15} aria-hidden />
      <span>
        <strong>{t("demoTitle")}</strong> <span className="demo-detail">{t("demoBody")}</span>
      </span>
      {mayRemove && (
        <Button variant="default" size="compact-xs" onClick={() => setAsking(true)}>
          {t("demoRemove")}
        </Button>
      )}
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={t("demoQuestion")}
        body={t("demoConsequence")}
        confirmLabel={t("demoRemove")}
        isDangerous
        onConfirm={removeDemo}
      />
    </aside>
  );
};

const removeDemo = async (): Promise<void> => {
  await api.delete("/api/workspace/demo");
  window.location.assign("/");
};

import { Button } from "@mantine/core";
import { IconFlask } from "@tabler/icons-react";
import { useState } from "react";
import { useAbility, useSession } from "../../shell/session.data.ts";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { useTexts } from "../../ui/texts.ts";
import { removeDemo } from "./demo.data.ts";
import { demoTexts } from "./demo.texts.ts";

/** Marks made-up data as made up, and removes it with one click. */
export const DemoBanner = () => {
  const t = useTexts(demoTexts);
  const { workspace } = useSession();
  const mayRemove = useAbility("demo.change");
  const [isAsking, setAsking] = useState(false);
  if (!workspace.isDemo) return null;
  return (
    <aside className="demo-banner" aria-label={t("marked")}>
      <IconFlask size={15} aria-hidden />
      <span>
        <strong>{t("marked")}</strong> <span className="demo-detail">{t("madeUp")}</span>
      </span>
      {mayRemove && (
        <Button variant="default" size="compact-xs" onClick={() => setAsking(true)}>
          {t("remove")}
        </Button>
      )}
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={t("question")}
        body={t("consequence")}
        confirmLabel={t("remove")}
        isDangerous
        onConfirm={removeDemo}
      />
    </aside>
  );
};

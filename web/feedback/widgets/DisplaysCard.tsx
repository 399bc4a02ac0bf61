import { Card } from "../../ui/Card.tsx";
import { Stat } from "../../ui/Stat.tsx";
import { useTexts } from "../../ui/texts.ts";
import type { ShownPlacement } from "./widgets.data.ts";
import { widgetsTexts } from "./widgets.texts.ts";
import { Group } from "@mantine/core";

/** How often it was shown, and what became of it. */
export const DisplaysCard = ({ displays }: { displays: ShownPlacement["displays"] }) => {
  const t = useTexts(widgetsTexts);
  const steps = ["shown", "started", "completed", "dismissed"] as const;
  return (
    <Card title={t("displays")} subtitle={t("displaysHint")}>
      <Group gap="xl">{steps.map((step) => <Stat key={step} label={t(step)} value={String(displays[step])} />)}</Group>
    </Card>
  );
};

import { SegmentedControl, Stack, useMantineColorScheme } from "@mantine/core";
import { useState } from "react";
import { Card, Grid } from "../ui/Card.tsx";
import { PageHeader } from "../ui/PageHeader.tsx";
import { useTexts } from "../ui/texts.ts";
import { currentDensity, setDensity } from "./density.ts";
import { shellTexts } from "./shell.texts.ts";

/** How the app looks to this member in this browser. */
export const AppearanceScreen = () => {
  const t = useTexts(shellTexts);
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [density, choose] = useState(currentDensity);
  return (
    <>
      <PageHeader title={t("appearance")} />
      <Grid>
        <Card span={6} title={t("appearance")} subtitle={t("appearanceHint")}>
          <Stack gap="md">
            <div>
              <p className="field-label" id="scheme">
                {t("theme")}
              </p>
              <SegmentedControl
                aria-labelledby="scheme"
                size="xs"
                value={colorScheme}
                onChange={(value) => setColorScheme(value === "light" || value === "dark" ? value : "auto")}
                data={[
                  { value: "auto", label: t("themeAuto") },
                  { value: "light", label: t("themeLight") },
                  { value: "dark", label: t("themeDark") },
                ]}
              />
            </div>
            <div>
              <p className="field-label" id="density">
                {t("density")}
              </p>
              <SegmentedControl
                aria-labelledby="density"
                size="xs"
                value={density}
                onChange={(value) => choose(setDensity(value))}
                data={[
                  { value: "dense", label: t("dense") },
                  { value: "comfortable", label: t("comfortable") },
                ]}
              />
            </div>
          </Stack>
        </Card>
      </Grid>
    </>
  );
};

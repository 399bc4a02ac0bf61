import { ProgressBar } from "../../ui/ProgressBar.tsx";
import { useTexts } from "../../ui/texts.ts";
import type { Discovery } from "./themes.data.ts";
import { themesTexts } from "./themes.texts.ts";

/** How far a running search for themes is. */
export const ThemesProgress = ({ discovery }: { discovery: Discovery }) => {
  const t = useTexts(themesTexts);
  return (
    <div role="status" className="themes-progress">
      <ProgressBar label={t(`running_${discovery.phase}`)} done={discovery.progress} of={1} note={t("runningCount", { count: discovery.commentCount })} />
    </div>
  );
};

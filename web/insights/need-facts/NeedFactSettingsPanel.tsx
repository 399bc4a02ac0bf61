import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { SidePanel } from "../../ui/SidePanel.tsx";
import { useTexts } from "../../ui/texts.ts";
import { useAbility } from "../../shell/session.data.ts";
import { useNeedFactSettings } from "./need-facts.data.ts";
import { needFactsTexts } from "./need-facts.texts.ts";
import { NeedFactSettingsForm } from "./NeedFactSettingsForm.tsx";

/** Which facts the measures look at: seen by everybody who sees the measures, changed by who may. Its address can be mailed. */
export const NeedFactSettingsPanel = ({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) => {
  const t = useTexts(needFactsTexts);
  const mayChange = useAbility("need-facts.set");
  const settings = useNeedFactSettings(isOpen);
  return (
    <SidePanel isOpen={isOpen} onClose={onClose} title={t("settingsTitle")} width={520}>
      <p className="quiet">{t("settingsHint")}</p>
      {!mayChange && <p className="quiet">{t("readOnly")}</p>}
      {settings.data !== undefined ? (
        // What was typed goes when what is kept has changed, not each time it is read again.
        <NeedFactSettingsForm key={JSON.stringify(settings.data)} known={settings.data} mayChange={mayChange} />
      ) : settings.isError ? (
        <ErrorState error={settings.error} onRetry={() => void settings.refetch()} />
      ) : (
        <Loading kind="rows" rows={10} />
      )}
    </SidePanel>
  );
};

import { UnstyledButton } from "@mantine/core";
import { IconCode, IconFileUpload, IconFlask, IconMessageCircle } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useSession } from "../../shell/session.data.ts";
import { notifyFailed } from "../../ui/notices.tsx";
import { useTexts } from "../../ui/texts.ts";
import { loadDemo } from "./metrics.data.ts";
import { metricsTexts } from "./metrics.texts.ts";

/** The first thing a new workspace shows: four ways to begin. */
export const HomeEmpty = () => {
  const t = useTexts(metricsTexts);
  const { abilities } = useSession();
  const [isLoading, setLoading] = useState(false);
  const load = (): void => {
    setLoading(true);
    loadDemo().catch((refusal: unknown) => {
      setLoading(false);
      notifyFailed(refusal);
    });
  };
  return (
    <div className="start">
      <h2>{t("emptyTitle")}</h2>
      <p className="quiet">{t("emptyBody")}</p>
      <div className="start-ways">
        <Way to="/surveys" icon={IconMessageCircle} title={t("startSurvey")} body={t("startSurveyBody")} />
        <Way to="/imports" icon={IconFileUpload} title={t("startImport")} body={t("startImportBody")} />
        <Way to="/settings/keys" icon={IconCode} title={t("startEvents")} body={t("startEventsBody")} />
        {abilities.includes("workspace.change") && (
          <UnstyledButton className="card start-way" onClick={load} disabled={isLoading} aria-busy={isLoading}>
            <IconFlask size={20} stroke={1.6} aria-hidden />
            <strong>{isLoading ? t("loadingDemo") : t("startDemo")}</strong>
            <span className="quiet">{t("startDemoBody")}</span>
          </UnstyledButton>
        )}
      </div>
    </div>
  );
};

type WayProps = { to: string; icon: typeof IconCode; title: string; body: string };

const Way = ({ to, icon: Picture, title, body }: WayProps) => (
  <Link to={to} className="card start-way">
    <Picture size={20} stroke={1.6} aria-hidden />
    <strong>{title}</strong>
    <span className="quiet">{body}</span>
  </Link>
);

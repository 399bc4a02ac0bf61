import { IconCode, IconFileUpload, IconMessageCircle } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTexts } from "../../ui/texts.ts";
import { LoadDemo } from "../demo/LoadDemo.tsx";
import { metricsTexts } from "./metrics.texts.ts";

/** The first thing a new workspace shows: four ways to begin. */
export const HomeEmpty = () => {
  const t = useTexts(metricsTexts);
  return (
    <div className="start">
      <h2>{t("emptyTitle")}</h2>
      <p className="quiet">{t("emptyBody")}</p>
      <div className="start-ways">
        <Way to="/surveys" search={{ start: "new" }} icon={IconMessageCircle} title={t("startSurvey")} body={t("startSurveyBody")} />
        <Way to="/imports" icon={IconFileUpload} title={t("startImport")} body={t("startImportBody")} />
        <Way to="/settings/keys" icon={IconCode} title={t("startEvents")} body={t("startEventsBody")} />
        <LoadDemo />
      </div>
    </div>
  );
};

type WayProps = { to: string; search?: object; icon: typeof IconCode; title: string; body: string };

const Way = ({ to, search = {}, icon: Picture, title, body }: WayProps) => (
  <Link to={to} search={search} className="card start-way">
    <Picture size={20} stroke={1.6} aria-hidden />
    <strong>{title}</strong>
    <span className="quiet">{body}</span>
  </Link>
);

import { type ReactNode, useEffect } from "react";
import { useTexts } from "../ui/texts.ts";
import { shellTexts } from "./shell.texts.ts";

/** The page of somebody who is not signed in yet: one box, one thing to do. */
export const Door = ({ title, lead, children, foot }: { title: string; lead?: ReactNode; children: ReactNode; foot?: ReactNode }) => {
  const t = useTexts(shellTexts);
  useEffect(() => {
    document.title = `${title} · ${t("product")}`;
  }, [title, t]);
  return (
    <main className="door">
      <div className="door-box">
        <div className="door-brand">
          <span className="nav-mark" aria-hidden>
            F
          </span>
          {t("product")}
        </div>
        <section className="card">
          <h1>{title}</h1>
          {lead !== undefined && <p className="door-lead">{lead}</p>}
          {children}
        </section>
        {foot !== undefined && <p className="door-foot">{foot}</p>}
      </div>
    </main>
  );
};

import { pageTextsIn } from "@firsthand/server/feedback/survey-page/page-texts.rules";
import { useElementSize } from "@mantine/hooks";
import { useEffect, useRef, useState } from "react";
import { useTexts } from "../../ui/texts.ts";
import classes from "./Preview.module.css";
import { builderTexts } from "./builder.texts.ts";
import type { SurveyDefinition } from "./surveys.data.ts";

/** Size of the screen that is shown, in its own pixels; it is drawn smaller where there is less room. */
const SHAPES = { phone: { width: 375, height: 640 }, desktop: { width: 1000, height: 720 }, kiosk: { width: 1024, height: 768 } } as const;

type PreviewFrameProps = { shape: keyof typeof SHAPES; definition: SurveyDefinition; language: string; questionId: string | null };

/** The survey as customers will see it: the public page's own script in a frame, which keeps nothing. */
export const PreviewFrame = ({ shape, definition, language, questionId }: PreviewFrameProps) => {
  const t = useTexts(builderTexts);
  const frame = useRef<HTMLIFrameElement>(null);
  const [isReady, setReady] = useState(false);
  const { ref, width: room } = useElementSize();
  const { width, height } = SHAPES[shape];
  const scale = room === 0 ? 1 : Math.min(1, (room - 4) / width);
  useEffect(() => {
    const listen = (event: MessageEvent<{ kind?: string } | null>): void => {
      if (event.origin === location.origin && event.source === frame.current?.contentWindow && event.data?.kind === "survey-preview-ready") setReady(true);
    };
    window.addEventListener("message", listen);
    return () => window.removeEventListener("message", listen);
  }, []);
  useEffect(() => {
    if (!isReady) return;
    const preview = { definition, language, texts: pageTextsIn(language), questionId };
    frame.current?.contentWindow?.postMessage({ kind: "survey-preview", preview }, location.origin);
  }, [isReady, definition, language, questionId]);
  return (
    <div ref={ref} className={classes.room}>
      <div className={`${classes.device} ${classes[shape] ?? ""}`} style={{ width: width * scale, height: height * scale }}>
        <iframe ref={frame} src="/s/preview" title={t("preview")} className={classes.frame} style={{ width, height, transform: `scale(${scale})` }} />
      </div>
    </div>
  );
};

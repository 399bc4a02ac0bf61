import { ActionIcon, Select, Slider } from "@mantine/core";
import { useReducedMotion } from "@mantine/hooks";
import { IconPlayerPause, IconPlayerPlay } from "@tabler/icons-react";
import { type RefObject, useEffect, useRef, useState } from "react";
import { formatNumber } from "../../ui/numbers.ts";
import { useTexts } from "../../ui/texts.ts";
import { pathsTexts } from "./paths.texts.ts";
import type { Mover } from "./TravellerDots.tsx";

type TravelBarProps = { customers: number; longest: number; mover: RefObject<Mover | null> };

const STEP_MS = 1_200;
const speeds = ["0.5", "1", "2", "4"] as const;
// The slider follows the dots; drawn more often it would cost more than they do.
const TOLD_EVERY_MS = 100;

/** Plays, halts and winds the customers that move over the graph. Time is counted in steps: real waits of weeks would show nothing moving. */
export const TravelBar = ({ customers, longest, mover }: TravelBarProps) => {
  const t = useTexts(pathsTexts);
  const isStill = useReducedMotion(false, { getInitialValueInEffect: false });
  const [isPlaying, setPlaying] = useState(!isStill);
  const [speed, setSpeed] = useState<(typeof speeds)[number]>("1");
  const [told, setTold] = useState(0);
  const steps = useRef(0);
  const end = longest + 1;
  const place = { step: Math.min(longest, Math.floor(told) + 1), steps: longest };
  const wind = (to: number): void => {
    steps.current = to;
    setTold(to);
    mover.current?.(to);
  };
  useEffect(() => {
    let [frame, lastMs, toldMs] = [0, performance.now(), 0];
    const draw = (nowMs: number): void => {
      const passed = isPlaying && !isStill ? ((nowMs - lastMs) / STEP_MS) * Number(speed) : 0;
      steps.current = (steps.current + Math.max(0, passed)) % end;
      lastMs = nowMs;
      mover.current?.(steps.current);
      if (nowMs - toldMs > TOLD_EVERY_MS) {
        toldMs = nowMs;
        setTold(steps.current);
      }
      frame = requestAnimationFrame(draw);
    };
    frame = requestAnimationFrame(draw);
    return () => cancelAnimationFrame(frame);
  }, [isPlaying, isStill, speed, end, mover]);
  return (
    <div className="travel-bar" role="group" aria-label={t("animate")}>
      <ActionIcon variant="default" size={28} disabled={isStill} aria-label={t(isPlaying ? "pause" : "play")} title={isStill ? t("animateStill") : undefined} onClick={() => setPlaying(!isPlaying)}>
        {isPlaying && !isStill ? <IconPlayerPause size={15} aria-hidden /> : <IconPlayerPlay size={15} aria-hidden />}
      </ActionIcon>
      <Slider className="travel-slider" size="sm" min={0} max={end} step={0.25} value={told} label={null} thumbLabel={t("travelled")} thumbValueText={t("travelledStep", place)}
        onChange={(to) => { setPlaying(false); wind(to); }} />
      <span className="travel-place">{t("travelledStep", place)}</span>
      <Select size="xs" w={84} aria-label={t("speed")} value={speed} data={speeds.map((one) => ({ value: one, label: t("times_speed", { speed: one }) }))} allowDeselect={false} disabled={isStill} onChange={(one) => setSpeed(speeds.find((known) => known === one) ?? "1")} />
      <span className="quiet">{isStill ? t("animateStill") : t("travellers", { count: customers, n: formatNumber(customers) })}</span>
    </div>
  );
};

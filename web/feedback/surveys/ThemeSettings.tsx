import { pictureUrl } from "@firsthand/server/feedback/survey-page/pictures.rules";
import type { Theme } from "@firsthand/server/feedback/surveys/definition.contract";
import { CONTRAST_MIN, contrastOf, inkOn } from "@firsthand/server/feedback/surveys/theme.rules";
import { Button, Slider, TextInput } from "@mantine/core";
import { IconPalette } from "@tabler/icons-react";
import { useId } from "react";
import { useTexts } from "../../ui/texts.ts";
import classes from "./Builder.module.css";
import { builderTexts } from "./builder.texts.ts";
import { useDraft } from "./draft-context.ts";
import { PictureButton } from "./PictureButton.tsx";
import { SettingsHead } from "./SettingsHead.tsx";
import { nearestReadable } from "./theme-colours.rules.ts";

/** Colours that can be read, corners and the logo. */
export const ThemeSettings = () => {
  const t = useTexts(builderTexts);
  const { definition: { theme }, patch } = useDraft();
  const put = (part: Partial<Theme>): void => patch({ theme: { ...theme, ...part } });
  const ground = theme.background ?? "#ffffff";
  const isOwn = theme.background !== undefined || theme.ink !== undefined;
  return (
    <>
      <SettingsHead title={t("look")} icon={IconPalette} help={t("lookHelp")} />
      <ColourField label={t("accent")} value={theme.accent} ground={ground} onChange={(accent) => put({ accent })} />
      <ColourField label={t("background")} value={ground} ground={null} onChange={(background) => put({ background })} />
      <ColourField label={t("ink")} value={theme.ink ?? inkOn(ground)} ground={ground} onChange={(ink) => put({ ink })} />
      <p className="quiet">{isOwn ? t("ownColours") : t("usualColours")}</p>
      {isOwn && <Button variant="subtle" size="compact-sm" className={classes.start} onClick={() => put({ background: undefined, ink: undefined })}>{t("takeUsualColours")}</Button>}
      <div>
        <p className={classes.label} id="theme-radius">{t("radius")}</p>
        <Slider thumbProps={{ "aria-labelledby": "theme-radius" }} min={0} max={24} value={theme.radius ?? 12} label={(value) => `${value} px`} onChange={(radius) => put({ radius })} />
      </div>
      <div className={classes.logo}>
        <span className={classes.label}>{t("logo")}</span>
        {theme.logoId !== undefined && <img src={pictureUrl(theme.logoId)} alt={t("logo")} />}
        <PictureButton imageId={theme.logoId} name={t("logo")} onChange={(logoId) => put({ logoId })} />
      </div>
    </>
  );
};

type ColourFieldProps = { label: string; value: string; ground: string | null; onChange: (colour: string) => void };

/** A colour with its contrast. One that cannot be read is offered again as near to it as can be. */
const ColourField = ({ label, value, ground, onChange }: ColourFieldProps) => {
  const t = useTexts(builderTexts);
  const id = useId();
  const ratio = ground === null ? null : contrastOf(value, ground);
  const passes = ratio === null || ratio >= CONTRAST_MIN;
  const better = ground === null ? value : nearestReadable(value, ground);
  return (
    <div className={classes.colour}>
      <label className={classes.label} htmlFor={id}>{label}</label>
      <div className={classes.colourLine}>
        <input id={id} type="color" className={classes.swatch} value={value} onChange={(event) => onChange(event.currentTarget.value)} />
        <TextInput key={value} aria-label={t("colourCode", { label })} w={100} defaultValue={value} maxLength={7}
          onBlur={(event) => /^#[0-9a-f]{6}$/i.test(event.currentTarget.value) && onChange(event.currentTarget.value.toLowerCase())} />
        {ratio !== null && (
          <span className={passes ? classes.passes : classes.fails} role="status">{t(passes ? "contrastPasses" : "contrastFails", { ratio: ratio.toFixed(1) })}</span>
        )}
      </div>
      {!passes && (
        <Button variant="default" size="compact-sm" className={classes.start} leftSection={<span className={classes.dot} style={{ background: better }} aria-hidden />} onClick={() => onChange(better)}>
          {t("takeNearest", { colour: better })}
        </Button>
      )}
    </div>
  );
};

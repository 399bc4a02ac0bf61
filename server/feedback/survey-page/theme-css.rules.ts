import type { Theme } from "../surveys/definition.contract.ts";
import { inkOn } from "../surveys/theme.rules.ts";

/** Properties a theme sets, by name; the style of the survey has a default for each.
 *  Own colours of card and ink are checked against each other only, so they hold in the dark as well. */
export const themeProperties = ({ accent, background, ink, radius }: Theme): Record<string, string> => ({
  "--accent": accent,
  "--ink-on-accent": inkOn(accent),
  ...(radius === undefined ? {} : { "--radius": `${radius}px` }),
  ...(background === undefined && ink === undefined ? {} : {
    "--card": background ?? "#ffffff", "--page": background ?? "#ffffff", "--ink": ink ?? inkOn(background ?? "#ffffff"),
    "--dim": `color-mix(in srgb,${ink ?? inkOn(background ?? "#ffffff")} 78%,${background ?? "#ffffff"})`,
    "--mark": accent, "--on-mark": inkOn(accent), "color-scheme": "only light",
  }),
});

export const themeCss = (theme: Theme): string =>
  `:root{${Object.entries(themeProperties(theme)).map(([name, value]) => `${name}:${value}`).join(";")}}`;

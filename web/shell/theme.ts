import { type CSSVariablesResolver, createTheme } from "@mantine/core";

export const theme = createTheme({
  fontFamily: '"Inter Variable", Inter, system-ui, sans-serif',
  headings: { fontFamily: '"Inter Variable", Inter, system-ui, sans-serif', fontWeight: "650" },
  defaultRadius: 8,
  fontSizes: { xs: "12px", sm: "13.5px", md: "14.5px" },
  primaryColor: "ink",
  primaryShade: { light: 6, dark: 5 },
  autoContrast: true,
  cursorType: "pointer",
  respectReducedMotion: true,
  colors: {
    ink: ["#eef0ff", "#dfe3fb", "#bcc4f3", "#97a3ec", "#8c9bff", "#5365df", "#3b4fd8", "#2e3fb8", "#27369c", "#1f2b80"],
    dark: ["#eceef2", "#b9bec9", "#969cab", "#6d7382", "#3d414d", "#2a2d36", "#1d2027", "#17191f", "#13151a", "#0f1115"],
    gray: ["#f7f7f5", "#f1f1ee", "#e6e6e1", "#dcdcd6", "#cfcfc8", "#a9a9a3", "#80827f", "#666c7a", "#4a4f5c", "#16181d"],
  },
  components: {
    // A small button does not speak louder than a larger one beside it.
    Button: { defaultProps: { size: "xs" }, vars: (_theme: unknown, { size }: { size?: unknown }) => ({ root: size === "compact-sm" ? { "--button-fz": "12px" } : {} }) },
    Modal: { defaultProps: { centered: true, closeButtonProps: { "aria-label": "Close" } } },
    Drawer: { defaultProps: { position: "right", closeButtonProps: { "aria-label": "Close" } } },
    // Their <header> would count as a second banner of the page.
    ModalHeader: { defaultProps: { role: "presentation" } },
    DrawerHeader: { defaultProps: { role: "presentation" } },
    Tooltip: { defaultProps: { withArrow: true, openDelay: 250 } },
  },
});

// Mantine's own greys fail AA on our warm ground; these are the tokens of tokens.css under its names.
const tokens = {
  "--mantine-color-body": "var(--surface)",
  "--mantine-color-text": "var(--ink)",
  "--mantine-color-dimmed": "var(--ink3)",
  "--mantine-color-placeholder": "var(--ink3)",
  "--mantine-color-anchor": "var(--brand)",
  "--mantine-color-error": "var(--det)",
  "--mantine-color-default": "var(--surface)",
  "--mantine-color-default-hover": "var(--bg)",
  "--mantine-color-default-color": "var(--ink)",
  "--mantine-color-default-border": "var(--line-strong)",
  "--mantine-color-dark-4": "var(--line-strong)",
};

// Under both schemes, because Mantine's own values per scheme win over its common ones.
export const mantineVariables: CSSVariablesResolver = () => ({ variables: {}, light: tokens, dark: tokens });

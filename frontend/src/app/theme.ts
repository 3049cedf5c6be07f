// Mantine in the site's colours (ui/tokens.css), with the settings under which axe finds nothing in light and dark.
import {
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  localStorageColorSchemeManager,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from "@mantine/core";

const accent: MantineColorsTuple = [
  "#eef0ff",
  "#e0e3ff",
  "#c7ccff",
  "#a5b0ff",
  "#8b97ff",
  "#6f74f5",
  "#5b55e6",
  "#4f46e5",
  "#4338ca",
  "#3730a3",
];

const soft: Record<string, [ink: string, ground: string]> = {
  accent: ["var(--accent)", "var(--accent-soft)"],
  red: ["var(--bad)", "var(--bad-soft)"],
  green: ["var(--ok)", "var(--ok-soft)"],
  orange: ["var(--pause)", "var(--pause-soft)"],
  gray: ["var(--mute)", "var(--track)"],
};

const variantColorResolver: VariantColorsResolver = (input) => {
  const usual = defaultVariantColorsResolver(input);
  const name = input.color === undefined || input.color === input.theme.primaryColor ? "accent" : input.color;
  const [ink, ground] = soft[name] ?? [undefined, undefined];
  if (ink === undefined) return usual;
  switch (input.variant) {
    case "filled":
      return filled(name, ink, usual);
    case "light":
      return { ...usual, color: ink, background: ground, hover: ground };
    case "outline":
      return { ...usual, color: ink, border: `1px solid ${ink}`, hover: ground };
    case "subtle":
    case "transparent":
      return { ...usual, color: ink, hover: input.variant === "subtle" ? ground : "transparent" };
    default:
      return usual;
  }
};

function filled(
  name: string,
  ink: string,
  usual: ReturnType<VariantColorsResolver>,
): ReturnType<VariantColorsResolver> {
  if (name === "gray") return usual;
  const hover = name === "accent" ? "var(--accent-hover)" : `color-mix(in srgb, ${ink} 88%, var(--ink))`;
  return { ...usual, background: ink, hover, color: name === "accent" ? "var(--accent-ink)" : "var(--panel)" };
}

// A dialog's <header> is no second banner of the page.
const titled = { title: { fontSize: "16px", fontWeight: 650, lineHeight: 1.35 } };
const dialog = {
  styles: titled,
  closeButtonProps: { "aria-label": "Close" },
  attributes: { header: { role: "none" } },
};

export const theme = createTheme({
  primaryColor: "accent",
  primaryShade: 8,
  colors: { accent },
  autoContrast: true,
  luminanceThreshold: 0.179,
  variantColorResolver,
  fontFamily: 'Inter, system-ui, "Segoe UI", Roboto, sans-serif',
  fontFamilyMonospace: "ui-monospace, SFMono-Regular, Menlo, Consolas, monospace",
  headings: { fontWeight: "650" },
  defaultRadius: "md",
  radius: { xs: "4px", sm: "6px", md: "9px", lg: "12px", xl: "16px" },
  fontSizes: { xs: "12px", sm: "13px", md: "14px", lg: "16px", xl: "18px" },
  cursorType: "pointer",
  respectReducedMotion: true,
  components: {
    Modal: { defaultProps: dialog },
    Drawer: { defaultProps: dialog },
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
    PasswordInput: {
      defaultProps: { visibilityToggleButtonProps: { "aria-label": "Show the password", tabIndex: 0 } },
    },
  },
});

const both = {
  "--mantine-color-body": "var(--panel)",
  "--mantine-color-text": "var(--ink)",
  "--mantine-color-dimmed": "var(--mute)",
  "--mantine-color-placeholder": "var(--mute)",
  "--mantine-color-anchor": "var(--accent)",
  "--mantine-color-error": "var(--bad)",
  "--mantine-color-default": "var(--panel)",
  "--mantine-color-default-color": "var(--ink)",
  "--mantine-color-default-hover": "var(--bg)",
  "--mantine-color-default-border": "var(--line)",
  "--mantine-primary-color-filled": "var(--accent)",
  "--mantine-primary-color-filled-hover": "var(--accent-hover)",
  "--mantine-primary-color-contrast": "var(--accent-ink)",
  "--mantine-primary-color-light": "var(--accent-soft)",
  "--mantine-primary-color-light-color": "var(--accent)",
};

const dark = {
  ...both,
  "--mantine-color-dark-4": "var(--line)",
  "--mantine-color-dark-5": "#23262e",
  "--mantine-color-dark-6": "var(--panel)",
  "--mantine-color-dark-7": "var(--panel)",
  "--mantine-color-dark-8": "var(--bg)",
};

export const cssVariablesResolver: CSSVariablesResolver = () => ({ variables: {}, light: both, dark });

export const colorSchemeManager = localStorageColorSchemeManager({ key: "fermata.color-scheme" });

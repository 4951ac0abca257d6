import { type CSSVariablesResolver, createTheme } from '@mantine/core';

/** Quiet and dense: small controls, one accent, hairlines in place of shadows. */
export const theme = createTheme({
  primaryColor: 'indigo',
  primaryShade: { light: 7, dark: 8 },
  defaultRadius: 'sm',
  autoContrast: true,
  fontFamily: 'Inter, ui-sans-serif, system-ui, "Segoe UI", Roboto, "Helvetica Neue", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Code", Menlo, Consolas, monospace',
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.25rem', lineHeight: '1.4' },
      h2: { fontSize: '0.9375rem', lineHeight: '1.4' },
      h3: { fontSize: '0.8125rem', lineHeight: '1.4' },
    },
  },
  components: {
    Button: { defaultProps: { size: 'xs', fw: 500 } },
    TextInput: { defaultProps: { size: 'xs' } },
    NumberInput: { defaultProps: { size: 'xs' } },
    PasswordInput: { defaultProps: { size: 'xs' } },
    Textarea: { defaultProps: { size: 'xs' } },
    Select: { defaultProps: { size: 'xs' } },
    MultiSelect: { defaultProps: { size: 'xs' } },
    TagsInput: { defaultProps: { size: 'xs' } },
    NativeSelect: { defaultProps: { size: 'xs' } },
    Switch: { defaultProps: { size: 'xs' } },
    Checkbox: { defaultProps: { size: 'xs' } },
    SegmentedControl: { defaultProps: { size: 'xs' } },
    Text: { defaultProps: { size: 'sm' } },
    Table: { defaultProps: { fz: 'sm', verticalSpacing: 6 } },
    Badge: { defaultProps: { variant: 'light', size: 'sm', tt: 'none', fw: 500 } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray', size: 'sm' } },
    Tooltip: { defaultProps: { openDelay: 300, fz: 'xs' } },
    Modal: { defaultProps: { centered: true, radius: 'md' } },
    Anchor: { defaultProps: { size: 'sm', underline: 'hover' } },
  },
});

/** What is written on a tint of a colour. */
const lightTexts = (teal: string, red: string, orange: string, yellow: string, gray: string, indigo: string) => ({
  '--mantine-color-teal-light-color': teal,
  '--mantine-color-red-light-color': red,
  '--mantine-color-orange-light-color': orange,
  '--mantine-color-yellow-light-color': yellow,
  '--mantine-color-gray-light-color': gray,
  '--mantine-color-indigo-light-color': indigo,
});

/** Colours that can be read: both schemes keep a contrast of at least 4.5 to 1. */
export const readable: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#5c636a',
    '--mantine-color-placeholder': '#6a7178',
    '--mantine-color-error': '#c92a2a',
    ...lightTexts('#06513c', '#8f1f1f', '#8a3a04', '#6b4a00', '#3b4249', '#2b3f9e'),
  },
  dark: {
    '--mantine-color-dimmed': '#a6abb1',
    '--mantine-color-placeholder': '#9a9fa5',
    '--mantine-color-error': '#ff8787',
    ...lightTexts('#63e6be', '#ffa8a8', '#ffc078', '#ffe066', '#ced4da', '#bac8ff'),
    '--mantine-color-anchor': '#91a7ff',
  },
});

import { createTheme, type MantineColorsTuple } from '@mantine/core';
import { t } from '../i18n/i18n.js';

/** Exchange green: the colour of the product. Shade 8 on white has a contrast of 5.9. */
const exchange: MantineColorsTuple = [
  '#e6f6f2',
  '#cdeae3',
  '#a0d7ca',
  '#6ec3af',
  '#45b099',
  '#2a9f87',
  '#168a73',
  '#0f7a66',
  '#0b6b5d',
  '#06493f',
];

/** Warm neutrals, so that the page reads as paper and not as glass. */
const gray: MantineColorsTuple = [
  '#f9f9f7',
  '#f2f2ef',
  '#e8e8e4',
  '#dadad5',
  '#c3c4be',
  '#9b9d96',
  '#6b6d66',
  '#52544e',
  '#383a35',
  '#1f211d',
];

const dark: MantineColorsTuple = [
  '#e4e7e5',
  '#b9bfbb',
  '#979e99',
  '#6d746f',
  '#424945',
  '#343a36',
  '#282d2a',
  '#1b1f1d',
  '#151816',
  '#0e110f',
];

/**
 * One theme for everything that Mantine draws. Dialogs do not lock scrolling: the page itself never scrolls (its panes do), and the
 * lock would insert a `<style>` element that the Content-Security-Policy refuses.
 */
export const theme = createTheme({
  fontFamily: "'Inter Variable', system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', 'Cascadia Code', 'JetBrains Mono', Menlo, Consolas, monospace",
  headings: { fontFamily: "'Inter Variable', system-ui, sans-serif", fontWeight: '620' },
  colors: { exchange, gray, dark },
  primaryColor: 'exchange',
  primaryShade: { light: 8, dark: 7 },
  autoContrast: true,
  defaultRadius: 'md',
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  black: '#1f211d',
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  components: {
    Modal: {
      defaultProps: () => ({
        lockScroll: false,
        centered: true,
        overlayProps: { backgroundOpacity: 0.35, blur: 2 },
        closeButtonProps: { 'aria-label': t('Close') },
      }),
      classNames: { title: 'dialog-title', content: 'dialog', header: 'dialog' },
    },
    Drawer: {
      defaultProps: () => ({
        lockScroll: false,
        overlayProps: { backgroundOpacity: 0.35 },
        closeButtonProps: { 'aria-label': t('Close') },
      }),
      classNames: { title: 'dialog-title', content: 'dialog', header: 'dialog' },
    },
    // Within a dialog it is no banner of the page.
    ModalHeader: { defaultProps: { role: 'presentation' } },
    DrawerHeader: { defaultProps: { role: 'presentation' } },
    Tooltip: { defaultProps: { openDelay: 350, withArrow: true } },
    Button: { defaultProps: { size: 'sm' } },
    TextInput: { defaultProps: { size: 'sm' } },
    Select: { defaultProps: { size: 'sm', comboboxProps: { shadow: 'md' } } },
    Menu: { defaultProps: { shadow: 'md', position: 'bottom-end' } },
    // Not “password”: whoever looks for the field by that name must find one thing.
    PasswordInput: {
      defaultProps: () => ({ visibilityToggleButtonProps: { 'aria-label': t('Show what is typed') } }),
    },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
    Table: { defaultProps: { verticalSpacing: 'sm', horizontalSpacing: 'md' } },
  },
});

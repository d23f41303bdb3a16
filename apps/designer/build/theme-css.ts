import { convertCssVariables, defaultCssVariablesResolver, DEFAULT_THEME, mergeMantineTheme } from '@mantine/core';
import type { Plugin } from 'vite';
import { theme } from '../src/app/theme.js';

const ID = 'virtual:theme.css';

/**
 * Writes the theme's CSS variables into a stylesheet while the page is built. Mantine would otherwise put them into a
 * `<style>` element, which a Content-Security-Policy without `unsafe-inline` refuses.
 */
export function themeCss(): Plugin {
  return {
    name: 'callwright:theme-css',
    resolveId: (id) => (id === ID ? `\0${ID}` : undefined),
    load(id) {
      if (id !== `\0${ID}`) return undefined;
      const variables = defaultCssVariablesResolver(mergeMantineTheme(DEFAULT_THEME, theme));
      return convertCssVariables(variables, ':root');
    },
  };
}

import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from 'react-router';
import { queryClient } from './queryClient.js';
import { router } from './router.js';
import { theme } from './theme.js';

const colorScheme = localStorageColorSchemeManager({ key: 'callwright-theme' });

export function App() {
  return (
    // Variables and static classes are in stylesheets (build/theme-css.ts): the page's policy allows no <style> elements.
    <MantineProvider
      theme={theme}
      colorSchemeManager={colorScheme}
      defaultColorScheme="auto"
      withCssVariables={false}
      withGlobalClasses={false}
    >
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
        <Notifications position="bottom-right" limit={4} />
      </QueryClientProvider>
    </MantineProvider>
  );
}

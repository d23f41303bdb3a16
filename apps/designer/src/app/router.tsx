import { createBrowserRouter, Navigate } from 'react-router';
import { LoginPage } from '../session/LoginPage.js';
import { SetupPage } from '../session/SetupPage.js';
import { Shell } from './Shell.js';
import { SignedIn } from './SignedIn.js';
import { RouteProblem } from './RouteProblem.js';

/** Every page of the product. A page is loaded when it is first opened; the log-in is there at once. */
export const router = createBrowserRouter([
  { path: '/setup', element: <SetupPage /> },
  { path: '/login', element: <LoginPage /> },
  {
    element: <SignedIn />,
    errorElement: <RouteProblem />,
    hydrateFallbackElement: <></>,
    children: [
      {
        path: '/scenarios/:id',
        lazy: async () => ({ Component: (await import('../editor/EditorPage.js')).EditorPage }),
      },
      {
        element: <Shell />,
        errorElement: <RouteProblem />,
        children: [
          { index: true, element: <Navigate to="/scenarios" replace /> },
          {
            path: '/scenarios',
            lazy: async () => ({ Component: (await import('../scenarios/ScenariosPage.js')).ScenariosPage }),
          },
          {
            path: '/welcome',
            lazy: async () => ({ Component: (await import('../welcome/WelcomePage.js')).WelcomePage }),
          },
          { path: '/calls/live', lazy: async () => ({ Component: (await import('../live/LivePage.js')).LivePage }) },
          { path: '/calls', lazy: async () => ({ Component: (await import('../calls/CallsPage.js')).CallsPage }) },
          {
            path: '/calls/paths',
            lazy: async () => ({ Component: (await import('../calls/heat/HeatMapPage.js')).HeatMapPage }),
          },
          { path: '/calls/:id', lazy: async () => ({ Component: (await import('../calls/CallPage.js')).CallPage }) },
          { path: '/faxes', lazy: async () => ({ Component: (await import('../faxes/FaxesPage.js')).FaxesPage }) },
          { path: '/faxes/:id', lazy: async () => ({ Component: (await import('../faxes/FaxPage.js')).FaxPage }) },
          {
            path: '/numbers',
            lazy: async () => ({ Component: (await import('../numbers/NumbersPage.js')).NumbersPage }),
          },
          { path: '/phones', lazy: async () => ({ Component: (await import('../phones/PhonesPage.js')).PhonesPage }) },
          { path: '/trunks', lazy: async () => ({ Component: (await import('../trunks/TrunksPage.js')).TrunksPage }) },
          { path: '/media', lazy: async () => ({ Component: (await import('../media/MediaPage.js')).MediaPage }) },
          { path: '/limits', lazy: async () => ({ Component: (await import('../limits/LimitsPage.js')).LimitsPage }) },
          {
            path: '/schedules',
            lazy: async () => ({ Component: (await import('../schedules/SchedulesPage.js')).SchedulesPage }),
          },
          {
            path: '/secrets',
            lazy: async () => ({ Component: (await import('../settings/SecretsPage.js')).SecretsPage }),
          },
          {
            path: '/webhooks',
            lazy: async () => ({ Component: (await import('../settings/WebhooksPage.js')).WebhooksPage }),
          },
          {
            path: '/webhooks/:id',
            lazy: async () => ({ Component: (await import('../settings/DeliveriesPage.js')).DeliveriesPage }),
          },
          { path: '/audit', lazy: async () => ({ Component: (await import('../audit/AuditPage.js')).AuditPage }) },
          {
            path: '/environments',
            lazy: async () => ({
              Component: (await import('../environments/EnvironmentsPage.js')).EnvironmentsPage,
            }),
          },
          {
            path: '/environments/:id',
            lazy: async () => ({ Component: (await import('../environments/EnvironmentPage.js')).EnvironmentPage }),
          },
          {
            path: '/tokens',
            lazy: async () => ({ Component: (await import('../settings/TokensPage.js')).TokensPage }),
          },
          { path: '/users', lazy: async () => ({ Component: (await import('../settings/UsersPage.js')).UsersPage }) },
          { path: '/about', lazy: async () => ({ Component: (await import('../settings/AboutPage.js')).AboutPage }) },
          { path: '*', element: <RouteProblem /> },
        ],
      },
    ],
  },
]);

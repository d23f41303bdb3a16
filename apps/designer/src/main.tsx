import './app/zodConfig.js';
import '@mantine/core/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
import 'virtual:theme.css';
import './app/global.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.js';
import { reloadOnNewRelease } from './app/reloadOnNewRelease.js';
import { startLanguage } from './i18n/language.js';

reloadOnNewRelease();
const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
await startLanguage();
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);

import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';
import { compress } from './build/compress.js';
import { nodeManuals } from './build/node-manuals.js';
import { nodeIcons } from './build/node-icons.js';
import { themeCss } from './build/theme-css.js';

/** Where `npm run dev` finds the API; the built page is served by the API itself. */
const api = process.env['CALLWRIGHT_API'] ?? 'http://127.0.0.1:3000';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), themeCss(), nodeIcons(), nodeManuals(), compress()],
  resolve: { conditions: ['@callwright/source', ...defaultClientConditions] },
  build: {
    outDir: 'dist',
    target: 'es2022',
    // The page's Content-Security-Policy has no `data:` for fonts and no inline script.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1600,
  },
  server: {
    host: '127.0.0.1',
    port: 5173,
    proxy: {
      '/api': { target: api, changeOrigin: false },
      '/socket.io': { target: api, ws: true, changeOrigin: false },
    },
  },
});

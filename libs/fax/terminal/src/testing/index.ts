export { chart, pixelsOf, writeChart } from './bitmaps.js';

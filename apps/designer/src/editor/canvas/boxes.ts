import { createContext } from 'react';
import type { Box } from './wireRoute.js';

/** The nodes that wires go around; none where a drawing is only shown. */
export const BoxesContext = createContext<readonly Box[]>([]);

import { createContext } from 'react';

/** The voice and the language that a node's settings name, for hearing its prompts. */
export const VoiceContext = createContext<{ readonly voice?: string; readonly language?: string }>({});

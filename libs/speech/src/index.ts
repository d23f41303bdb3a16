export * from './errors.js';
export { escapeForSsml } from './normaliser/markup.js';
export { normalise } from './normaliser/normalise.js';
export type { BreakSegment, Prosody, Segment, TextSegment } from './normaliser/segments.js';
export type { EngineDetection, SpeechEngine, SpeechVoice, SynthesisRequest } from './engines/engine.js';
export { detectEspeak } from './engines/espeak.js';
export { detectFlite } from './engines/flite.js';
export { SpeechService } from './service/speech-service.js';
export type {
  Preparation,
  PromptText,
  SpeakOptions,
  SpeechServiceOptions,
  SpokenPrompt,
} from './service/speech-service.js';
export { startSpeech, type StartSpeechOptions } from './service/start.js';

import { hasExpression, parseTemplate, renderTemplate, asText, type Scope } from '@callwright/expression';
import { Button, Tooltip } from '@mantine/core';
import { IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react';
import { useContext, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fetchAudio } from '../../../api/client.js';
import { notify } from '../../../ui/notify.js';
import { useTrial } from '../sample/SampleContext.js';
import type { PromptPart } from './PromptParts.js';
import { VoiceContext } from './VoiceContext.js';

/** Plays the prompt in the page, as a caller hears it, with the values of the last call. */
export function PromptPreview({ title, parts }: { title: string; parts: readonly PromptPart[] }) {
  const { t } = useTranslation();
  const { sample } = useTrial();
  const spoken = useContext(VoiceContext);
  const [state, setState] = useState<'silent' | 'loading' | 'playing'>('silent');
  const stop = useRef<() => void>(() => undefined);
  useEffect(() => () => stop.current(), []);

  const play = async () => {
    const aborted = new AbortController();
    stop.current = () => aborted.abort();
    setState('loading');
    try {
      const prompt = await Promise.all(parts.map((part) => evaluated(part, sample.scope)));
      const wav = await fetchAudio('/speech/preview', { prompt, ...spoken }, aborted.signal);
      const url = URL.createObjectURL(wav);
      const audio = new Audio(url);
      const over = () => {
        URL.revokeObjectURL(url);
        setState('silent');
      };
      audio.addEventListener('ended', over);
      stop.current = () => {
        audio.pause();
        over();
      };
      if (aborted.signal.aborted) return over();
      await audio.play();
      setState('playing');
    } catch (error) {
      setState('silent');
      if (!aborted.signal.aborted) notify.failed(t('The prompt cannot be heard'), error);
    }
  };

  const running = state !== 'silent';
  return (
    <Tooltip label={running ? t('Stop') : t('Hear it as a caller does')}>
      <Button
        size="compact-sm"
        variant="default"
        loading={state === 'loading'}
        leftSection={running ? <IconPlayerStop size={13} /> : <IconPlayerPlay size={13} />}
        aria-label={running ? t('Stop: {{title}}', { title }) : t('Hear it: {{title}}', { title })}
        data-state={state}
        onClick={() => {
          if (running) stop.current();
          else void play();
        }}
      >
        {running ? t('Stop') : t('Hear it')}
      </Button>
    </Tooltip>
  );
}

async function evaluated(part: PromptPart, scope: Scope): Promise<PromptPart> {
  const text = 'say' in part ? part.say : 'play' in part ? part.play : null;
  if (text === null || !hasExpression(text)) return part;
  const { template, errors } = parseTemplate(text);
  if (!template) throw errors[0]!;
  const filled = asText((await renderTemplate(template, scope)).value);
  return 'say' in part ? { say: filled } : { play: filled };
}

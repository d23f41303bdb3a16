import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconDeviceFloppy, IconPhone, IconPhoneOff, IconVolume, IconVolumeOff } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Scenario } from '../api/types.js';
import { formatDuration } from '../app/format.js';
import { useDraft, useEditor } from '../editor/EditorContext.js';
import { notify } from '../ui/notify.js';
import { Keypad } from './Keypad.js';
import { QuestionCard } from './QuestionCard.js';
import { RunControls } from './RunControls.js';
import { SaveTest } from './SaveTest.js';
import { canSpeak, useSpeaking } from './speaking.js';
import { Talk } from './Talk.js';
import { Transcript } from './Transcript.js';
import { useTryIt, useTryOut } from './useTryIt.js';
import classes from './Phone.module.css';

const KEYS = /^[0-9*#]$/;

/** The call that runs in the page: what is heard, what can be pressed, and what the far ends are asked. */
export function Phone({ scenario }: { scenario: Scenario }) {
  const { t } = useTranslation();
  const { tryOut, call } = useTryIt();
  const { mayEdit } = useEditor();
  const state = useTryOut((whole) => whole);
  const document = useDraft((draft) => draft.document);
  const [spoken, setSpoken] = useState(false);
  const [saving, setSaving] = useState(false);
  useSpeaking(state.events, spoken);
  const again = useMutation({
    mutationFn: async () => {
      if (state.setup) await call(document, state.setup);
    },
    onError: (error) => notify.failed(t('The call could not begin'), error),
  });
  const over = state.phase === 'ended';
  const changed = state.document !== document;
  const onKey = (event: KeyboardEvent) => {
    const typing = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;
    if (typing || over || event.ctrlKey || event.metaKey || event.altKey || !KEYS.test(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    void tryOut.press(event.key);
  };
  return (
    <div className={classes.phone} onKeyDown={onKey}>
      <div className={classes.status} data-over={over || undefined}>
        <div className={classes.who}>
          <b>{state.setup?.from}</b>
          <span aria-hidden> → </span>
          <span>{state.setup?.to}</span>
        </div>
        <div className={classes.clock}>
          <span className="tabular" data-testid="try-clock">
            {formatDuration(state.now - state.startedAt)}
          </span>
          <time className={classes.time} dateTime={new Date(state.now).toISOString()}>
            {new Date(state.now).toLocaleString(undefined, { weekday: 'short', hour: '2-digit', minute: '2-digit' })}
          </time>
        </div>
        {canSpeak() && (
          <Tooltip label={spoken ? t('Silence the voice') : t('Speak what is heard')}>
            <ActionIcon
              onClick={() => {
                setSpoken(!spoken);
                // A voice needs its time.
                if (!spoken) tryOut.setPace('real');
              }}
              aria-pressed={spoken}
              aria-label={t('Speak what is heard')}
            >
              {spoken ? <IconVolume size={17} /> : <IconVolumeOff size={17} />}
            </ActionIcon>
          </Tooltip>
        )}
      </div>
      {!over && <RunControls />}
      <Transcript state={state} />
      {state.problem !== null && <p className={classes.problem}>{state.problem}</p>}
      {!over && state.question && (
        <QuestionCard key={`${state.question.node}:${state.events.length}`} question={state.question} />
      )}
      {over ? (
        <div className={classes.after}>
          {changed && <p className={classes.hint}>{t('The drawing has changed since this call.')}</p>}
          <Button
            leftSection={<IconPhone size={17} />}
            radius="xl"
            onClick={() => again.mutate()}
            loading={again.isPending}
          >
            {t('Call again')}
          </Button>
          <Button variant="default" radius="xl" onClick={() => tryOut.reset()}>
            {t('Change the call')}
          </Button>
          {mayEdit && state.problem === null && (
            <Button
              variant="light"
              radius="xl"
              leftSection={<IconDeviceFloppy size={17} />}
              onClick={() => setSaving(true)}
            >
              {t('Save as a test…')}
            </Button>
          )}
        </div>
      ) : (
        <>
          <Talk />
          <Keypad onPress={(digit) => void tryOut.press(digit)} />
          <div className={classes.foot}>
            {mayEdit && (
              <Button variant="subtle" color="gray" size="xs" onClick={() => setSaving(true)}>
                {t('Save as a test…')}
              </Button>
            )}
            <Button
              color="red"
              radius="xl"
              leftSection={<IconPhoneOff size={17} />}
              onClick={() => void tryOut.hangUp()}
            >
              {t('Hang up')}
            </Button>
          </div>
        </>
      )}
      <SaveTest scenario={scenario} opened={saving} onClose={() => setSaving(false)} />
    </div>
  );
}

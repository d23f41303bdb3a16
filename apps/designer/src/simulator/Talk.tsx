import { ActionIcon, TextInput } from '@mantine/core';
import { IconMicrophone } from '@tabler/icons-react';
import { useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useTryIt, useTryOut } from './useTryIt.js';
import classes from './Phone.module.css';

/** Shown where the scenario records: the caller says something, for as long as it takes to say it. */
export function Talk() {
  const { t } = useTranslation();
  const { tryOut } = useTryIt();
  const recording = useTryOut(
    ({ events }) =>
      events.findLast(({ name }) => name === 'recording.started' || name === 'recording.ended')?.name ===
      'recording.started',
  );
  const [text, setText] = useState('');
  if (!recording) return null;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (text.trim() === '') return;
    void tryOut.say(text.trim());
    setText('');
  };
  return (
    <form onSubmit={submit} className={classes.talk}>
      <TextInput
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        placeholder={t('Say something…')}
        aria-label={t('Say something')}
        rightSection={
          <ActionIcon type="submit" aria-label={t('Say it')}>
            <IconMicrophone size={17} />
          </ActionIcon>
        }
      />
    </form>
  );
}

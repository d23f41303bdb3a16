import { Alert, Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { IconPlayerRecordFilled, IconPlayerStopFilled } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** Records the microphone, lets it be heard, and hands it over with a name. */
export function RecordDialog({ onClose, onDone }: { onClose: () => void; onDone: (file: Blob, name: string) => void }) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [recorder, setRecorder] = useState<MediaRecorder | null>(null);
  const [taken, setTaken] = useState<{ readonly blob: Blob; readonly url: string } | null>(null);
  const [seconds, setSeconds] = useState(0);
  const release = useRef<() => void>(() => undefined);
  useEffect(() => () => release.current(), []);
  useEffect(() => () => void (taken && URL.revokeObjectURL(taken.url)), [taken]);
  useEffect(() => {
    if (!recorder) return undefined;
    const begun = Date.now();
    const timer = setInterval(() => setSeconds(Math.round((Date.now() - begun) / 1000)), 250);
    return () => clearInterval(timer);
  }, [recorder]);

  const start = async () => {
    setProblem(null);
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      const pieces: Blob[] = [];
      const next = new MediaRecorder(stream);
      release.current = () => stream.getTracks().forEach((track) => track.stop());
      next.addEventListener('dataavailable', ({ data }) => pieces.push(data));
      next.addEventListener('stop', () => {
        release.current();
        setRecorder(null);
        const blob = new Blob(pieces, { type: next.mimeType });
        setTaken({ blob, url: URL.createObjectURL(blob) });
      });
      next.start();
      setSeconds(0);
      setTaken(null);
      setRecorder(next);
    } catch (error) {
      setProblem(
        error instanceof DOMException && error.name === 'NotAllowedError'
          ? t('The browser does not let this page use the microphone. Allow it in the address bar, and try again.')
          : t('There is no microphone that can be used: {{reason}}', { reason: String(error) }),
      );
    }
  };

  return (
    <Modal opened onClose={onClose} title={t('Record with the microphone')}>
      <Stack>
        {problem !== null && <Alert color="red">{problem}</Alert>}
        <Group>
          {recorder ? (
            <Button color="red" leftSection={<IconPlayerStopFilled size={16} />} onClick={() => recorder.stop()}>
              {t('Stop')}
            </Button>
          ) : (
            <Button variant="default" leftSection={<IconPlayerRecordFilled size={16} />} onClick={() => void start()}>
              {taken ? t('Record again') : t('Record')}
            </Button>
          )}
          <Text size="sm" c="dimmed" className="tabular" role="status">
            {recorder ? t('Recording, {{seconds}} s', { seconds }) : taken ? t('{{seconds}} s', { seconds }) : ''}
          </Text>
        </Group>
        {taken && <audio controls src={taken.url} aria-label={t('What was recorded')} />}
        <TextInput
          label={t('Name')}
          placeholder={t('Name of a recording')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('Cancel')}
          </Button>
          <Button
            disabled={!taken || name.trim() === ''}
            onClick={() => taken && onDone(taken.blob, `${name.trim()}.webm`)}
          >
            {t('Use it')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

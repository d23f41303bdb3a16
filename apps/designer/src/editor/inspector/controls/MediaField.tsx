import { ActionIcon, Autocomplete, FileButton, Group, Tooltip } from '@mantine/core';
import { IconMicrophone, IconPlayerPlay, IconPlayerStop, IconUpload } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { upload } from '../../../api/client.js';
import { queries, useMay } from '../../../api/queries.js';
import type { Media } from '../../../api/types.js';
import { notify } from '../../../ui/notify.js';
import { RecordDialog } from './RecordDialog.js';

/** A file of the media library: chosen, heard, brought from this machine, or spoken into its microphone. */
export function MediaField({
  value,
  error,
  onChange,
  ...shown
}: {
  value: string;
  error: string | null;
  onChange: (name: string) => void;
  label?: string;
  description?: string | null;
  withAsterisk?: boolean | undefined;
  'aria-label'?: string;
}) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const mayUpload = useMay('editor');
  const { data: media = [] } = useQuery(queries.media());
  const [busy, setBusy] = useState(false);
  const [recording, setRecording] = useState(false);
  const known = media.some(({ name }) => name === value);

  const add = async (file: Blob, name: string) => {
    setBusy(true);
    try {
      const form = new FormData();
      form.set('file', file, name);
      form.set('name', name.replace(/\.\w+$/, ''));
      const made = await upload<Media>('/media', form);
      await client.invalidateQueries({ queryKey: ['media'] });
      onChange(made.name);
    } catch (problem) {
      notify.failed(t('The file could not be stored'), problem);
    } finally {
      setBusy(false);
    }
  };

  return (
    <div>
      <Autocomplete
        {...shown}
        placeholder={t('Name of a recording')}
        data={media.map(({ name }) => name)}
        value={value}
        error={error}
        disabled={busy}
        onChange={onChange}
      />
      <Group gap={2} mt={2}>
        {known && <Listen name={value} />}
        {mayUpload && (
          <>
            <FileButton onChange={(file) => file && void add(file, file.name)} accept="audio/*">
              {(props) => (
                <Tooltip label={t('Upload a recording')}>
                  <ActionIcon {...props} loading={busy} aria-label={t('Upload a recording')}>
                    <IconUpload size={15} />
                  </ActionIcon>
                </Tooltip>
              )}
            </FileButton>
            <Tooltip label={t('Record with the microphone')}>
              <ActionIcon aria-label={t('Record with the microphone')} onClick={() => setRecording(true)}>
                <IconMicrophone size={15} />
              </ActionIcon>
            </Tooltip>
          </>
        )}
      </Group>
      {recording && (
        <RecordDialog
          onClose={() => setRecording(false)}
          onDone={(file, name) => {
            setRecording(false);
            void add(file, name);
          }}
        />
      )}
    </div>
  );
}

function Listen({ name }: { name: string }) {
  const { t } = useTranslation();
  const [playing, setPlaying] = useState(false);
  const audio = useRef<HTMLAudioElement | null>(null);
  useEffect(() => () => audio.current?.pause(), []);
  const toggle = () => {
    if (playing) {
      audio.current?.pause();
      setPlaying(false);
      return;
    }
    const next = new Audio(`/api/media/${encodeURIComponent(name)}/content`);
    audio.current = next;
    next.addEventListener('ended', () => setPlaying(false));
    next.play().then(
      () => setPlaying(true),
      (error: unknown) => notify.failed(t('The recording cannot be heard'), error),
    );
  };
  return (
    <Tooltip label={playing ? t('Stop') : t('Hear the recording')}>
      <ActionIcon aria-label={playing ? t('Stop') : t('Hear the recording')} onClick={toggle}>
        {playing ? <IconPlayerStop size={15} /> : <IconPlayerPlay size={15} />}
      </ActionIcon>
    </Tooltip>
  );
}

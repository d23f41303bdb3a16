import { Button, FileInput, Group, Modal, Select, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, upload } from '../api/client.js';
import { notify } from '../ui/notify.js';
import { ANY_TIME, FaxTimes, timesAsFields } from './FaxTimes.js';

const ACCEPTED = '.tif,.tiff,.pdf,.png,.jpg,.jpeg,.txt,image/tiff,application/pdf,image/png,image/jpeg,text/plain';

/** Puts a file into the fax queue. */
export function SendFax({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [to, setTo] = useState('');
  const [file, setFile] = useState<File | null>(null);
  const [header, setHeader] = useState('');
  const [times, setTimes] = useState(ANY_TIME);
  const [carrier, setCarrier] = useState<string | null>('YES');
  const send = useMutation({
    mutationFn: (document: File) => {
      const options = { ...(carrier === 'NO' ? { T38: 'NO' } : {}), ...(header === '' ? {} : { HeaderText: header }) };
      const form = new FormData();
      form.append('to', to);
      form.append('options', JSON.stringify(options));
      for (const [name, value] of timesAsFields(times)) form.append(name, value);
      form.append('file', document);
      return upload<{ id: string }>('/faxes', form);
    },
    onSuccess: () => {
      notify.done(t('The fax is in the queue.'));
      setFile(null);
      setTimes(ANY_TIME);
      onClose();
    },
    onError: (error) => notify.failed(t('The fax was not taken'), error),
    onSettled: () => client.invalidateQueries({ queryKey: ['faxes'] }),
  });
  const problems = send.error instanceof ApiError ? send.error.fields : {};
  return (
    <Modal opened={opened} onClose={onClose} title={t('Send a fax')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (file) send.mutate(file);
        }}
      >
        <Stack>
          <TextInput
            label={t('To')}
            description={t('A fax number; the workspace’s limits say which may be called.')}
            placeholder="+370 5 200 0000"
            required
            data-autofocus
            value={to}
            error={problems['to']}
            onChange={(event) => setTo(event.currentTarget.value)}
          />
          <FileInput
            label={t('File')}
            description={t('TIFF, PDF, PNG, JPEG or text')}
            placeholder={t('Choose a file')}
            accept={ACCEPTED}
            required
            clearable
            value={file}
            onChange={setFile}
          />
          <TextInput
            label={t('Header')}
            description={t('A line on top of every page')}
            maxLength={50}
            value={header}
            onChange={(event) => setHeader(event.currentTarget.value)}
          />
          <Select
            label={t('Way')}
            data={[
              { value: 'YES', label: t('T.38, or audio where the far end has none') },
              { value: 'NO', label: t('Audio only') },
            ]}
            value={carrier}
            allowDeselect={false}
            onChange={setCarrier}
          />
          <FaxTimes times={times} problems={problems} onChange={setTimes} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('Cancel')}
            </Button>
            <Button type="submit" loading={send.isPending} disabled={to.trim() === '' || !file}>
              {t('Send')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { uploadWithProgress } from '../api/uploadWithProgress.js';
import { notify } from '../ui/notify.js';

export interface Upload {
  readonly id: number;
  readonly name: string;
  /** 0 to 1; at 1 the server converts it. */
  readonly done: number;
}

let last = 0;

/** Files on their way to the server, one after the other, with how far each is. */
export function useUploads() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [uploads, setUploads] = useState<readonly Upload[]>([]);
  const send = async (files: readonly { readonly file: Blob; readonly name: string }[]) => {
    const queue = files.map(({ file, name }) => ({ id: ++last, file, name }));
    setUploads((before) => [...before, ...queue.map(({ id, name }) => ({ id, name, done: 0 }))]);
    for (const { id, file, name } of queue) {
      const form = new FormData();
      form.append('file', file, name);
      try {
        await uploadWithProgress('/media', form, (done) =>
          setUploads((before) => before.map((one) => (one.id === id ? { ...one, done } : one))),
        );
        notify.done(t('{{name}} is ready to be played.', { name }));
      } catch (error) {
        notify.failed(t('{{name}} was not taken', { name }), error);
      }
      setUploads((before) => before.filter((one) => one.id !== id));
      await client.invalidateQueries({ queryKey: ['media'] });
    }
  };
  return { uploads, send };
}

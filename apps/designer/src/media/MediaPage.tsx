import { ActionIcon, Button, FileButton, Table, Tooltip } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconMusic, IconTrash, IconUpload } from '@tabler/icons-react';
import { useState, type DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { upload } from '../api/client.js';
import { queries, useMay, useResource } from '../api/queries.js';
import type { Media } from '../api/types.js';
import { formatBytes, formatDuration } from '../app/format.js';
import { Ago } from '../ui/Ago.js';
import { useConfirm } from '../ui/confirm.js';
import { Empty } from '../ui/Empty.js';
import { notify } from '../ui/notify.js';
import { Page } from '../ui/Page.js';
import { Problem } from '../ui/Problem.js';
import { Sheet } from '../ui/Sheet.js';
import { UsedBy } from '../uses/UsedBy.js';
import classes from './MediaPage.module.css';

const ACCEPTED = 'audio/*,.wav,.mp3,.ogg,.flac,.m4a,.aac,.opus,.au,.aiff';

/** What prompts can play: uploaded once, converted once. */
export function MediaPage() {
  const { t } = useTranslation();
  const may = useMay('editor');
  const client = useQueryClient();
  const media = useQuery(queries.media());
  const { remove } = useResource<Media>('/media');
  const { ask, dialog } = useConfirm();
  const [over, setOver] = useState(false);
  const send = useMutation({
    mutationFn: async (files: readonly File[]) => {
      for (const file of files) {
        const form = new FormData();
        form.append('file', file);
        await upload<Media>('/media', form);
      }
      return files.length;
    },
    onSuccess: (count) =>
      notify.done(count === 1 ? 'The file is ready to be played.' : `${count} files are ready to be played.`),
    onError: (error) => notify.failed('The file was not taken', error),
    onSettled: () => client.invalidateQueries({ queryKey: ['media'] }),
  });
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    if (may && event.dataTransfer.files.length > 0) send.mutate([...event.dataTransfer.files]);
  };
  const button = may && (
    <FileButton multiple accept={ACCEPTED} onChange={(files) => files.length > 0 && send.mutate(files)}>
      {(props) => (
        <Button leftSection={<IconUpload size={16} />} loading={send.isPending} {...props}>
          Upload
        </Button>
      )}
    </FileButton>
  );
  const erase = (item: Media) =>
    remove.mutateAsync(item.id).then(
      () => notify.done(`${item.name} is deleted.`),
      (error: unknown) => notify.failed(`${item.name} was not deleted`, error),
    );
  return (
    <Page
      title={t('Media')}
      intro={t(
        'Recordings, music and announcements. Prompts play them by name; WAV, MP3, Ogg and the other usual formats are converted once.',
      )}
      actions={media.data && media.data.length > 0 ? button : undefined}
    >
      {media.error && <Problem error={media.error} onRetry={() => void media.refetch()} />}
      <div
        className={classes.drop}
        data-over={over || undefined}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <Sheet label={t('Media files')}>
          {media.data?.length === 0 ? (
            <Empty icon={IconMusic} title={t('No media yet')} action={button}>
              Drop a file here, or upload one. Spoken texts need no file: a Say part speaks what you write.
            </Empty>
          ) : (
            <Table highlightOnHover>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>Name</Table.Th>
                  <Table.Th>Listen</Table.Th>
                  <Table.Th>Length</Table.Th>
                  <Table.Th>Size</Table.Th>
                  <Table.Th>Used by</Table.Th>
                  <Table.Th>Uploaded</Table.Th>
                  <Table.Th w={48} aria-label={t('Actions')} />
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {(media.data ?? []).map((item) => (
                  <Table.Tr key={item.id}>
                    <Table.Td>
                      <b>{item.name}</b>
                    </Table.Td>
                    <Table.Td>
                      <audio
                        controls
                        preload="none"
                        src={`/api/media/${encodeURIComponent(item.name)}/content`}
                        className={classes.player}
                        aria-label={`Listen to ${item.name}`}
                      />
                    </Table.Td>
                    <Table.Td className="tabular">{formatDuration(item.durationMs)}</Table.Td>
                    <Table.Td className="tabular">{formatBytes(item.bytes)}</Table.Td>
                    <Table.Td>
                      <UsedBy kind="media" name={item.name} />
                    </Table.Td>
                    <Table.Td c="dimmed">
                      <Ago at={item.createdAt} />
                    </Table.Td>
                    <Table.Td>
                      {may && (
                        <Tooltip label={t('Delete')}>
                          <ActionIcon
                            aria-label={`Delete ${item.name}`}
                            onClick={() =>
                              ask({
                                title: `Delete ${item.name}?`,
                                text: t('Prompts that play it are silent at that place.'),
                                verb: 'Delete',
                                onYes: () => erase(item),
                              })
                            }
                          >
                            <IconTrash size={16} />
                          </ActionIcon>
                        </Tooltip>
                      )}
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          )}
        </Sheet>
      </div>
      {dialog}
    </Page>
  );
}

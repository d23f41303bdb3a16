import { ActionIcon, Button, FileButton, Group, Progress, Table, Tooltip, VisuallyHidden } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconMicrophone, IconMusic, IconTrash, IconUpload } from '@tabler/icons-react';
import { useState, type DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { queries, useMay, useResource } from '../api/queries.js';
import type { Media } from '../api/types.js';
import { formatBytes, formatDuration } from '../app/format.js';
import { RecordDialog } from '../editor/inspector/controls/RecordDialog.js';
import { Ago } from '../ui/Ago.js';
import { useConfirm } from '../ui/confirm.js';
import { Empty } from '../ui/Empty.js';
import { Page } from '../ui/Page.js';
import { Problem } from '../ui/Problem.js';
import { Sheet } from '../ui/Sheet.js';
import { useErase } from '../uses/useErase.js';
import { UsedBy } from '../uses/UsedBy.js';
import { Player } from './Player.js';
import { useUploads, type Upload } from './uploads.js';
import classes from './MediaPage.module.css';

const ACCEPTED = 'audio/*,.wav,.mp3,.ogg,.flac,.m4a,.aac,.opus,.au,.aiff';

/** What prompts can play: uploaded or spoken here, converted once. */
export function MediaPage() {
  const { t } = useTranslation();
  const may = useMay('editor');
  const media = useQuery(queries.media());
  const { remove } = useResource<Media>('/media');
  const { ask, dialog } = useConfirm();
  const { uploads, send } = useUploads();
  const [over, setOver] = useState(false);
  const [recording, setRecording] = useState(false);
  const take = (files: readonly File[]) => void send(files.map((file) => ({ file, name: file.name })));
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    if (may) take([...event.dataTransfer.files]);
  };
  const buttons = may && (
    <Group gap="xs">
      <Button variant="default" leftSection={<IconMicrophone size={16} />} onClick={() => setRecording(true)}>
        {t('Record')}
      </Button>
      <FileButton multiple accept={ACCEPTED} onChange={take}>
        {(props) => (
          <Button leftSection={<IconUpload size={16} />} {...props}>
            {t('Upload')}
          </Button>
        )}
      </FileButton>
    </Group>
  );
  const { erase, dialog: neededDialog } = useErase((id, force) => remove.mutateAsync({ id, force }));
  return (
    <Page
      title={t('Media')}
      intro={t(
        'Recordings, music and announcements. Prompts play them by name; WAV, MP3, Ogg and the other usual formats are converted once.',
      )}
      actions={media.data && media.data.length > 0 ? buttons : undefined}
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
          {uploads.map((upload) => (
            <Underway key={upload.id} upload={upload} />
          ))}
          {media.data?.length === 0 && uploads.length === 0 ? (
            <Empty icon={IconMusic} title={t('No media yet')} action={buttons}>
              {t('Drop a file here, or upload one. Spoken texts need no file: a Say part speaks what you write.')}
            </Empty>
          ) : (
            <Table highlightOnHover>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t('Name')}</Table.Th>
                  <Table.Th>{t('Audio')}</Table.Th>
                  <Table.Th>{t('Length')}</Table.Th>
                  <Table.Th>{t('Used by')}</Table.Th>
                  <Table.Th className={classes.wide}>{t('Size')}</Table.Th>
                  <Table.Th className={classes.wide}>{t('Uploaded')}</Table.Th>
                  {may && (
                    <Table.Th w={48}>
                      <VisuallyHidden>{t('Actions')}</VisuallyHidden>
                    </Table.Th>
                  )}
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {(media.data ?? []).map((item) => (
                  <Table.Tr key={item.id}>
                    <Table.Td>
                      <b>{item.name}</b>
                    </Table.Td>
                    <Table.Td>
                      <Player item={item} />
                    </Table.Td>
                    <Table.Td className="tabular">{formatDuration(item.durationMs)}</Table.Td>
                    <Table.Td>
                      <UsedBy kind="media" name={item.name} />
                    </Table.Td>
                    <Table.Td className={`tabular ${classes.wide}`}>{formatBytes(item.bytes)}</Table.Td>
                    <Table.Td className={classes.wide} c="dimmed">
                      <Ago at={item.createdAt} />
                    </Table.Td>
                    {may && (
                      <Table.Td>
                        <Tooltip label={t('Delete')}>
                          <ActionIcon
                            aria-label={t('Delete {{what}}', { what: item.name })}
                            onClick={() =>
                              ask({
                                title: t('Delete {{what}}?', { what: item.name }),
                                text: t('Prompts that play it are silent at that place.'),
                                verb: t('Delete'),
                                onYes: () => erase(item),
                              })
                            }
                          >
                            <IconTrash size={16} />
                          </ActionIcon>
                        </Tooltip>
                      </Table.Td>
                    )}
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          )}
        </Sheet>
      </div>
      {recording && (
        <RecordDialog
          onClose={() => setRecording(false)}
          onDone={(file, name) => {
            setRecording(false);
            void send([{ file, name }]);
          }}
        />
      )}
      {dialog}
      {neededDialog}
    </Page>
  );
}

function Underway({ upload: { name, done } }: { upload: Upload }) {
  const { t } = useTranslation();
  return (
    <div className={classes.upload} role="status">
      <span>{name}</span>
      <Progress value={100 * done} animated={done === 1} aria-label={t('{{name}} is uploaded', { name })} />
      <span className="tabular">{done === 1 ? t('is converted…') : `${Math.round(100 * done)} %`}</span>
    </div>
  );
}

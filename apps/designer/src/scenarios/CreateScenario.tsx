import { Button, Group, Modal, Radio, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { post } from '../api/client.js';
import type { Scenario } from '../api/types.js';
import { Problem } from '../ui/Problem.js';
import { TemplatePicture } from './TemplatePicture.js';
import { documentOf, templates, type TemplateName } from './templates/index.js';
import classes from './CreateScenario.module.css';

const gallery = Object.entries(templates).map(([key, template]) => ({
  key,
  ...template,
  document: documentOf(template, 'template', 0),
}));

/** A name and something to begin with; then the canvas. */
export function CreateScenario({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [template, setTemplate] = useState<TemplateName>('menu');
  const create = useMutation({
    mutationFn: () =>
      post<Scenario>('/scenarios', { name: name.trim(), document: documentOf(templates[template], name.trim()) }),
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: ['scenarios'] });
      await navigate(`/scenarios/${id}`);
    },
  });
  const close = () => {
    onClose();
    create.reset();
    setName('');
  };
  return (
    <Modal opened={opened} onClose={close} title={t('New scenario')} size="min(980px, 96vw)">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate();
        }}
      >
        <Stack>
          {create.error && <Problem error={create.error} title={t('The scenario was not created')} />}
          <TextInput
            label={t('Name')}
            placeholder={t('Front desk')}
            required
            data-autofocus
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Radio.Group
            label={t('Begin with')}
            value={template}
            onChange={(value) => setTemplate(value as TemplateName)}
          >
            <div className={classes.templates}>
              {gallery.map(({ key, title, text, document }) => (
                <Radio.Card key={key} value={key} className={classes.template}>
                  <TemplatePicture document={document} />
                  <span className={classes.words}>
                    <Radio.Indicator size="sm" />
                    <span>
                      <b>{t(title)}</b>
                      <span className={classes.text}>{t(text)}</span>
                    </span>
                  </span>
                </Radio.Card>
              ))}
            </div>
          </Radio.Group>
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t('Cancel')}
            </Button>
            <Button type="submit" loading={create.isPending} disabled={name.trim() === ''}>
              {t('Create')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

import { ActionIcon, Alert, Button, Group, Modal, PasswordInput, Stack, TextInput, Tooltip } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { queries, useMay, useResource } from '../../../api/queries.js';
import type { Secret } from '../../../api/types.js';
import { describe } from '../../../ui/describe.js';
import { type ControlProps } from './control.js';
import { Pick } from './PickControls.js';

/** A stored secret by its name; a new one is made without leaving the drawing. Its value is never shown again. */
export function SecretControl(props: ControlProps) {
  const { t } = useTranslation();
  const mayMake = useMay('admin');
  const { data: secrets = [] } = useQuery(queries.secrets());
  const [making, setMaking] = useState(false);
  return (
    <>
      <Pick
        {...props}
        names={secrets.map(({ name }) => name)}
        placeholder={t('Name of a secret')}
        rightSection={
          mayMake && (
            <Tooltip label={t('Store a new secret')}>
              <ActionIcon size="sm" aria-label={t('Store a new secret')} onClick={() => setMaking(true)}>
                <IconPlus size={15} />
              </ActionIcon>
            </Tooltip>
          )
        }
      />
      {making && (
        <NewSecret
          onClose={() => setMaking(false)}
          onMade={(name) => {
            setMaking(false);
            props.onChange(name);
          }}
        />
      )}
    </>
  );
}

function NewSecret({ onClose, onMade }: { onClose: () => void; onMade: (name: string) => void }) {
  const { t } = useTranslation();
  const { create } = useResource<Secret>('/secrets');
  const [name, setName] = useState('');
  const [value, setValue] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    create.mutate({ name, value }, { onSuccess: (made) => onMade(made.name) });
  };
  return (
    <Modal opened onClose={onClose} title={t('Store a new secret')}>
      <form onSubmit={submit}>
        <Stack>
          {create.error && <Alert color="red">{describe(create.error)}</Alert>}
          <TextInput
            data-autofocus
            required
            label={t('Name')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <PasswordInput
            required
            label={t('Value')}
            description={t('It is sealed at once, and nobody can read it again.')}
            value={value}
            onChange={(event) => setValue(event.currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('Cancel')}
            </Button>
            <Button type="submit" loading={create.isPending}>
              {t('Store it')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
